import keras
from keras import ops


@keras.saving.register_keras_serializable(package="keras_productgen")
class MatteLoss(keras.losses.Loss):
    """What is wrong with a matte: what is inside, how much, and where it ends.

    Three means over the pixels, added: the binary cross-entropy, which moves
    what is surely wrong; the absolute difference, which makes soft edges right;
    and the absolute difference of the slopes, which makes them sharp. All of
    mattes in `[0, 1]`.

    Args:
        slope_weight: float of at least 0, weight of the third part.
        value_range: pair of floats, the values of background and product in the
            mattes; networks work in `(-1, 1)`.
        reduction: str, as in `keras.losses.Loss`.
        name: str.
        dtype: optional dtype to compute in.

    Raises:
        ValueError: if `slope_weight` is below 0, or `value_range` does not
            rise.

    Reference:
    - [Xu et al., 2017](https://arxiv.org/abs/1703.03872), section 4.1
    """

    def __init__(
        self,
        slope_weight=1.0,
        value_range=(-1, 1),
        reduction="sum_over_batch_size",
        name="matte_loss",
        dtype=None,
    ):
        super().__init__(name=name, reduction=reduction, dtype=dtype)
        low, high = value_range
        if not slope_weight >= 0.0:
            raise ValueError(
                "`slope_weight` must not be negative. Received: "
                f"slope_weight={slope_weight}"
            )
        if not low < high:
            raise ValueError(
                "`value_range` must be two numbers, the lower one first. "
                f"Received: value_range={value_range}"
            )
        self.slope_weight = slope_weight
        self.value_range = (low, high)

    def call(self, y_true, y_pred):
        low, high = self.value_range
        targets = ops.clip((y_true - low) / (high - low), 0.0, 1.0)
        mattes = ops.clip((y_pred - low) / (high - low), 0.0, 1.0)
        crossed = keras.losses.binary_crossentropy(targets, mattes)
        differences = ops.mean(ops.abs(targets - mattes), axis=(1, 2, 3))
        slopes = sum(
            ops.mean(ops.abs(slope), axis=(1, 2, 3))
            for slope in _slopes(targets - mattes)
        )
        crossed = ops.mean(crossed, axis=(1, 2))
        return crossed + differences + self.slope_weight * slopes

    def get_config(self):
        return {
            **super().get_config(),
            "slope_weight": self.slope_weight,
            "value_range": self.value_range,
        }


def _slopes(images):
    """Differences of neighbours, down and across."""
    return (
        images[:, 1:] - images[:, :-1],
        images[:, :, 1:] - images[:, :, :-1],
    )
