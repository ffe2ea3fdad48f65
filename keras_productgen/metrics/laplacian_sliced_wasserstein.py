import cv2
import keras
import numpy as np

from keras_productgen.metrics.features import check_at_least
from keras_productgen.metrics.sliced_wasserstein import (
    sliced_wasserstein_distance,
)

_PATCH = 7


def laplacian_sliced_wasserstein(
    real_images,
    fake_images,
    smallest_size=16,
    patches_per_image=128,
    num_projections=512,
    seed=0,
):
    """Sliced Wasserstein distance of patches, at each scale of the pictures.

    No encoder: 7x7 patches of a Laplacian pyramid, whose levels hold the fine
    and the coarse structure apart. Each colour of a level's patches is
    normalized by its own mean and deviation, so that brightness and contrast
    of a whole set do not count. Biased: compare at equal numbers of pictures.

    The paper multiplies by 1000 and looks at 8192 pictures.

    Args:
        real_images: array `(num_images, height, width, 3)`, or an iterable of
            batches, `images` or `(images, conditions)`, such as a dataset.
        fake_images: the same, of the same size; the numbers may differ.
        smallest_size: int, pixels of the shorter side of the coarsest level: no
            level is below it.
        patches_per_image: int, how many are cut of each picture and level, at
            random places.
        num_projections: int, number of random directions.
        seed: int, of the places and the directions.

    Returns:
        Dict from the shorter side of each level, in pixels, finest first, to
        its distance.

    Raises:
        ValueError: if there is no picture, their sizes differ, they are smaller
            than `smallest_size`, or that is below 7.

    Reference:
    - [Karras et al., 2018](https://arxiv.org/abs/1710.10196), section 5
    """
    check_at_least("smallest_size", smallest_size, _PATCH)
    check_at_least("patches_per_image", patches_per_image, 1)
    generator = np.random.default_rng(seed)
    real, fake = [
        _patches_of(images, name, smallest_size, patches_per_image, generator)
        for name, images in (
            ("real_images", real_images),
            ("fake_images", fake_images),
        )
    ]
    if list(real) != list(fake):
        raise ValueError(
            "`real_images` and `fake_images` must have the same size. "
            f"Received: levels of {list(real)} and {list(fake)} pixels"
        )
    return {
        min(size): sliced_wasserstein_distance(
            _normalized(real[size]),
            _normalized(fake[size]),
            num_projections,
            seed=seed,
        )
        for size in real
    }


def laplacian_pyramid(image, smallest_size=16):
    """Splits a picture into levels, from fine to coarse.

    Args:
        image: float32 array `(height, width, 3)`.
        smallest_size: int, no level has a shorter side.

    Returns:
        List of float32 arrays, each half as large as the one before. All but
        the last, which is a small picture, hold what the next lacks.
    """
    levels = []
    while (min(image.shape[:2]) + 1) // 2 >= smallest_size:
        smaller = cv2.pyrDown(image)
        size = image.shape[1::-1]
        levels.append(image - cv2.pyrUp(smaller, dstsize=size))
        image = smaller
    return [*levels, image]


def _patches_of(images, name, smallest_size, patches_per_image, generator):
    """Returns `(num_patches, 7, 7, 3)` by the (height, width) of the level."""
    patches, shape = {}, None
    for image in _each(images):
        shape = image.shape if shape is None else shape
        _check_shape(image.shape, shape, name, smallest_size)
        for level in laplacian_pyramid(image, smallest_size):
            cut = _random_patches(level, patches_per_image, generator)
            patches.setdefault(level.shape[:2], []).append(cut)
    if shape is None:
        raise ValueError(
            f"`{name}` must hold at least one picture. Received: none"
        )
    return {size: np.concatenate(cuts) for size, cuts in patches.items()}


def _each(images):
    for batch in [images] if hasattr(images, "__array__") else images:
        batch, _, _ = keras.utils.unpack_x_y_sample_weight(batch)
        yield from np.asarray(batch).astype("float32")


def _check_shape(shape, expected, name, smallest_size):
    if len(shape) != 3 or shape[-1] != 3 or min(shape[:2]) < smallest_size:
        raise ValueError(
            f"`{name}` must have the shape (num_images, height, width, 3), "
            f"each side at least smallest_size={smallest_size}. "
            f"Received: a picture of shape {shape}"
        )
    if shape != expected:
        raise ValueError(
            f"`{name}` must all have the same size. "
            f"Received: shapes {expected} and {shape}"
        )


def _random_patches(level, count, generator):
    windows = np.lib.stride_tricks.sliding_window_view(
        level, (_PATCH, _PATCH), axis=(0, 1)
    )
    rows = generator.integers(windows.shape[0], size=count)
    columns = generator.integers(windows.shape[1], size=count)
    return windows[rows, columns].transpose(0, 2, 3, 1)


def _normalized(patches):
    """Returns rows of 7 * 7 * 3, each colour of mean 0 and spread 1."""
    mean = patches.mean(axis=(0, 1, 2), dtype="float64")
    deviation = patches.std(axis=(0, 1, 2), dtype="float64")
    # A level of one colour alone stays 0.
    scaled = (patches - mean) / np.maximum(deviation, 1e-6)
    return scaled.astype("float32").reshape(len(patches), -1)
