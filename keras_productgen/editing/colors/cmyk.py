"""Inks of print: cyan, magenta, yellow, black."""

import io
import os

import numpy as np
from PIL import Image
from PIL import ImageCms

from keras_productgen.data.degradation.base import check_choice
from keras_productgen.editing.pixels import colors_of
from keras_productgen.editing.pixels import strips
from keras_productgen.images.kinds import checked_picture

INTENTS = {
    "perceptual": ImageCms.Intent.PERCEPTUAL,
    "relative_colorimetric": ImageCms.Intent.RELATIVE_COLORIMETRIC,
    "saturation": ImageCms.Intent.SATURATION,
    "absolute_colorimetric": ImageCms.Intent.ABSOLUTE_COLORIMETRIC,
}


def to_cmyk(
    picture,
    profile: str | os.PathLike | bytes | None = None,
    intent="relative_colorimetric",
):
    """From sRGB to inks.

    Args:
        picture: uint8 array, grey or RGB. Inks know no transparency: lay RGBA
            on paper before, with `composite(picture, 255)`.
        profile: optional ICC profile of the printer and paper, a file or its
            bytes. Without one, the naive formula: black is
            `1 - max(red, green, blue)`, and cyan
            `(1 - red - black) / (1 - black)`, the others alike. No printer
            prints that; it is for round trips and previews.
        intent: str, what becomes of colours that cannot be printed:
            `"perceptual"`, `"relative_colorimetric"`, `"saturation"` or
            `"absolute_colorimetric"`. Of no account without a profile.

    Returns:
        uint8 `(height, width, 4)`: cyan, magenta, yellow, black; 255 is full
        ink.

    Raises:
        ValueError: if an argument is none of these, or the profile is not one
            of CMYK.
    """
    picture = checked_picture(picture)
    check_choice("intent", intent, INTENTS)
    if picture.ndim == 3 and picture.shape[-1] == 4:
        raise ValueError(
            "`picture` must have no transparency, for inks have none. "
            f"Received: picture.shape={picture.shape}"
        )
    colors = colors_of(picture)
    if profile is None:
        return _by_strips(_naive_inks, colors, 4)
    inks = _profile(profile)
    return _converted(colors, _srgb(), inks, "RGB", "CMYK", intent)


def from_cmyk(
    inks,
    profile: str | os.PathLike | bytes | None = None,
    intent="relative_colorimetric",
):
    """From inks to sRGB; `to_cmyk` backwards.

    Args:
        inks: uint8 `(height, width, 4)`: cyan, magenta, yellow, black; 255 is
            full ink.
        profile: optional ICC profile, as of `to_cmyk`. Without one, red is
            `(1 - cyan) * (1 - black)`, the others alike.
        intent: str, as of `to_cmyk`.

    Returns:
        uint8 `(height, width, 3)`.

    Raises:
        ValueError: if an argument is none of these.
    """
    inks = np.asarray(inks)
    check_choice("intent", intent, INTENTS)
    fits = inks.dtype == np.uint8 and inks.ndim == 3 and inks.shape[-1] == 4
    if not fits or inks.size == 0:
        raise ValueError(
            "`inks` must be a uint8 array (height, width, 4). Received: an "
            f"array of dtype {inks.dtype} and shape {inks.shape}"
        )
    if profile is None:
        return _by_strips(_naive_colors, inks, 3)
    profile = _profile(profile)
    return _converted(inks, profile, _srgb(), "CMYK", "RGB", intent)


def _naive_inks(colors):
    colors = colors / np.float32(255.0)
    light = colors.max(-1, keepdims=True)
    inks = (light - colors) / np.maximum(light, 1e-6)
    return np.concatenate([inks, 1.0 - light], -1)


def _naive_colors(inks):
    inks = inks / np.float32(255.0)
    return (1.0 - inks[..., :3]) * (1.0 - inks[..., 3:])


def _by_strips(function, pixels, channels):
    made = np.empty((*pixels.shape[:2], channels), "uint8")
    for rows in strips(pixels.shape):
        made[rows] = np.rint(255.0 * function(pixels[rows]))
    return made


def _srgb():
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))


def _profile(profile):
    is_bytes = isinstance(profile, bytes)
    source = io.BytesIO(profile) if is_bytes else os.fspath(profile)
    name = f"{len(profile)} bytes" if is_bytes else repr(source)
    try:
        opened = ImageCms.ImageCmsProfile(source)
        space = opened.profile.xcolor_space.strip()
    except (ImageCms.PyCMSError, OSError) as error:
        raise ValueError(
            f"`profile` must be an ICC profile: {error}. Received: {name}"
        ) from error
    if space != "CMYK":
        raise ValueError(
            f"`profile` must be one of CMYK. Received: {name}, of {space}"
        )
    return opened


def _converted(pixels, source, target, from_mode, to_mode, intent):
    try:
        transform = ImageCms.buildTransform(
            source, target, from_mode, to_mode, INTENTS[intent]
        )
    except ImageCms.PyCMSError as error:
        raise ValueError(
            f"`profile` must lead both ways: {error}. "
            f"Received: intent={intent!r}"
        ) from error
    picture = Image.fromarray(np.ascontiguousarray(pixels), from_mode)
    return np.array(transform.apply(picture))
