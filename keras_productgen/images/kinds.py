"""Pictures of any kind through what knows nothing but RGB."""

import os

import cv2
import numpy as np


def through_colors(function, picture):
    """Applies a function of RGB pictures to a picture of any kind.

    What transparency hides is drawn in from beside before, so that it does not
    bleed. Grey pictures go through as RGB with three equal channels, and come
    back as their mean.

    Args:
        function: from a uint8 array `(height, width, 3)` to another, uint8 or
            float with values 0-255, of any size.
        picture: uint8 array `(height, width)` or `(height, width, channels)`
            of 1 (grey), 3 (RGB) or 4 (RGBA) channels.

    Returns:
        uint8 array of the kind of `picture`. Transparency is kept, or resized
        where the function resizes.

    Raises:
        ValueError: if `picture` is no such array.
    """
    return through_colors_together(
        lambda colors: [function(colors[0])], [picture]
    )[0]


def through_colors_together(function, pictures):
    """The same for several pictures at once.

    Args:
        function: from a list of uint8 arrays `(height, width, 3)` to a list of
            others, uint8 or float with values 0-255.
        pictures: list of pictures, as `through_colors` takes them.

    Returns:
        List of uint8 arrays.
    """
    pictures = [checked_picture(picture) for picture in pictures]
    parts = [split(picture) for picture in pictures]
    made = function([colors for colors, _ in parts])
    return [
        _joined(_levels(colors), alpha, picture)
        for colors, (_, alpha), picture in zip(
            made, parts, pictures, strict=True
        )
    ]


def _levels(colors):
    return np.clip(np.rint(np.asarray(colors)), 0, 255).astype("uint8")


def checked_picture(picture, name="picture"):
    """Returns a picture as an array.

    Raises:
        ValueError: if it is not uint8, or neither grey, RGB nor RGBA.
    """
    if isinstance(picture, str | os.PathLike):
        raise ValueError(
            f"`{name}` must be a uint8 array; `images.load_rgba` reads files. "
            f"Received: {name}={os.fspath(picture)!r}"
        )
    picture = np.asarray(picture)
    fits = picture.dtype == np.uint8 and (
        picture.ndim == 2
        or (picture.ndim == 3 and picture.shape[-1] in (1, 3, 4))
    )
    if not fits or picture.size == 0:
        raise ValueError(
            f"`{name}` must be a uint8 array (height, width) or (height, "
            "width, channels) of 1, 3 or 4 channels. Received: an array of "
            f"dtype {picture.dtype} and shape {picture.shape}"
        )
    return picture


def split(picture):
    """Returns `(colors, alpha)`: uint8 RGB, and what is over it or None."""
    if picture.ndim == 2:
        picture = picture[..., None]
    if picture.shape[-1] == 4:
        alpha = picture[..., 3]
        return filled(picture[..., :3], alpha), alpha
    colors = picture.repeat(3, -1) if picture.shape[-1] == 1 else picture
    return np.ascontiguousarray(colors), None


def filled(colors, alpha):
    """Gives pixels that cannot be seen the colour of the nearest that can.

    Args:
        colors: uint8 array `(height, width, 3)`.
        alpha: uint8 array `(height, width)`.
    """
    hidden = alpha == 0
    if not hidden.any() or hidden.all():
        return np.ascontiguousarray(colors)
    _, labels = cv2.distanceTransformWithLabels(
        hidden.astype("uint8"),
        cv2.DIST_L2,
        5,
        labelType=cv2.DIST_LABEL_PIXEL,
    )
    nearest = np.zeros((labels.max() + 1, 3), "uint8")
    nearest[labels[~hidden]] = colors[~hidden]
    return np.where(hidden[..., None], nearest[labels], colors)


def _joined(colors, alpha, picture):
    if picture.ndim == 2 or picture.shape[-1] == 1:
        mean = np.rint(colors.mean(-1, keepdims=True)).astype("uint8")
        return mean[..., 0] if picture.ndim == 2 else mean
    if alpha is None:
        return colors
    height, width = colors.shape[:2]
    if alpha.shape != (height, width):
        alpha = cv2.resize(
            alpha, (width, height), interpolation=cv2.INTER_CUBIC
        )
    return np.dstack([colors, alpha])
