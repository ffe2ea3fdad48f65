"""Colours as sRGB: ICC profiles and pixel layouts."""

import functools
import io

import numpy as np
from PIL import Image
from PIL import ImageCms

ALPHA_MODES = ("LA", "La", "PA", "RGBA", "RGBa")
COLOR_SPACES = {"CMYK": "CMYK", "L": "GRAY", "RGB": "RGB", "LAB": "LAB"}


def needs_conversion(picture):
    """Whether the file has a profile under which its pixels are not sRGB."""
    profile = picture.info.get("icc_profile")
    return bool(profile) and _transform(profile, picture.mode) is not None


def to_srgb(picture):
    """Returns `(colors, alpha)` of a decoded Pillow picture.

    `colors` is uint8 of shape `(height, width, 3)`; `alpha` is uint8 of shape
    `(height, width)`, or `None` for an opaque picture.
    """
    profile = picture.info.get("icc_profile")
    picture, alpha = _split_alpha(_to_8_bits(picture))
    transform = _transform(profile, picture.mode) if profile else None
    if transform is not None:
        picture = transform.apply(picture)
    elif picture.mode == "LAB":
        picture = _lab_transform().apply(picture)
    return np.array(picture.convert("RGB")), alpha


def as_in_file(picture):
    """Returns `(colors, alpha, profile)`, in the profile where that can be.

    `colors` is uint8 of shape `(height, width)` for opaque grey pictures,
    `(height, width, 3)` for others; `profile` is `None` where they are sRGB.
    """
    profile = picture.info.get("icc_profile")
    layout, alpha = _split_alpha(_to_8_bits(picture))
    space = COLOR_SPACES.get(layout.mode)
    plain = layout.mode == "RGB" or (layout.mode == "L" and alpha is None)
    if plain and (not profile or _space(profile) == space):
        return np.array(layout), alpha, profile or None
    return *to_srgb(picture), None


def is_gray(profile):
    """Whether a profile is one of grey pictures."""
    return _space(profile) == "GRAY"


@functools.lru_cache(maxsize=64)
def _space(profile):
    """The colour space of a profile, or None of a broken one."""
    try:
        profile = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        return profile.profile.xcolor_space.strip()
    except (ImageCms.PyCMSError, OSError):
        return None


def _to_8_bits(picture):
    if picture.mode == "F":
        raise ValueError("its pixels are floats, whose white is unknown")
    if not picture.mode.startswith("I"):
        return picture
    values = np.asarray(picture)
    if values.min() < 0 or values.max() > 65535:
        raise ValueError("its pixels have 32 bits, whose white is unknown")
    return Image.fromarray(np.rint(values / 257).astype("uint8"))


def _split_alpha(picture):
    # A single transparent colour ("tRNS") also comes with P, L and RGB.
    if picture.mode in ALPHA_MODES or "transparency" in picture.info:
        grey = picture.mode in ("1", "L", "LA", "La")
        picture = picture.convert("RGBA")
        alpha = np.array(picture.getchannel("A"))
        return picture.convert("L" if grey else "RGB"), alpha
    if picture.mode in ("P", "YCbCr", "HSV", "RGBX"):
        return picture.convert("RGB"), None
    return (picture.convert("L") if picture.mode == "1" else picture), None


@functools.lru_cache(maxsize=64)
def _transform(profile, mode):
    """The way from an embedded profile to sRGB; `None`: there is none to go."""
    mode = {"P": "RGB", "RGBA": "RGB", "LA": "L"}.get(mode, mode)
    try:
        profile = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        description = profile.profile.profile_description or ""
        color_space = profile.profile.xcolor_space.strip()
        if "sRGB" in description or COLOR_SPACES.get(mode) != color_space:
            return None
        return ImageCms.buildTransform(
            profile, ImageCms.createProfile("sRGB"), mode, "RGB"
        )
    # A broken profile does not make the picture unusable.
    except (ImageCms.PyCMSError, OSError):
        return None


@functools.lru_cache(maxsize=1)
def _lab_transform():
    lab = ImageCms.createProfile("LAB")
    return ImageCms.buildTransform(
        lab, ImageCms.createProfile("sRGB"), "LAB", "RGB"
    )
