import keras
from keras import ops

from keras_productgen import encoders


@keras.saving.register_keras_serializable(package="keras_productgen")
class FrequencyLoss(keras.losses.Loss):
    """Focal frequency loss: what a network gets wrong in the spectrum.

    The squared difference of each frequency's amplitude and phase, weighted by
    how large it is in comparison with the largest one: networks tend to leave
    out the high frequencies, which pixels hardly mind.

    Args:
        alpha: float of at least 0, how much frequencies that are far off
            prevail; 0 weighs all alike, and makes this the mean squared error.
        value_range: pair of floats, the values of black and white in the
            images; networks work in `(-1, 1)`. The paper's is (0, 1), in whose
            units the loss is.
        reduction: str, as in `keras.losses.Loss`.
        name: str.
        dtype: optional dtype to compute in.

    Raises:
        ValueError: if `alpha` is below 0, or `value_range` is not a pair that
            rises.

    Reference:
    - [Jiang et al., 2021](https://arxiv.org/abs/2012.12821), equations 7 and 8
    """

    def __init__(
        self,
        alpha=1.0,
        value_range=(-1, 1),
        reduction="sum_over_batch_size",
        name="frequency_loss",
        dtype=None,
    ):
        super().__init__(name=name, reduction=reduction, dtype=dtype)
        if not alpha >= 0.0:
            raise ValueError(
                f"`alpha` must not be negative. Received: alpha={alpha}"
            )
        self.alpha = alpha
        self.value_range = tuple(encoders.check_value_range(value_range))

    def call(self, y_true, y_pred):
        low, high = self.value_range
        differences = (y_pred - y_true) / (high - low)
        squares = power_spectrum(ops.transpose(differences, (0, 3, 1, 2)))
        # The paper weighs by amplitudes; here are their squares.
        weights = ops.stop_gradient(squares)
        largest = ops.max(weights, axis=(2, 3), keepdims=True)
        weights = (weights / ops.maximum(largest, 1e-20)) ** (self.alpha / 2)
        return ops.mean(weights * squares, axis=(1, 2, 3))

    def get_config(self):
        return {
            **super().get_config(),
            "alpha": self.alpha,
            "value_range": self.value_range,
        }


def power_spectrum(planes):
    """Squared magnitudes of the discrete Fourier transform, orthonormal.

    Args:
        planes: float32 tensor `(..., height, width)`.

    Returns:
        Tensor of the same shape, with the same sum as `planes**2`.
    """
    real, imaginary = ops.fft2((planes, ops.zeros_like(planes)))
    count = ops.cast(ops.shape(planes)[-1] * ops.shape(planes)[-2], real.dtype)
    return (ops.square(real) + ops.square(imaginary)) / count
