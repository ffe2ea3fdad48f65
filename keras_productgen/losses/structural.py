"""What is missing to structural similarity."""

import keras
from keras import ops

from keras_productgen import encoders
from keras_productgen.similarity.gaussian_window import SIZE
from keras_productgen.similarity.structural import WEIGHTS
from keras_productgen.similarity.structural import least_size
from keras_productgen.similarity.structural import multiscale_similarity
from keras_productgen.similarity.structural import similarity_and_contrast

# Factors below count as much: a root has no bound to its slope at 0.
_LEAST = 0.01


@keras.saving.register_keras_serializable(package="keras_productgen")
class SSIMLoss(keras.losses.Loss):
    """1 minus the structural similarity of images.

    That of `metrics.ssim`: under a Gaussian window of 11 x 11 pixels, where all
    of it lies in the image. It minds structure more than colour: weigh it
    against `CharbonnierLoss` with `WeightedLoss`.

    Args:
        value_range: pair of floats, the values of black and white in the
            images; networks work in `(-1, 1)`.
        reduction: str, as in `keras.losses.Loss`.
        name: str.
        dtype: optional dtype to compute in.

    Raises:
        ValueError: if `value_range` is not a pair that rises, or images are
            smaller than the window.

    Reference:
    - [Wang et al., 2004](https://doi.org/10.1109/TIP.2003.819861)
    - [Zhao et al., 2017](https://arxiv.org/abs/1511.08861), section III
    """

    def __init__(
        self,
        value_range=(-1, 1),
        reduction="sum_over_batch_size",
        name="ssim_loss",
        dtype=None,
    ):
        super().__init__(name=name, reduction=reduction, dtype=dtype)
        self.value_range = tuple(encoders.check_value_range(value_range))

    def call(self, y_true, y_pred):
        _check_size(y_true, SIZE, "SSIMLoss needs")
        similarity, _ = similarity_and_contrast(
            y_true + y_pred, y_pred - y_true, self.value_range
        )
        return 1.0 - ops.mean(similarity, axis=-1)

    def get_config(self):
        return {**super().get_config(), "value_range": self.value_range}


@keras.saving.register_keras_serializable(package="keras_productgen")
class MultiscaleSSIMLoss(keras.losses.Loss):
    """1 minus the structural similarity of images over several scales.

    That of `metrics.multiscale_ssim`, whose five scales need images of 176
    pixels; with fewer scales smaller ones will do, and the exponents are scaled
    to the same sum. A factor below 0.01, which images have that are opposed,
    counts as 0.01.

    Args:
        num_scales: int from 1 to 5: images need `11 * 2**(num_scales - 1)`
            pixels each way.
        value_range: pair of floats, the values of black and white in the
            images; networks work in `(-1, 1)`.
        reduction: str, as in `keras.losses.Loss`.
        name: str.
        dtype: optional dtype to compute in.

    Raises:
        ValueError: if `num_scales` is not from 1 to 5, `value_range` is not a
            pair that rises, or images are too small.

    Reference:
    - [Wang et al., 2003](https://doi.org/10.1109/ACSSC.2003.1292216)
    - [Zhao et al., 2017](https://arxiv.org/abs/1511.08861), section III
    """

    def __init__(
        self,
        num_scales=5,
        value_range=(-1, 1),
        reduction="sum_over_batch_size",
        name="multiscale_ssim_loss",
        dtype=None,
    ):
        super().__init__(name=name, reduction=reduction, dtype=dtype)
        if num_scales not in range(1, len(WEIGHTS) + 1):
            raise ValueError(
                f"`num_scales` must be an int from 1 to {len(WEIGHTS)}. "
                f"Received: num_scales={num_scales}"
            )
        self.num_scales = num_scales
        self.value_range = tuple(encoders.check_value_range(value_range))

    def call(self, y_true, y_pred):
        needs = f"MultiscaleSSIMLoss(num_scales={self.num_scales}) needs"
        _check_size(y_true, least_size(self.num_scales), needs)
        weights = WEIGHTS[: self.num_scales]
        similarity = multiscale_similarity(
            y_true + y_pred,
            y_pred - y_true,
            self.value_range,
            [weight * sum(WEIGHTS) / sum(weights) for weight in weights],
            _LEAST,
        )
        return 1.0 - ops.mean(similarity, axis=-1)

    def get_config(self):
        return {
            **super().get_config(),
            "num_scales": self.num_scales,
            "value_range": self.value_range,
        }


def _check_size(images, least, needs):
    shape = tuple(images.shape)
    if any(side is not None and side < least for side in shape[1:3]):
        raise ValueError(
            f"{needs} images of at least {least} x {least} pixels. "
            f"Received: images of shape {shape}"
        )
