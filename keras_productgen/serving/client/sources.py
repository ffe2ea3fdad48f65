"""Photos of a user, as files that any server decodes rightly."""

import io
import os
import pathlib
from collections.abc import Iterable

import numpy as np
from PIL import Image

from keras_productgen import images
from keras_productgen.images.kinds import checked_picture
from keras_productgen.serving.errors import ServingError
from keras_productgen.serving.gateway.pictures import Pictures

# TensorFlow Serving looks at no EXIF and no transparency.
PICTURES = Pictures(images.MAX_PIXELS)
FILE_MODES = ("1", "L", "LA", "P", "RGB", "RGBA", "I", "I;16")
PRINT_MODES = ("CMYK", "LAB", "YCbCr")


def is_one(source):
    """Whether it is one picture, and no list of them."""
    one = (str, os.PathLike, bytes, bytearray, memoryview, Image.Image)
    return isinstance(source, one) or (
        isinstance(source, np.ndarray) and source.ndim < 4
    )


def check_several(name, sources):
    """Raises a `ValueError` unless it can be gone through, one by one."""
    if is_one(sources) or not isinstance(sources, Iterable | np.ndarray):
        raise ValueError(
            f"`{name}` must be paths, bytes of files, uint8 arrays or Pillow "
            f"pictures, in a list or the like. Received: {sources!r:.100}"
        )


def read(source, where="the picture"):
    """Returns a picture as a plain file, and its pixels.

    Args:
        source: path, bytes of a file, uint8 array or Pillow picture.
        where: str, what the message of an error calls it.

    Returns:
        `(bytes, int)`: JPEG, PNG or BMP; upright, sRGB, on white.

    Raises:
        ValueError: if it is no picture.
        OSError: if the file cannot be read.
    """
    data = _data(source, where)
    try:
        return PICTURES.plain(data, where, images.MAX_PIXELS)
    except ServingError as error:
        raise ValueError(error.message) from error


def read_mask(source, where="the mask"):
    """Returns a mask as a grey PNG: 255 where to fill, else 0.

    Args:
        source: as in `read`, or a bool array `(height, width)`. What is above
            0 in any channel is to be filled; what is transparent is not.
        where: str, what the message of an error calls it.

    Raises:
        ValueError: if it is no picture.
        OSError: if the file cannot be read.
    """
    if isinstance(source, np.ndarray) and source.dtype == bool:
        source = source.astype("uint8")
    data = _data(source, where)
    try:
        picture = images.load(data, background=0)
    except ValueError as error:
        raise ValueError(f"{where}: {error}") from error
    holes = (picture > 0).any(-1).astype("uint8")
    return images.encode(255 * holes, "PNG", compress_level=1)


def _data(source, where):
    if isinstance(source, str | os.PathLike):
        return pathlib.Path(source).expanduser().read_bytes()
    if isinstance(source, bytes | bytearray | memoryview):
        return bytes(source)
    if isinstance(source, Image.Image):
        return _file_of(source)
    if isinstance(source, np.ndarray):
        picture = checked_picture(source, where)
        return images.encode(picture, "PNG", compress_level=1)
    raise ValueError(
        f"{where} must be a path, the bytes of a file, a uint8 array or a "
        f"Pillow picture. Received: a {type(source).__name__}"
    )


def _file_of(picture):
    buffer = io.BytesIO()
    kept = {"icc_profile": picture.info.get("icc_profile")}
    if picture.mode in FILE_MODES:
        exif = picture.getexif().tobytes()
        picture.save(buffer, "PNG", compress_level=1, exif=exif, **kept)
    elif picture.mode in PRINT_MODES:
        picture.save(buffer, "TIFF", **kept)
    else:
        picture.convert("RGB").save(buffer, "PNG", compress_level=1)
    return buffer.getvalue()
