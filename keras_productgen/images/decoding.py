"""Files -> arrays."""

import os

import cv2
import numpy as np

from keras_productgen.images import headers
from keras_productgen.images import profiles
from keras_productgen.images import resizing
from keras_productgen.images.headers import MAX_PIXELS

REDUCED = {
    1: cv2.IMREAD_COLOR_RGB,
    2: cv2.IMREAD_REDUCED_COLOR_2,
    4: cv2.IMREAD_REDUCED_COLOR_4,
    8: cv2.IMREAD_REDUCED_COLOR_8,
}


def load(
    path_or_bytes: str | os.PathLike | bytes,
    size_hint=None,
    background=255,
    max_pixels=MAX_PIXELS,
):
    """Reads a picture file of any common kind as uint8 RGB.

    The EXIF rotation is applied, an embedded colour profile converted to
    sRGB, 16 bits scaled to 8, CMYK, palettes and grey turned to RGB, what is
    transparent laid on `background`; of an animation the first frame is read.

    Args:
        path_or_bytes: The file, or what is in it.
        size_hint: optional int or `(height, width)`: a JPEG may come smaller,
            but not below this, which is many times faster. Defaults to the
            full size.
        background: What lies under transparent pixels: a grey, or an RGB
            tuple, 0-255.
        max_pixels: The largest picture that is decoded; `None` leaves the
            limit to Pillow.

    Returns:
        uint8 array of shape `(height, width, 3)`.

    Raises:
        ValueError: If the file is no picture, is truncated, or is too large;
            the message says which file and why.
    """
    colors, alpha = _decode(path_or_bytes, size_hint, max_pixels)
    if alpha is None:
        return colors
    return _on_background(colors, alpha, background)


def load_rgba(path_or_bytes, size_hint=None, max_pixels=MAX_PIXELS):
    """Reads a picture as uint8 RGBA: `load`, with its transparency kept."""
    colors, alpha = _decode(path_or_bytes, size_hint, max_pixels)
    if alpha is None:
        alpha = np.full(colors.shape[:2], 255, "uint8")
    return np.dstack([colors, alpha])


def decode(data: bytes, size_hint=None, background=255, max_pixels=MAX_PIXELS):
    """Reads the bytes of a picture file as uint8 RGB, as `load` does."""
    return load(bytes(data), size_hint, background, max_pixels)


def load_resized(
    path: str | os.PathLike,
    size,
    mode="crop",
    background=255,
    max_pixels=MAX_PIXELS,
    header=None,
):
    """Reads a picture file and resizes it, decoding no more than it needs.

    Args:
        path: The file.
        size: int or `(height, width)` of the result.
        mode: `"crop"`, `"pad"` or `"stretch"`, as in `resize`.
        background: What lies under transparent pixels and in the margins.
        max_pixels: The largest picture that is decoded.
        header: optional `Header` of the file, read before.

    Returns:
        uint8 array of shape `(height, width, 3)`.

    Raises:
        ValueError: As `load`.
    """
    header = header or headers.read_header(path, max_pixels)
    hint = resizing.scaled_size(header.size, resizing.pair(size), mode)
    if header.plain:
        image = _decode_plain_jpeg(path, header, hint)
    else:
        image = load(path, hint, background, max_pixels)
    return resizing.resize(image, size, mode, background)


def _decode(source, size_hint, max_pixels):
    if size_hint is not None:
        size_hint = resizing.pair(size_hint)
    with (
        headers.refusing(source),
        headers.opened(source, max_pixels) as picture,
    ):
        orientation = headers.orientation(picture)
        reduced = _reduce(picture, size_hint, orientation)
        picture.load()
        colors, alpha = profiles.to_srgb(picture)
    colors = upright(_cut(colors, reduced), orientation)
    return colors, None if alpha is None else upright(alpha, orientation)


def _reduce(picture, size_hint, orientation):
    """Makes Pillow decode a JPEG smaller; returns `(height, width)`."""
    if size_hint is not None:
        # Pillow says (width, height).
        height, width = size_hint[:: -1 if orientation >= 5 else 1]
        drafted = picture.draft(None, (width, height))
        if drafted is not None:
            _, (_, _, width, height) = drafted
            return height, width
    return picture.height, picture.width


def _decode_plain_jpeg(path, header, size_hint):
    # OpenCV needs half of Pillow's time, but knows neither profiles nor
    # truncation, so only what `Header.plain` vouches for comes here.
    height, width = header.size
    ratio = min(height // size_hint[0], width // size_hint[1])
    factor = max(factor for factor in REDUCED if factor <= max(ratio, 1))
    flags = REDUCED[factor] | cv2.IMREAD_IGNORE_ORIENTATION
    with headers.refusing(path):
        image = cv2.imdecode(np.fromfile(path, "uint8"), flags)
        if image is None:
            raise ValueError("its JPEG data is corrupt")
    if factor > 1:
        image = _cut(image, (header.height / factor, header.width / factor))
        image = cv2.cvtColor(image, cv2.COLOR_BGR2RGB)
    return upright(image, header.orientation)


def _cut(image, size):
    """Cuts off the last row and column where less than half of them shows.

    A JPEG decoded at an eighth rounds up: 361 rows become 46, the last of
    which stands for a single one.
    """
    return image[: max(1, round(size[0])), : max(1, round(size[1]))]


def upright(image, orientation):
    """Undoes the EXIF orientation of an array `(height, width, ...)`."""
    if orientation >= 5:
        image = image.swapaxes(0, 1)
    if orientation in (3, 4, 7, 8):
        image = image[::-1]
    if orientation in (2, 3, 6, 7):
        image = image[:, ::-1]
    return np.ascontiguousarray(image)


def _on_background(colors, alpha, background):
    alpha = alpha[..., None].astype("float32") / 255
    mixed = colors * alpha + np.asarray(background, "float32") * (1 - alpha)
    return np.rint(mixed).astype("uint8")
