"""What a picture's file says, before its pixels are looked at."""

import dataclasses
import io
import os

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
    def read(cls, source):
        """Reads them from a picture's path, or from the bytes of one."""
        with headers.refusing(source), headers.opened(source, None) as picture:
            kind = picture.format.replace("MPO", "JPEG")
            profile = picture.info.get("icc_profile")
            is_bytes = isinstance(source, bytes)
            return cls(
                kind,
                len(source) if is_bytes else os.path.getsize(source),
                _color_space(picture),
                _described(profile),
                # The second picture of a phone's MPO does not move.
                getattr(picture, "n_frames", 1) if kind != "JPEG" else 1,
                is_bytes or _suffix_fits(source, kind),
            )


def _suffix_fits(path, kind):
    suffix = os.path.splitext(path)[1].lower()
    return Image.registered_extensions().get(suffix) == kind


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
