"""What an exported model that fills holes computes, as functions of tensors."""

import tensorflow as tf

from keras_productgen.export.signatures import pixels
from keras_productgen.export.signatures.hole_cells import by_cells
from keras_productgen.export.signatures.holes import around
from keras_productgen.export.signatures.holes import depth_of
from keras_productgen.export.signatures.resampling import area_resized
from keras_productgen.export.signatures.resampling import cubic
from keras_productgen.export.signatures.resampling import resampled
from keras_productgen.export.signatures.restorations import checked_size

# Of what the network sees, as `DeepFill.restore` has it.
THICKNESS = 1 / 3


def fillings(model, max_pixels):
    """Returns `{name: (function, input_signature)}` of a `DeepFill`.

    Unlike `DeepFill.restore`, `restore` takes all holes for one: where one of
    them is thicker than a third of what the network sees, all are filled on a
    smaller copy.

    Args:
        model: `keras_productgen.models.DeepFill`.
        max_pixels: int, of the largest picture that `restore` takes.
    """

    def one(image_bytes, mask_bytes):
        image = checked_size(pixels.decoded(image_bytes, 3), max_pixels)
        mask = _checked_mask(pixels.decoded(mask_bytes, 1), image)
        made = tf.cond(
            tf.reduce_any(mask),
            lambda: _filled(model, tf.cast(image, tf.float32), mask),
            lambda: tf.cast(image, tf.float32),
        )
        made = pixels.to_uint8(made, (0.0, 255.0))
        return tf.io.encode_png(tf.where(mask[..., tf.newaxis], made, image))

    def restore(image_bytes, mask_bytes):
        # TensorFlow Serving sends a string in base64 if its name ends so.
        rows = (image_bytes, mask_bytes)
        return {"restored_bytes": pixels.row_by_row(one, rows)}

    def images_from(images, masks):
        return {"images": model({"images": images, "masks": masks})}

    shape = [None, model.image_size, model.image_size]
    return {
        "restore": (
            restore,
            [pixels.file_spec(), pixels.file_spec("mask_bytes")],
        ),
        "images": (
            images_from,
            [
                tf.TensorSpec([*shape, 3], tf.float32, name="images"),
                tf.TensorSpec([*shape, 1], tf.float32, name="masks"),
            ],
        ),
    }


def _checked_mask(mask, image):
    """Returns bool `(height, width)`, true where to fill."""
    fits = tf.reduce_all(tf.shape(mask)[:2] == tf.shape(image)[:2])
    mask = pixels.with_check(
        mask,
        fits,
        "A mask must have the height and width of its picture.",
        tf.shape(mask)[:2],
    )
    mask = mask[..., 0] > 0
    return pixels.with_check(
        mask,
        ~tf.reduce_all(mask),
        "A mask must leave something of its picture.",
        tf.shape(mask),
    )


def _filled(model, colors, mask):
    size = model.image_size
    depth = tf.cast(depth_of(mask), tf.float32)
    factor = tf.maximum(1.0, 2.0 * depth / (THICKNESS * size))
    margin = tf.cast(tf.math.ceil(size * factor / 2.0), tf.int32)
    top, bottom, left, right = around(mask, margin)
    region = colors[top:bottom, left:right]
    part = mask[top:bottom, left:right]
    region = tf.cond(
        factor > 1.0,
        lambda: _filled_small(model, region, part, factor),
        lambda: by_cells(model, region, part),
    )
    sides = tf.shape(colors)
    padding = [[top, sides[0] - bottom], [left, sides[1] - right], [0, 0]]
    return tf.where(mask[..., tf.newaxis], tf.pad(region, padding), colors)


def _filled_small(model, colors, part, factor):
    """Fills a smaller copy, and enlarges that."""
    sides = tf.shape(part)
    size = tf.round(tf.cast(sides, tf.float32) / factor)
    size = tf.unstack(tf.cast(tf.maximum(size, 1.0), tf.int32))
    known = tf.cast(~part, tf.float32)[..., tf.newaxis]
    share = area_resized(known, size)
    means = area_resized(colors * known, size) / tf.maximum(share, 1e-6)
    open_holes = share < tf.minimum(0.5, tf.reduce_max(share))
    smaller = by_cells(model, means, open_holes[..., 0])
    matrices = [cubic(old, new) for old, new in zip(size, tf.unstack(sides))]
    return resampled(smaller, *matrices)
