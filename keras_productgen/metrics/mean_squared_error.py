import concurrent.futures
import functools
import itertools
import math
import os

import cv2
import keras
import numpy as np
from keras import ops

from keras_productgen.backend import squared_difference
from keras_productgen.metrics.paired_metric import MaskedPairedMetric
from keras_productgen.metrics.picture_pairs import check_pair
from keras_productgen.metrics.picture_pairs import picture_mean
from keras_productgen.metrics.picture_pairs import prepare

_WORTH_THREADS = 2**21


@keras.saving.register_keras_serializable(package="keras_productgen")
def mean_squared_error(
    reference_images,
    images,
    value_range=(0, 255),
    luma=False,
    crop_border=0,
    mask=None,
):
    """Mean squared difference of each picture from its reference.

    Fastest with NumPy arrays of one dtype, uint8 or float.

    Args:
        reference_images: pictures `(batch, height, width, channels)` with 1 or
            3 channels, of any dtype.
        images: pictures of the same shape.
        value_range: pair of floats, the values of black and white.
        luma: bool, whether to compare nothing but the luma, as articles on
            restoration do: that of video, 16-235 of 0-255 (BT.601).
        crop_border: int, how many pixels at each side do not count.
        mask: optional weights of the pixels, `(batch, height, width, 1)`, such
            as 1 on the product and 0 elsewhere.

    Returns:
        float32 tensor `(batch,)`, in squared units of `value_range`; 0 for
        identical pictures, not a number where the mask is empty.

    Raises:
        ValueError: if shapes or settings do not fit, or values plainly are not
            in `value_range`.
    """
    if mask is None and not luma and are_arrays(reference_images, images):
        errors = of_arrays(reference_images, images, value_range, crop_border)
        return ops.convert_to_tensor(errors)
    reference_images, images, mask = prepare(
        reference_images, images, value_range, luma, crop_border, mask
    )
    return picture_mean(squared_difference(images, reference_images), mask)


def are_arrays(*pictures):
    """Whether `of_arrays` takes them."""
    kinds = ("uint8", "float32", "float64")
    return (
        all(
            isinstance(images, np.ndarray) and images.dtype in kinds
            for images in pictures
        )
        and len({images.dtype for images in pictures}) == 1
    )


def of_arrays(reference_images, images, value_range, crop_border):
    """`mean_squared_error` of NumPy arrays, in one pass over each picture.

    Returns:
        float32 array `(batch,)`.
    """
    check_pair(
        reference_images, images, value_range, crop_border, (1, 3), False
    )
    height, width = images.shape[1:3]
    reference_images, images = (
        pictures[
            :,
            crop_border : height - crop_border,
            crop_border : width - crop_border,
        ]
        for pictures in (reference_images, images)
    )

    def sums(part):
        pairs = zip(reference_images[part], images[part])
        return [cv2.norm(*pair, cv2.NORM_L2SQR) for pair in pairs]

    # OpenCV takes one thread for a norm, and leaves Python's lock alone.
    if images.nbytes < _WORTH_THREADS:
        errors = sums(slice(None))
    else:
        parts = _parts(len(images), os.cpu_count())
        errors = np.concatenate(list(_thread_pool().map(sums, parts)))
    return np.array(errors, "float32") / math.prod(images.shape[1:])


def _parts(count, threads):
    edges = [count * i // threads for i in range(threads + 1)]
    return [slice(*pair) for pair in itertools.pairwise(edges)]


@functools.cache
def _thread_pool():
    return concurrent.futures.ThreadPoolExecutor(os.cpu_count())


# Threads do not come along into a forked process.
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_thread_pool.cache_clear)


@keras.saving.register_keras_serializable(package="keras_productgen")
class MeanSquaredError(MaskedPairedMetric):
    """Mean over pictures of their mean squared difference: lower is better.

    Args:
        name: name in the logs.
        value_range: pair of floats, the values of black and white in the
            pictures that come.
        luma: bool, whether to compare nothing but the luma.
        crop_border: int, how many pixels at each side do not count.
        dtype: optional dtype of the result.

    Raises:
        ValueError: if `value_range` is not a pair that rises, or `crop_border`
            is below 0.
    """

    def __init__(
        self,
        name="mse",
        value_range=(0, 255),
        luma=False,
        crop_border=0,
        dtype=None,
    ):
        super().__init__(
            mean_squared_error,
            name,
            dtype,
            value_range=value_range,
            luma=luma,
            crop_border=crop_border,
        )
