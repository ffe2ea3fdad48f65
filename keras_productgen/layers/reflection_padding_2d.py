import keras
from keras import ops


@keras.saving.register_keras_serializable(package="keras_productgen")
class ReflectionPadding2D(keras.layers.Layer):
    """Continues pictures beyond their borders by their mirror images.

    The outermost pixels are the mirrors and are not repeated.

    Args:
        padding: int, pixels added on each of the four sides. The pictures must
            be larger than this.

    Call arguments:
        inputs: tensor of shape `(batch, height, width, channels)`.

    Returns:
        Tensor `(batch, height + 2 * padding, width + 2 * padding, channels)`.

    Raises:
        ValueError: if `padding` is below 1.
    """

    def __init__(self, padding=1, **kwargs):
        super().__init__(**kwargs)
        if padding < 1:
            raise ValueError(
                f"`padding` must be at least 1. Received: padding={padding}"
            )
        self.padding = padding

    def call(self, inputs):
        edges = (self.padding, self.padding)
        paddings = ((0, 0), edges, edges, (0, 0))
        return ops.pad(inputs, paddings, mode="reflect")

    def compute_output_shape(self, input_shape):
        batch, *sides, channels = input_shape
        sides = [side and side + 2 * self.padding for side in sides]
        return (batch, *sides, channels)

    def get_config(self):
        return {**super().get_config(), "padding": self.padding}
