"""What an exported matting network computes, as functions of tensors."""

import tensorflow as tf

from keras_productgen.export.signatures import pixels
from keras_productgen.export.signatures.guided import guided_upsample
from keras_productgen.export.signatures.resampling import shrunk
from keras_productgen.export.signatures.restorations import checked_size


def mattes(model, max_pixels):
    """Returns `{name: (function, input_signature)}` of a `MattingUNet`.

    Args:
        model: `keras_productgen.models.MattingUNet`.
        max_pixels: int, of the largest picture that `matte` takes.
    """

    def one(image_bytes):
        image = checked_size(pixels.decoded(image_bytes, 3), max_pixels)
        small = shrunk(image, _size(model, tf.shape(image)))
        low, high = model.value_range
        outputs = model(
            pixels.from_uint8(small[tf.newaxis], model.value_range),
            training=False,
        )
        values = tf.clip_by_value((outputs[0] - low) / (high - low), 0.0, 1.0)
        matte = guided_upsample(values, small, image)
        return pixels.png_of(matte, (0.0, 1.0))

    def matte(image_bytes):
        # TensorFlow Serving sends a string in base64 if its name ends so.
        return {"matte_bytes": pixels.row_by_row(one, (image_bytes,))}

    def images_from(images):
        return {"images": model(images, training=False)}

    specs = [tf.TensorSpec([None, None, None, 3], tf.float32, name="images")]
    return {
        "matte": (matte, [pixels.file_spec()]),
        "images": (images_from, specs),
    }


def _size(model, shape):
    """Sides of the small copy, as `MattingUNet.matte` takes them."""
    sides = tf.cast(shape[:2], tf.float64)
    longest = tf.reduce_max(sides)
    steps = tf.round(sides / longest * model.image_size / model.stride)
    steps = tf.cast(tf.maximum(steps, 1.0), tf.int32)
    return tf.unstack(steps * model.stride)
