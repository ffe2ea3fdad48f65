import keras
from keras import ops


@keras.saving.register_keras_serializable(package="keras_productgen")
class StyleAverage(keras.layers.Layer):
    """Gives every layer of the synthesis its copy of the style.

    In training it keeps a moving average of the styles that pass, towards
    which they can be truncated later.

    Args:
        num_layers: int.
        momentum: float, weight of the old average in the new one.

    Call arguments:
        styles: float tensor of shape `(batch, style_dim)`.
        training: bool.

    Returns:
        float tensor of shape `(batch, num_layers, style_dim)`.

    Reference:
    - [Karras et al., 2019](https://arxiv.org/abs/1812.04948), appendix B
    """

    def __init__(self, num_layers, momentum=0.995, **kwargs):
        super().__init__(**kwargs)
        self.num_layers = num_layers
        self.momentum = momentum

    def build(self, styles_shape):
        self.average = self.add_weight(
            (styles_shape[-1],),
            "zeros",
            trainable=False,
            autocast=False,
            name="average",
        )

    def call(self, styles, training=False):
        if training:
            mean = ops.mean(ops.stop_gradient(styles), axis=0)
            mean = ops.cast(mean, self.average.dtype)
            keep = self.momentum
            self.average.assign(self.average * keep + mean * (1.0 - keep))
        return ops.repeat(styles[:, None], self.num_layers, axis=1)

    def compute_output_shape(self, styles_shape):
        return styles_shape[0], self.num_layers, styles_shape[-1]

    def get_config(self):
        return {
            **super().get_config(),
            "num_layers": self.num_layers,
            "momentum": self.momentum,
        }
