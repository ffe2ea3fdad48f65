import keras
from keras import ops

# The lightest half percent of a well lit photo, of 255.
SHARE, WHITE = 0.005, 240.0
# More light than that many times shows nothing but noise.
MOST = 64.0


@keras.saving.register_keras_serializable(package="keras_productgen")
class WhitePoint(keras.layers.Layer):
    """Gives dark pictures the light that is missing.

    Linear light is multiplied by one number for each picture, from 1 to 64, so
    that the lightest half percent of the whole picture, by its largest channel,
    reaches 240 of 255. Those that are light enough stay as they are.

    Inputs are a tuple of images `(batch, height, width, 3)`, the pictures or
    pieces of them, and wholes `(batch, side, side, 3)`, the whole of each,
    small; both sRGB in `[-1, 1]`. The output is images, float32.
    """

    def call(self, inputs):
        images, wholes = (ops.cast(each, "float32") for each in inputs)
        gains = _gains(wholes)[:, None, None, None]
        light = ops.minimum(gains * _to_linear(images), 1.0)
        return ops.where(gains > 1.0, _from_linear(light), images)

    def compute_output_shape(self, input_shape):
        return input_shape[0]


def _gains(wholes):
    height, width = wholes.shape[1:3]
    largest = ops.reshape(ops.max(wholes, axis=-1), (-1, height * width))
    place = round((1.0 - SHARE) * (height * width - 1))
    lightest = _to_linear(ops.sort(largest, axis=-1)[:, place])
    white = _to_linear(ops.convert_to_tensor(2.0 * WHITE / 255.0 - 1.0))
    return ops.clip(white / ops.maximum(lightest, 1e-6), 1.0, MOST)


def _to_linear(images):
    """From sRGB in `[-1, 1]` to linear light in `[0, 1]` (IEC 61966)."""
    images = ops.clip((images + 1.0) / 2.0, 0.0, 1.0)
    curve = ((images + 0.055) / 1.055) ** 2.4
    return ops.where(images <= 0.04045, images / 12.92, curve)


def _from_linear(light):
    curve = 1.055 * ops.maximum(light, 1e-6) ** (1.0 / 2.4) - 0.055
    images = ops.where(light <= 0.0031308, light * 12.92, curve)
    return 2.0 * images - 1.0
