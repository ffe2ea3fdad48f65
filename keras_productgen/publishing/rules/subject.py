"""A picture to be judged, with what its file says and where its product is."""

import dataclasses
import functools
import os
import pathlib

import cv2
import numpy as np

from keras_productgen import images
from keras_productgen.images import kinds
from keras_productgen.publishing.rules import frame
from keras_productgen.publishing.rules import product
from keras_productgen.publishing.rules.file_facts import FileFacts


@dataclasses.dataclass(frozen=True)
class Subject:
    """What rules look at.

    Args:
        colors: uint8 array `(height, width, 3)`, sRGB, what is transparent laid
            on white.
        alpha: optional uint8 array `(height, width)`.
        given_mask: optional bool array `(height, width)`, the user's mask.
        file: optional `FileFacts`; None of a picture that is no file.
        name: str, of the file, or empty.
        own: optional uint8 array `(height, width, 3)`: the colours before they
            were laid on white, where there is an `alpha`.
        enclosed: optional bool array `(height, width)`, parts of the mask that
            may be holes.
    """

    colors: np.ndarray
    alpha: np.ndarray | None = None
    given_mask: np.ndarray | None = None
    file: FileFacts | None = None
    name: str = ""
    own: np.ndarray | None = None
    enclosed: np.ndarray | None = None

    @property
    def size(self):
        """`(height, width)`."""
        return self.colors.shape[:2]

    @property
    def invisible(self):
        """Whether it is fully transparent, as far as an eye can tell."""
        return self.alpha is not None and not (self.alpha > 8).any()

    @functools.cached_property
    def luma(self):
        """uint8 array `(height, width)`."""
        return cv2.cvtColor(self.colors, cv2.COLOR_RGB2GRAY)

    @functools.cached_property
    def border(self):
        """`frame.Border`, what frames the picture."""
        return frame.find_border(self.colors)

    @functools.cached_property
    def product(self):
        """`product.Product`: where the product is, if it was found."""
        if self.given_mask is not None:
            return product.given(self.given_mask, self.enclosed)
        return product.find(self.colors, self.alpha, self.border)


def open_subject(picture_or_path, mask=None):
    """Returns the `Subject` of an array, or of a picture file.

    Args:
        picture_or_path: uint8 array `(height, width)` or `(height, width,
            channels)` of 1, 3 or 4 channels, or the path of a file, or the
            bytes of one.
        mask: optional array `(height, width)`: bool, uint8 0-255 or floats in
            `[0, 1]`, from a half on product.

    Raises:
        ValueError: if the file is no whole picture, or array or mask are not
            as said.
    """
    if isinstance(picture_or_path, str | os.PathLike):
        path = pathlib.Path(picture_or_path).expanduser()
        picture, facts = images.load_rgba(path), FileFacts.read(path)
        return _subject(picture, mask, facts, path.name)
    if isinstance(picture_or_path, bytes):
        facts = FileFacts.read(picture_or_path)
        return _subject(images.load_rgba(picture_or_path), mask, facts, "")
    picture = kinds.checked_picture(picture_or_path)
    return _subject(picture, mask, None, "")


def _subject(picture, mask, facts, name):
    if picture.ndim == 2:
        picture = picture[..., None]
    alpha = picture[..., 3] if picture.shape[-1] == 4 else None
    if alpha is not None and (alpha == 255).all():
        alpha = None
    colors = picture[..., :3]
    colors = np.ascontiguousarray(
        np.broadcast_to(colors, (*colors.shape[:2], 3))
    )
    return Subject(
        on_white(colors, alpha),
        alpha,
        None if mask is None else checked_mask(mask, colors.shape[:2]) >= 0.5,
        facts,
        name,
        None if alpha is None else colors,
    )


def on_white(colors, alpha, white=(255, 255, 255)):
    """Lays what is transparent on a colour."""
    if alpha is None:
        return colors
    share = alpha[..., None].astype("float32") / 255.0
    mixed = colors * share + np.float32(white) * (1.0 - share)
    return images.to_uint8(mixed)


def checked_mask(mask, size):
    """Returns a mask as float32 in `[0, 1]`.

    Raises:
        ValueError: if it has another size, or other values.
    """
    mask = np.asarray(mask)
    if mask.shape != tuple(size):
        raise ValueError(
            f"`mask` must be as large as the picture, {tuple(size)}. "
            f"Received: mask.shape={mask.shape}"
        )
    values = mask.astype("float32")
    if mask.dtype == np.uint8:
        values /= 255.0
    if not (
        np.isfinite(values).all() and 0 <= values.min() <= values.max() <= 1
    ):
        raise ValueError(
            "`mask` must be bool, uint8, or floats in [0, 1]. Received: "
            f"values from {values.min():g} to {values.max():g}"
        )
    return values
