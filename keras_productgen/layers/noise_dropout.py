import math
import statistics

import keras
from keras import ops


@keras.saving.register_keras_serializable(package="keras_productgen")
class NoiseDropout(keras.layers.Layer):
    """Dropout that a noise given from outside decides.

    A network with it is a function of its inputs: the same noise drops the
    same values, alone or in any batch, and on every backend. The noise may
    be longer than needed: several layers share one, at different offsets.

    Args:
        rate: float above 0 and below 1, the part of the values to drop.
        offset: int, the place in the noise where that of this layer begins.
        at_inference: bool, whether values are dropped when not training, too.

    Call arguments:
        inputs: tensor of shape `(batch, ...)`.
        noise: tensor `(batch, length)` of standard normal numbers.

    Returns:
        Tensor of the shape of `inputs`; what is not dropped is divided by
        `1 - rate`.

    Raises:
        ValueError: if `rate` is not between 0 and 1.

    Reference:
    - [Srivastava et al., 2014](https://jmlr.org/papers/v15/srivastava14a.html)
    """

    def __init__(self, rate=0.5, offset=0, at_inference=True, **kwargs):
        super().__init__(**kwargs)
        if not 0.0 < rate < 1.0:
            raise ValueError(
                f"`rate` must be between 0 and 1. Received: rate={rate}"
            )
        self.rate = rate
        self.offset = offset
        self.at_inference = at_inference
        self.threshold = statistics.NormalDist().inv_cdf(rate)

    def call(self, inputs, noise, training=None):
        if not (training or self.at_inference):
            return inputs
        end = self.offset + math.prod(inputs.shape[1:])
        noise = noise[:, self.offset : end]
        noise = ops.reshape(noise, (-1, *inputs.shape[1:]))
        kept = ops.cast(noise > self.threshold, inputs.dtype)
        return inputs * kept * (1.0 / (1.0 - self.rate))

    def compute_output_shape(self, inputs_shape, noise_shape):
        return inputs_shape

    def get_config(self):
        return {
            **super().get_config(),
            "rate": self.rate,
            "offset": self.offset,
            "at_inference": self.at_inference,
        }
