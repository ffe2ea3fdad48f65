"""Arrays -> files."""

import io
import json
import os
import pathlib
import tempfile

import numpy as np
from PIL import Image

from keras_productgen.images.grids import to_uint8

DEFAULTS = {
    "JPEG": {"quality": 95, "subsampling": 0},
    "WEBP": {"quality": 95, "method": 4},
}


def save(path: str | os.PathLike, image, **options):
    """Writes a picture; the file appears whole or not at all.

    Missing folders are made. The bytes go to a hidden file beside `path`
    that then takes its name, so a reader never meets half a picture and a
    failed write leaves the old one.

    Args:
        path: Where to write; the ending chooses the format (`.png`, `.jpg`,
            `.webp`, `.tif`, ...).
        image: Array of shape `(height, width, 3)`, `(height, width, 4)` or
            `(height, width)`, uint8, or float with values 0-255.
        **options: Pillow's options of the format, e.g. `quality=90`.

    Raises:
        ValueError: If the shape does not fit, the ending names no format, or
            the format cannot hold the picture.
    """
    path = pathlib.Path(path)
    picture_format = Image.registered_extensions().get(path.suffix.lower())
    if picture_format not in Image.SAVE:
        raise ValueError(
            "`path` must end in the name of a picture format, such as '.png'. "
            f"Received: path={str(path)!r}"
        )
    write_bytes(path, encode(image, picture_format, **options))


def encode(image, picture_format="PNG", **options):
    """Returns a picture as the bytes of a file in Pillow's `picture_format`."""
    options = DEFAULTS.get(picture_format, {}) | options
    buffer = io.BytesIO()
    picture = _to_pillow(image)
    try:
        picture.save(buffer, picture_format, **options)
    except (OSError, KeyError) as error:
        raise ValueError(
            f"The picture must fit the format: {error}. "
            f"Received: picture_format={picture_format!r}, "
            f"image.shape={np.shape(image)}"
        ) from error
    return buffer.getvalue()


def encode_png(image):
    """Returns a picture as the bytes of a PNG file."""
    return encode(image, "PNG")


def _to_pillow(image):
    image = to_uint8(image)
    if image.ndim == 3 and image.shape[-1] == 1:
        image = image[..., 0]
    colors = image.ndim == 3 and image.shape[-1] in (3, 4)
    if not (image.ndim == 2 or colors) or 0 in image.shape:
        raise ValueError(
            "`image` must have the shape (height, width), (height, width, 3) "
            "or (height, width, 4), none of them 0. "
            f"Received: image.shape={image.shape}"
        )
    return Image.fromarray(np.ascontiguousarray(image))


def write_bytes(path: str | os.PathLike, data: bytes):
    """Writes a file that appears whole or not at all."""
    path = pathlib.Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, temporary = tempfile.mkstemp(
        dir=path.parent, prefix=".", suffix=path.suffix
    )
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
        # mkstemp makes files that only their owner reads.
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise


def write_json(path: str | os.PathLike, values, default=None):
    """Writes values as JSON that people read too, whole or not at all.

    Args:
        path: path of the file.
        values: what JSON can hold.
        default: optional function of what it cannot, as of `json.dumps`.
    """
    text = json.dumps(values, indent=1, ensure_ascii=False, default=default)
    # Names of files need not be UTF-8: such bytes come as lone surrogates.
    write_bytes(path, (text + "\n").encode("utf-8", "backslashreplace"))
