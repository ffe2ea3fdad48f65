import keras
from keras import ops

from keras_productgen import backend
from keras_productgen.layers.blur import blurred


@keras.saving.register_keras_serializable(package="keras_productgen")
class BlurUpsampling2D(keras.layers.Layer):
    """Doubles height and width, with a blur instead of visible pixels.

    Meant for pictures: the work grows with the square of the channels.

    Call arguments:
        images: tensor of shape `(batch, height, width, channels)`.

    Returns:
        Tensor of shape `(batch, 2 * height, 2 * width, channels)`.

    Reference:
    - [Karras et al., 2020](https://arxiv.org/abs/1912.04958)
    """

    def call(self, images):
        channels = images.shape[-1]
        kernel = ops.reshape(
            ops.eye(channels, dtype=images.dtype), (1, 1, channels, channels)
        )
        return backend.conv2d_transpose(
            images, blurred(kernel, gain=4.0), (2, 2), "same"
        )

    def compute_output_shape(self, images_shape):
        batch, height, width, channels = images_shape
        return batch, 2 * height, 2 * width, channels
