"""What a picture's file says, before its pixels are looked at."""

import dataclasses
import io
import os
import pathlib

from PIL import Image
from PIL import ImageCms

from keras_productgen.images import headers
from keras_productgen.images import profiles


@dataclasses.dataclass(frozen=True)
class FileFacts:
    """Type, size and colour space of a file.

    Args:
        file_type: str, Pillow's name, such as `"JPEG"`.
        num_bytes: int.
        color_space: `"sRGB"`, `"RGB"` of another profile, `"CMYK"`, `"GRAY"` or
            `"LAB"`.
        profile: str, what the ICC profile calls itself; empty without one.
        frames: int, more than 1 of what moves.
        suffix_fits: bool, whether the name ends as files of that type do.
    """

    file_type: str
    num_bytes: int
    color_space: str
    profile: str = ""
    frames: int = 1
    suffix_fits: bool = True

    @classmethod
    def read(cls, path):
        """Reads them from a file that is known to be a picture."""
        path = pathlib.Path(path)
        with headers.refusing(path), headers.opened(path, None) as picture:
            kind = picture.format.replace("MPO", "JPEG")
            profile = picture.info.get("icc_profile")
            suffixes = Image.registered_extensions()
            return cls(
                kind,
                os.path.getsize(path),
                _color_space(picture),
                _described(profile),
                # The second picture of a phone's MPO does not move.
                getattr(picture, "n_frames", 1) if kind != "JPEG" else 1,
                suffixes.get(path.suffix.lower()) == kind,
            )


def _color_space(picture):
    mode = picture.mode
    if mode in ("CMYK", "LAB"):
        return mode
    if mode in ("1", "L", "LA", "I", "I;16", "I;16B", "F"):
        return "GRAY"
    return "RGB" if profiles.needs_conversion(picture) else "sRGB"


def _described(profile):
    if not profile:
        return ""
    try:
        found = ImageCms.ImageCmsProfile(io.BytesIO(profile)).profile
        return found.profile_description or "unnamed"
    except (ImageCms.PyCMSError, OSError):
        return "broken"
