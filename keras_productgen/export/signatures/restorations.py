"""What an exported restoration computes, as functions of tensors."""

import tensorflow as tf

from keras_productgen.export.signatures import pixels
from keras_productgen.export.signatures.generators import as_batch
from keras_productgen.export.signatures.mirroring import to_stride
from keras_productgen.export.signatures.resampling import area_resized
from keras_productgen.models.restoration.whole_image_restoration import SIDE
from keras_productgen.models.restoration.whole_image_restoration import (
    WholeImageRestoration,
)

TILE = "restore_tile"


def restorations(model, max_pixels):
    """Returns `{name: (function, input_signature)}` of a restoration.

    `restore_tile` is for pictures that are larger than `max_pixels`: whoever
    calls cuts them as `images.tiles` does.

    Args:
        model: `keras_productgen.models.ImageRestoration`.
        max_pixels: int, of the largest picture that `restore` takes, and of
            the largest tile. It goes through the network in one piece.
    """
    return {
        "restore": _of_files(model, max_pixels),
        TILE: _of_tiles(model, max_pixels),
        "images": _tensors(model),
    }


def tiling(model, names):
    """Returns what one must know to cut a picture for `restore_tile`.

    Args:
        model: any model.
        names: names of the signatures that it is exported with.

    Returns:
        Dict of `reach` and `stride`, see `images.tiles`; None where pictures
        cannot be cut for this model.
    """
    if TILE not in names:
        return None
    return {"reach": model.reach, "stride": model.stride}


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


def _of_tiles(model, max_pixels):
    """Files that have all they need around what is kept of them."""

    def one(image_bytes, *wholes):
        tile = pixels.decoded(image_bytes, model.channels)
        tile = checked_size(tile, max_pixels)
        tile = _checked_sides(model, tile, tf.shape(tile)[:2])
        tile = pixels.from_uint8(tile, model.value_range)
        made = _made(model, tile[tf.newaxis], as_batch(wholes))
        return pixels.png_of(made[0], model.value_range)

    def restore_tile(*rows):
        return {"restored_bytes": pixels.row_by_row(one, rows)}

    return restore_tile, [pixels.file_spec(), *_whole_specs(model)]


def _restored(model, image):
    """A picture of any size, as a tile of `model.restore` that holds it."""
    padded, margin = to_stride(image, model.reach, model.stride)
    wholes = []
    if isinstance(model, WholeImageRestoration):
        wholes = [area_resized(image, (SIDE, SIDE))[tf.newaxis]]
    outputs = _made(model, padded[tf.newaxis], wholes)
    top = margin * model.scale
    height, width = (tf.shape(image)[axis] * model.scale for axis in range(2))
    return outputs[0, top : top + height, top : top + width]


def _tensors(model):
    shape = [None, None, None, model.channels]
    specs = [tf.TensorSpec(shape, tf.float32, name="images")]

    def images_from(images, *wholes):
        images = _checked_sides(model, images, tf.shape(images)[1:3])
        return {"images": _made(model, images, wholes)}

    return images_from, [*specs, *_whole_specs(model)]


def _whole_specs(model):
    """What a network takes beside a piece of a picture: the whole, small."""
    if not isinstance(model, WholeImageRestoration):
        return []
    shape = [None, SIDE, SIDE, model.channels]
    return [tf.TensorSpec(shape, tf.float32, name="wholes")]


def _checked_sides(model, images, sides):
    return pixels.with_check(
        images,
        tf.reduce_all(sides % model.stride == 0),
        f"Height and width must be multiples of {model.stride}.",
        sides,
    )


def _made(model, images, wholes):
    inputs = {"images": images, "wholes": wholes[0]} if wholes else images
    return model(inputs, training=False)
