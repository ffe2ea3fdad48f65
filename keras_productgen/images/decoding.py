"""Files -> arrays."""

import io
import os
import pathlib

import numpy as np
from PIL import Image
from PIL import ImageOps


def load(path_or_bytes: str | os.PathLike | bytes):
    """Reads a picture as uint8 RGB of shape `(height, width, 3)`."""
    if not isinstance(path_or_bytes, bytes):
        path_or_bytes = pathlib.Path(path_or_bytes).read_bytes()
    with Image.open(io.BytesIO(path_or_bytes)) as picture:
        return np.array(ImageOps.exif_transpose(picture).convert("RGB"))
