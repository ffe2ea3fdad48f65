"""Features of many pictures."""

import keras
import numpy as np
from keras import ops

from keras_productgen.encoders.rescaling import check_value_range
from keras_productgen.encoders.rescaling import check_values


def extract(
    encoder, images, value_range=(0, 255), batch_size=64, max_images=None
):
    """Returns the features of pictures, batch by batch.

    Args:
        encoder: `keras.Model` from pictures with values 0-255 to feature
            vectors.
        images: array `(num_images, height, width, 3)`, or an iterable of
            batches, `images` or `(images, conditions)`, such as a dataset.
        value_range: pair of floats, the values of black and white in the
            pictures; the encoder gets them as 0-255.
        batch_size: int, how many pictures of an array are encoded at once.
        max_images: optional int; the rest is not looked at.

    Returns:
        float32 array `(num_images, dim)`.

    Raises:
        ValueError: if there is no picture, a batch does not have the shape
            `(batch, height, width, 3)`, or its values plainly are not in
            `value_range`: in `[0, 1]` where it is wider, or far outside.
    """
    low, high = check_value_range(value_range)
    rows, num_images = [], 0
    for batch in _batches(images, batch_size):
        if max_images is not None:
            batch = batch[: max_images - num_images]
        _check_images(batch, value_range)
        pictures = (batch.astype("float32") - low) * (255.0 / (high - low))
        features = encoder(ops.convert_to_tensor(pictures), training=False)
        rows.append(ops.convert_to_numpy(features))
        num_images += len(batch)
        if num_images == max_images:
            break
    if num_images == 0:
        raise ValueError(
            "`images` must hold at least one picture. "
            f"Received: an empty {type(images).__name__}"
        )
    return np.concatenate(rows).astype("float32", copy=False)


def _batches(images, batch_size):
    if hasattr(images, "__array__"):
        images = ops.convert_to_numpy(images)
        for start in range(0, len(images), batch_size):
            yield images[start : start + batch_size]
        return
    for batch in images:
        images, _, _ = keras.utils.unpack_x_y_sample_weight(batch)
        yield np.asarray(images)


def _check_images(images, value_range):
    if images.ndim != 4 or images.shape[-1] != 3 or 0 in images.shape:
        raise ValueError(
            "`images` must have the shape (batch, height, width, 3), none of "
            f"them 0. Received: images.shape={images.shape}"
        )
    check_values(images.min(), images.max(), value_range)
