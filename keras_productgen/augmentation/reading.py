import io
import struct

import cv2
import numpy as np
from PIL import Image

_MODES = {"rgb": "RGB", "rgba": "RGBA", "grayscale": "L"}
_ENLARGE = {
    "nearest": cv2.INTER_NEAREST_EXACT,
    "bilinear": cv2.INTER_LINEAR,
    "bicubic": cv2.INTER_CUBIC,
    "lanczos": cv2.INTER_LANCZOS4,
    "box": cv2.INTER_NEAREST_EXACT,
    "hamming": cv2.INTER_LINEAR,
}
COLOR_MODES = tuple(_MODES)
INTERPOLATIONS = tuple(_ENLARGE)

_COLOR_FLAGS = {
    1: cv2.IMREAD_COLOR_RGB,
    2: cv2.IMREAD_REDUCED_COLOR_2,
    4: cv2.IMREAD_REDUCED_COLOR_4,
    8: cv2.IMREAD_REDUCED_COLOR_8,
}
_GRAY_FLAGS = {
    1: cv2.IMREAD_GRAYSCALE,
    2: cv2.IMREAD_REDUCED_GRAYSCALE_2,
    4: cv2.IMREAD_REDUCED_GRAYSCALE_4,
    8: cv2.IMREAD_REDUCED_GRAYSCALE_8,
}
# Start-of-frame markers; C4, C8 and CC are tables, not frames.
_FRAMES = set(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
# Cameras append previews and the like after a picture's end.
_TAIL = 65536


def read_picture(path, color_mode, size, keep_aspect_ratio, interpolation):
    """Reads a picture file at a size, as `keras.utils.load_img` would.

    A JPEG is decoded at 1/2, 1/4 or 1/8 where that is not below the size, by
    leaving out frequencies; what remains to shrink is averaged, or sampled
    under "nearest". Rotation tags are not obeyed: `load_img` does not.

    Args:
        path: file.
        color_mode: "rgb", "rgba" or "grayscale".
        size: pair of ints, height and width.
        keep_aspect_ratio: bool, whether to cut out the middle of the size's
            shape first.
        interpolation: "nearest", "bilinear", "bicubic", "lanczos", "box" or
            "hamming".

    Returns:
        uint8 array of shape `(height, width, channels)`.

    Raises:
        OSError, ValueError or what Pillow raises: the file is not a whole
            picture.
    """
    with open(path, "rb") as file:
        data = file.read()
    image = _decode_jpeg(data, color_mode, size, keep_aspect_ratio)
    if image is None:
        image = _decode_any(data, color_mode)
    if keep_aspect_ratio:
        rows, columns = _middle(*image.shape[:2], size)
        image = image[rows, columns]
    return _resize(image, size, interpolation)


def jpeg_frame(data):
    """`(height, width, components)` of a JPEG, or `None` of anything else."""
    if data[:2] != b"\xff\xd8":
        return None
    at = 2
    while at + 9 < len(data) and data[at] == 0xFF:
        marker, length = data[at + 1], struct.unpack_from(">H", data, at + 2)[0]
        if marker in _FRAMES:
            return struct.unpack_from(">HHB", data, at + 5)
        at += 2 + length
    return None


def _decode_jpeg(data, color_mode, size, keep_aspect_ratio):
    frame = jpeg_frame(data)
    # OpenCV fills the rest of a torn file with gray; Pillow refuses it.
    is_whole = frame and data.rfind(b"\xff\xd9", -_TAIL) >= 0
    if not is_whole or frame[2] not in (1, 3) or color_mode == "rgba":
        return None
    height, width, _ = frame
    if keep_aspect_ratio:
        rows, columns = _middle(height, width, size)
        height, width = rows.stop - rows.start, columns.stop - columns.start
    scale = max(
        scale
        for scale in _COLOR_FLAGS
        if scale == 1 or min(height // size[0], width // size[1]) >= scale
    )
    flags = _GRAY_FLAGS if color_mode == "grayscale" else _COLOR_FLAGS
    image = cv2.imdecode(
        np.frombuffer(data, np.uint8),
        flags[scale] | cv2.IMREAD_IGNORE_ORIENTATION,
    )
    if image is not None and image.ndim == 3 and scale > 1:
        # OpenCV refuses to combine a reduced size with the order of RGB.
        cv2.cvtColor(image, cv2.COLOR_BGR2RGB, dst=image)
    return image


def _decode_any(data, color_mode):
    with Image.open(io.BytesIO(data)) as image:
        if image.mode.startswith("I"):
            levels = np.asarray(image).astype(np.uint32) >> 8
            image = Image.fromarray(levels.clip(0, 255).astype(np.uint8))
        return np.asarray(image.convert(_MODES[color_mode]))


def _middle(height, width, size):
    """The largest part of a picture, about its middle, of a size's shape."""
    rows = min(height, width * size[0] // size[1])
    columns = min(width, height * size[1] // size[0])
    top, left = (height - rows) // 2, (width - columns) // 2
    return slice(top, top + rows), slice(left, left + columns)


def _resize(image, size, interpolation):
    height, width = size
    if image.shape[:2] != (height, width):
        method = _ENLARGE[interpolation]
        shrinks = image.shape[0] > height and image.shape[1] > width
        if shrinks and interpolation != "nearest":
            method = cv2.INTER_AREA
        image = cv2.resize(image, (width, height), interpolation=method)
    return image.reshape(height, width, -1)
