import keras
from keras import ops

from keras_productgen.layers.conv2d import Conv2D
from keras_productgen.layers.spectral_normalization import SpectralNormalization


@keras.saving.register_keras_serializable(package="keras_productgen")
class SkipLayerExcitation(keras.layers.Layer):
    """Lets features of another resolution say which channels count.

    Those features are pooled to 4 by 4 places, from which two convolutions make
    a factor between 0 and 1 for every channel. Gradients take the short way.

    Args:
        spectral_normalization: bool, whether the convolutions have it.

    Call arguments:
        features: tensor of shape `(batch, height, width, channels)`.
        guides: tensor of shape `(batch, side, side, guide_channels)`, of
            another resolution; `side` is a multiple of 4.

    Returns:
        Tensor of the shape of `features`.

    Raises:
        ValueError: if `guides` cannot be pooled to 4 by 4.

    Reference:
    - [Liu et al., 2021](https://arxiv.org/abs/2101.04775), section 3.1
    """

    def __init__(self, spectral_normalization=False, **kwargs):
        super().__init__(**kwargs)
        self.spectral_normalization = spectral_normalization

    def build(self, features_shape, guides_shape):
        height, width = guides_shape[1:3]
        if height != width or height % 4:
            raise ValueError(
                "`guides` must be squares with a side that is a multiple of "
                f"4. Received: guides.shape={guides_shape}"
            )
        channels = features_shape[-1]
        self.gather = self._convolution(channels, 4, (1, 4, 4, guides_shape[3]))
        self.weigh = self._convolution(channels, 1, (1, 1, 1, channels))

    def call(self, features, guides, training=False):
        side = guides.shape[1] // 4
        pooled = ops.average_pool(
            guides, side, side, data_format="channels_last"
        )
        gathered = ops.silu(self.gather(pooled, training=training))
        factors = ops.sigmoid(self.weigh(gathered, training=training))
        return features * factors

    def _convolution(self, channels, size, input_shape):
        layer = Conv2D(channels, size, use_bias=False, dtype=self.dtype_policy)
        if self.spectral_normalization:
            layer = SpectralNormalization(layer, dtype=self.dtype_policy)
        layer.build(input_shape)
        return layer

    def compute_output_shape(self, features_shape, guides_shape):
        return features_shape

    def get_config(self):
        return {
            **super().get_config(),
            "spectral_normalization": self.spectral_normalization,
        }
