import keras


@keras.saving.register_keras_serializable(package="keras_productgen")
class ScaleAndShift(keras.layers.Layer):
    """Gives every feature map the scale and shift that a style asks for.

    After a normalization without scale and offset it makes a conditional one.

    Call arguments:
        features: tensor of shape `(batch, height, width, channels)`.
        styles: tensor of shape `(batch, style_dim)`.

    Returns:
        Tensor of the shape of `features`.

    Reference:
    - [Dumoulin et al., 2017](https://arxiv.org/abs/1610.07629)
    """

    def build(self, features_shape, styles_shape):
        channels = features_shape[-1]
        self.scale = keras.layers.Dense(channels, dtype=self.dtype_policy)
        self.shift = keras.layers.Dense(channels, dtype=self.dtype_policy)
        self.scale.build(styles_shape)
        self.shift.build(styles_shape)

    def call(self, features, styles):
        scale = self.scale(styles)[:, None, None]
        shift = self.shift(styles)[:, None, None]
        return features * (1.0 + scale) + shift

    def compute_output_shape(self, features_shape, styles_shape):
        return features_shape
