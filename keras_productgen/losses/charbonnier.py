import keras
from keras import ops


@keras.saving.register_keras_serializable(package="keras_productgen")
class CharbonnierLoss(keras.losses.Loss):
    """The mean absolute difference with a round tip.

    `mean(sqrt((targets - images)**2 + epsilon**2))`: near the goal its slope
    falls, where that of the absolute difference jumps.

    Args:
        epsilon: float, where the tip begins, in units of the pictures.
        reduction: str, as in `keras.losses.Loss`.
        name: str.
        dtype: optional dtype to compute in.

    Raises:
        ValueError: if `epsilon` is not above 0.

    Reference:
    - [Lai et al., 2017](https://arxiv.org/abs/1704.03915), section 3.3
    """

    def __init__(
        self,
        epsilon=1e-3,
        reduction="sum_over_batch_size",
        name="charbonnier",
        dtype=None,
    ):
        super().__init__(name=name, reduction=reduction, dtype=dtype)
        if not epsilon > 0.0:
            raise ValueError(
                f"`epsilon` must be above 0. Received: epsilon={epsilon}"
            )
        self.epsilon = epsilon

    def call(self, y_true, y_pred):
        differences = ops.square(y_pred - y_true)
        values = ops.sqrt(differences + self.epsilon**2)
        return ops.mean(values, axis=-1)

    def get_config(self):
        return {**super().get_config(), "epsilon": self.epsilon}
