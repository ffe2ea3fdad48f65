import keras
from keras import ops

from keras_productgen.layers.conv2d import Conv2D
from keras_productgen.layers.spectral_normalization import SpectralNormalization


@keras.saving.register_keras_serializable(package="keras_productgen")
class SelfAttention(keras.layers.Layer):
    """Lets every place of the feature maps look at all others.

    Keys have an eighth of the channels and values half of them; both are
    pooled to half the size, as in the authors' code. What was seen is added,
    times a weight that begins at 0.

    Args:
        spectral_normalization: bool, whether the kernels are divided by their
            largest singular values.

    Call arguments:
        features: tensor of shape `(batch, height, width, channels)`, with even
            height and width.
        training: bool, whether spectral normalization adapts.

    Returns:
        Tensor of the shape of `features`.

    Raises:
        ValueError: if height or width of the features are not even.

    Reference:
    - [Zhang et al., 2019](https://arxiv.org/abs/1805.08318), section 3
    """

    def __init__(self, spectral_normalization=False, **kwargs):
        super().__init__(**kwargs)
        self.spectral_normalization = spectral_normalization

    def build(self, features_shape):
        _, height, width, channels = features_shape
        if (height or 0) % 2 or (width or 0) % 2:
            raise ValueError(
                "Features must have an even height and width. "
                f"Received: features.shape={features_shape}"
            )
        key_channels = max(channels // 8, 1)
        value_channels = max(channels // 2, 1)
        self.queries = self._projection(key_channels, features_shape)
        self.keys = self._projection(key_channels, features_shape)
        self.values = self._projection(value_channels, features_shape)
        self.outputs = self._projection(
            channels, (*features_shape[:-1], value_channels)
        )
        self.gamma = self.add_weight((), "zeros", name="gamma")

    def call(self, features, training=False):
        maps = self.attention(features, training)
        height, width = ops.shape(features)[1:3]
        weights = ops.reshape(maps, (-1, height * width, height * width // 4))
        values = _pooled(self.values(features, training=training))
        seen = ops.matmul(ops.cast(weights, values.dtype), values)
        seen = ops.reshape(seen, (-1, height, width, values.shape[-1]))
        seen = self.outputs(seen, training=training)
        return features + ops.cast(self.gamma, seen.dtype) * seen

    def attention(self, features, training=False):
        """Where every place looks: float32, summing to 1 over the keys.

        Returns:
            Tensor of shape `(batch, height, width, height / 2, width / 2)`.
        """
        height, width = ops.shape(features)[1:3]
        queries = self.queries(features, training=training)
        queries = ops.reshape(queries, (-1, height * width, queries.shape[-1]))
        keys = _pooled(self.keys(features, training=training))
        scores = ops.matmul(queries, ops.transpose(keys, (0, 2, 1)))
        weights = ops.softmax(ops.cast(scores, "float32"), axis=-1)
        return ops.reshape(
            weights, (-1, height, width, height // 2, width // 2)
        )

    def _projection(self, channels, input_shape):
        layer = Conv2D(channels, 1, use_bias=False, dtype=self.dtype_policy)
        if self.spectral_normalization:
            layer = SpectralNormalization(layer, dtype=self.dtype_policy)
        layer.build(input_shape)
        return layer

    def compute_output_shape(self, features_shape):
        return features_shape

    def get_config(self):
        return {
            **super().get_config(),
            "spectral_normalization": self.spectral_normalization,
        }


def _pooled(features):
    """The largest of each two by two, `(batch, places, channels)`.

    Twice differentiable on every backend.
    """
    height, width, channels = ops.shape(features)[1:]
    blocks = ops.reshape(
        features, (-1, height // 2, 2, width // 2, 2, channels)
    )
    largest = ops.max(blocks, axis=(2, 4))
    return ops.reshape(largest, (-1, height * width // 4, channels))
