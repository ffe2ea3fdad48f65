"""Photos that wait to be sent, and their masks, few enough for a request."""

import dataclasses
import itertools
import os

from keras_productgen.serving.client import sources
from keras_productgen.serving.errors import Code
from keras_productgen.serving.errors import ServingError

# Of a chunk with more than one picture: far below what servers take, and what
# one of two cores restores in some seconds.
MAX_BYTES = 8 * 2**20
MAX_PIXELS = 2**21
MISSING = object()


class PictureError(ServingError, ValueError):
    """One picture that could not be used.

    Args:
        index: int, its place in what was given, from 0 on.
        error: the exception that says why.
    """

    def __init__(self, index, error):
        code = getattr(error, "code", Code.INVALID_ARGUMENT)
        status = getattr(error, "http_status", None)
        super().__init__(code, str(error) or type(error).__name__, status)
        self.index = index
        self.__cause__ = error


@dataclasses.dataclass(frozen=True)
class Photo:
    """A photo that waits to be sent: its file, or why it cannot be used."""

    index: int
    data: bytes = b""
    mask: bytes = b""
    pixels: int = 0
    error: PictureError | None = None

    @property
    def num_bytes(self):
        return len(self.data) + len(self.mask)


def with_masks(pictures, masks):
    """Yields `(picture, mask)`, read as they are needed.

    Args:
        pictures: iterable.
        masks: iterable of as many, or None, which gives None for each.

    Raises:
        ValueError: if one of them ends before the other.
    """
    if masks is None:
        yield from ((picture, None) for picture in pictures)
        return
    pairs = itertools.zip_longest(pictures, masks, fillvalue=MISSING)
    for index, (picture, mask) in enumerate(pairs):
        if picture is MISSING or mask is MISSING:
            found = "picture" if mask is MISSING else "mask"
            raise ValueError(
                "There must be a mask for each picture, and no more. "
                f"Received: a {found} {index} alone"
            )
        yield picture, mask


def chunks(pairs, size, max_pixels=None):
    """Yields lists of `Photo`, few and small enough for one request.

    Args:
        pairs: iterable of `(picture, mask)`.
        size: int, pictures in a chunk at most.
        max_pixels: optional int, of the largest picture that the model takes:
            several have no more together.
    """
    most = min(MAX_PIXELS, max_pixels or MAX_PIXELS)
    chunk, num_bytes, pixels = [], 0, 0
    for index, (picture, mask) in enumerate(pairs):
        photo = _photo(index, picture, mask)
        num_bytes += photo.num_bytes
        pixels += photo.pixels
        full = len(chunk) == size
        if chunk and (full or num_bytes > MAX_BYTES or pixels > most):
            yield chunk
            chunk, num_bytes, pixels = [], photo.num_bytes, photo.pixels
        chunk.append(photo)
    if chunk:
        yield chunk


def _photo(index, picture, mask):
    try:
        data, pixels = sources.read(picture, _name(picture, "pictures", index))
        hole = b""
        if mask is not None:
            hole = sources.read_mask(mask, _name(mask, "masks", index))
    except (ValueError, OSError) as error:
        return Photo(index, error=PictureError(index, error))
    return Photo(index, data, hole, pixels)


def _name(source, plural, index):
    is_path = isinstance(source, str | os.PathLike)
    return os.fspath(source) if is_path else f"{plural}[{index}]"
