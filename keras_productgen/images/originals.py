"""Pictures with what their files say beside the pixels, to be kept."""

import dataclasses
import os

import numpy as np
from PIL import ExifTags
from PIL import Image

from keras_productgen.images import decoding
from keras_productgen.images import headers
from keras_productgen.images import profiles
from keras_productgen.images.encoding import encode

_INCH = 2


@dataclasses.dataclass(frozen=True)
class Original:
    """A picture as its file has it, upright.

    Args:
        picture: uint8 array `(height, width)` of a grey picture, or
            `(height, width, channels)` of 3 (RGB) or 4 (RGBA) channels.
        profile: bytes of the ICC profile that the values are meant in, or
            None for sRGB.
        dpi: pair of floats, pixels an inch across and down, or None.
    """

    picture: np.ndarray
    profile: bytes | None = None
    dpi: tuple | None = None

    def encode(self, picture, picture_format="PNG", **options):
        """Returns the bytes of a file of another picture, made of this one.

        Args:
            picture: uint8 array.
            picture_format: str, Pillow's name of the format.
            **options: Pillow's options of the format.

        Raises:
            ValueError: as `images.encode`.
        """
        profile = self.profile
        if profile and profiles.is_gray(profile) != (np.ndim(picture) == 2):
            profile = None
        kept = {"icc_profile": profile, **self._resolution(picture_format)}
        kept = {name: value for name, value in kept.items() if value}
        return encode(picture, picture_format, **kept, **options)

    def _resolution(self, picture_format):
        if self.dpi is None:
            return {}
        if picture_format != "WEBP":
            return {"dpi": self.dpi}
        # WebP has no place for it but EXIF.
        exif = Image.Exif()
        across, down = self.dpi
        exif[ExifTags.Base.XResolution] = across
        exif[ExifTags.Base.YResolution] = down
        exif[ExifTags.Base.ResolutionUnit] = _INCH
        return {"exif": exif.tobytes()}


def load_original(
    path_or_bytes: str | os.PathLike | bytes, max_pixels=headers.MAX_PIXELS
):
    """Reads a picture with its colour profile and resolution.

    As `load`, but grey pictures stay grey, transparency stays, and the values
    of grey and RGB pictures stay in the profile of the file. CMYK and L*a*b*
    become sRGB.

    Args:
        path_or_bytes: The file, or what is in it.
        max_pixels: The largest picture that is decoded.

    Returns:
        `Original`.

    Raises:
        ValueError: As `load`.
    """
    with (
        headers.refusing(path_or_bytes),
        headers.opened(path_or_bytes, max_pixels) as file,
    ):
        turned = headers.orientation(file)
        file.load()
        dpi = _dpi(file)
        colors, alpha, profile = profiles.as_in_file(file)
    colors = decoding.upright(colors, turned)
    if alpha is not None:
        colors = np.dstack([colors, decoding.upright(alpha, turned)])
    if dpi is not None and turned >= 5:
        dpi = dpi[::-1]
    return Original(colors, profile, dpi)


def _dpi(file):
    """Pixels an inch, across and down, or None where nothing sane is said."""
    try:
        found = file.info.get("dpi") or _dpi_of_exif(file.getexif())
        across, down = map(float, found)
    # A broken EXIF block does not make the picture unusable.
    except Exception:
        return None
    sane = all(1.0 <= value <= 30000.0 for value in (across, down))
    return (across, down) if sane else None


def _dpi_of_exif(exif):
    if exif.get(ExifTags.Base.ResolutionUnit) != _INCH:
        return None
    return exif[ExifTags.Base.XResolution], exif[ExifTags.Base.YResolution]
