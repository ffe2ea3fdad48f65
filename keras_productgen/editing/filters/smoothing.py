"""Filters that smooth; beyond the border a picture is mirrored."""

import cv2
import numpy as np

from keras_productgen import images
from keras_productgen.editing.checks import checked_number
from keras_productgen.editing.checks import checked_whole
from keras_productgen.editing.classical import methods
from keras_productgen.editing.pixels import map_filled


def mean_filter(picture, size=3):
    """Each pixel becomes the mean of a square around it (`cv2.blur`).

    Args:
        picture: uint8 array, grey, RGB or RGBA, of any size. Transparency
            stays; what it hides does not bleed.
        size: int, odd, the side of the square.

    Returns:
        uint8 array of the shape of `picture`.

    Raises:
        ValueError: if an argument is none of these.
    """
    size = _odd(size)
    return map_filled(
        lambda colors: cv2.blur(
            colors, (size, size), borderType=cv2.BORDER_REFLECT
        ),
        picture,
    )


def median_filter(picture, size=3):
    """Each pixel becomes the median around it (`cv2.medianBlur`).

    Takes away single wrong pixels, and keeps edges.

    Args:
        picture: uint8 array, grey, RGB or RGBA, of any size.
        size: int, odd, the side of the square, at most 255.

    Returns:
        uint8 array of the shape of `picture`.

    Raises:
        ValueError: if an argument is none of these.
    """
    size = _odd(size)
    checked_number("size", size, 1, 255)
    return map_filled(lambda colors: cv2.medianBlur(colors, size), picture)


def gaussian_filter(picture, sigma=1.0):
    """Means weighed by a Gaussian (`cv2.GaussianBlur`).

    Args:
        picture: uint8 array, grey, RGB or RGBA, of any size.
        sigma: float above 0, standard deviation in pixels.

    Returns:
        uint8 array of the shape of `picture`.

    Raises:
        ValueError: if an argument is none of these.
    """
    sigma = checked_number("sigma", sigma, 0.05, 1000.0)
    return map_filled(
        lambda colors: cv2.GaussianBlur(colors, (0, 0), sigma),
        picture,
    )


def bilateral_filter(picture, sigma_color=20.0, sigma_space=2.0):
    """Means of near pixels of near colour (`cv2.bilateralFilter`).

    Args:
        picture: uint8 array, grey, RGB or RGBA, of any size.
        sigma_color: float above 0, how unlike pixels may be, in grey levels.
        sigma_space: float above 0, how far away they may be, in pixels; large
            ones are slow.

    Returns:
        uint8 array of the shape of `picture`.

    Raises:
        ValueError: if an argument is none of these.

    Reference:
    - [Tomasi and Manduchi, 1998](https://doi.org/10.1109/ICCV.1998.710815)
    """
    sigma_color = checked_number("sigma_color", sigma_color, 1e-3)
    sigma_space = checked_number("sigma_space", sigma_space, 1e-3, 100.0)
    return map_filled(
        lambda colors: cv2.bilateralFilter(colors, 0, sigma_color, sigma_space),
        picture,
    )


def non_local_means(picture, strength=10.0):
    """Each pixel becomes a mean of those within 6 pixels with like patches.

    Args:
        picture: uint8 array, grey, RGB or RGBA, of any size.
        strength: float above 0, how unlike patches may be, in grey levels;
            about the standard deviation of the noise.
            `editing.classical.denoise` finds it by itself.

    Returns:
        uint8 array of the shape of `picture`.

    Raises:
        ValueError: if an argument is none of these.

    Reference:
    - [Buades et al., 2005](https://doi.org/10.1109/CVPR.2005.38)
    """
    strength = checked_number("strength", strength, 1e-3)

    def smoothed(colors):
        return methods.with_border(
            lambda larger: methods.smoothed_by_likeness(larger, strength),
            colors.astype("float32"),
        )

    return images.through_colors(smoothed, picture)


def _odd(size):
    size = checked_whole("size", size)
    if not size % 2:
        raise ValueError(f"`size` must be odd. Received: size={size}")
    return size


def local_extremes(plane, reach):
    """The least and the largest value within `reach` pixels of each."""
    kernel = np.ones((2 * reach + 1, 2 * reach + 1), "uint8")
    return cv2.erode(plane, kernel), cv2.dilate(plane, kernel)
