"""What the classical methods share: names, and pictures of any kind."""

import numpy as np
from skimage import restoration

from keras_productgen import images

# Filters look around a pixel; beyond the border a picture is mirrored.
BORDER = 16


def chosen(name, methods):
    """Returns one of a dict of methods.

    Raises:
        ValueError: if there is none of that name.
    """
    if name not in methods:
        raise ValueError(
            f"`method` must be one of {tuple(methods)}. "
            f"Received: method={name!r}"
        )
    return methods[name]


def applied(method, picture, **settings):
    """A uint8 picture of any kind through a method of float32 colours."""
    return images.through_colors(
        lambda colors: method(colors.astype("float32"), **settings), picture
    )


def with_border(filtered, colors, border=BORDER):
    """A filter of a picture that was mirrored around, and cut off again.

    Args:
        filtered: function from a float32 array `(height, width, 3)` to
            another of the same shape.
        colors: float32 array `(height, width, 3)`.
        border: int, in pixels.
    """
    margins = ((border, border), (border, border), (0, 0))
    larger = np.pad(colors, margins, "reflect")
    return filtered(larger)[border:-border, border:-border]


def as_levels(colors):
    """Whole values 0-255, uint8, for what takes nothing else."""
    return np.ascontiguousarray(images.to_uint8(colors))


def check_positive(**settings):
    """Raises a `ValueError` unless each setting is None or above 0."""
    for name, value in settings.items():
        if value is not None and not value > 0:
            raise ValueError(
                f"`{name}` must be above 0. Received: {name}={value}"
            )


def smoothed_by_likeness(colors, strength, sigma=0.0):
    """Non-local means: each pixel becomes a mean of those with like patches.

    Args:
        colors: float32 array `(height, width, 3)` with values 0-255.
        strength: float, how unlike patches may be, in grey levels.
        sigma: float, the noise that is no unlikeness, in grey levels.
    """
    return restoration.denoise_nl_means(
        colors / np.float32(255.0),
        patch_size=5,
        patch_distance=6,
        h=strength / 255.0,
        sigma=sigma / 255.0,
        fast_mode=True,
        channel_axis=-1,
    ) * np.float32(255.0)
