"""What an exported restoration computes, as functions of tensors."""

import tensorflow as tf

from keras_productgen.export.signatures import pixels
from keras_productgen.export.signatures.mirroring import to_stride
from keras_productgen.export.signatures.resampling import area_resized
from keras_productgen.models.restoration.whole_image_restoration import SIDE
from keras_productgen.models.restoration.whole_image_restoration import (
    WholeImageRestoration,
)


def restorations(model, max_pixels):
    """Returns `{name: (function, input_signature)}` of a restoration.

    Args:
        model: `keras_productgen.models.ImageRestoration`.
        max_pixels: int, of the largest picture that `restore` takes. It goes
            through the network in one piece.
    """
    return {"restore": _of_files(model, max_pixels), "images": _tensors(model)}


def checked_size(image, max_pixels):
    """Returns a picture, and fails the call where it has too many pixels."""
    height, width = tf.shape(image)[0], tf.shape(image)[1]
    return pixels.with_check(
        image,
        height * width <= max_pixels,
        f"A picture must have at most {max_pixels} pixels.",
        [height, width],
    )


def _of_files(model, max_pixels):
    def one(image_bytes):
        image = pixels.decoded(image_bytes, model.channels)
        image = checked_size(image, max_pixels)
        image = pixels.from_uint8(image, model.value_range)
        return pixels.png_of(_restored(model, image), model.value_range)

    def restore(image_bytes):
        # TensorFlow Serving sends a string in base64 if its name ends so.
        return {"restored_bytes": pixels.row_by_row(one, (image_bytes,))}

    return restore, [pixels.file_spec()]


def _restored(model, image):
    """A picture of any size, as a tile of `model.restore` that holds it."""
    padded, margin = to_stride(image, model.reach, model.stride)
    images = padded[tf.newaxis]
    if isinstance(model, WholeImageRestoration):
        whole = area_resized(image, (SIDE, SIDE))
        outputs = model({"images": images, "wholes": whole[tf.newaxis]})
    else:
        outputs = model(images, training=False)
    top = margin * model.scale
    height, width = (tf.shape(image)[axis] * model.scale for axis in range(2))
    return outputs[0, top : top + height, top : top + width]


def _tensors(model):
    shape = [None, None, None, model.channels]
    specs = [tf.TensorSpec(shape, tf.float32, name="images")]
    if isinstance(model, WholeImageRestoration):
        shape = [None, SIDE, SIDE, model.channels]
        specs.append(tf.TensorSpec(shape, tf.float32, name="wholes"))

    def images_from(images, *wholes):
        sides = tf.shape(images)[1:3]
        images = pixels.with_check(
            images,
            tf.reduce_all(sides % model.stride == 0),
            f"Height and width must be multiples of {model.stride}.",
            sides,
        )
        inputs = {"images": images, "wholes": wholes[0]} if wholes else images
        return {"images": model(inputs, training=False)}

    return images_from, specs
