"""Photos made better, chunk by chunk; bad ones alone fail."""

import dataclasses
import os

import numpy as np

from keras_productgen import images
from keras_productgen.serving.client import sources
from keras_productgen.serving.client.calls import MakeFiles
from keras_productgen.serving.client.calls import Target
from keras_productgen.serving.client.descriptions import describe
from keras_productgen.serving.errors import TOO_LARGE
from keras_productgen.serving.errors import Code
from keras_productgen.serving.errors import ServingError

INPUT = "image_bytes"
# Of a chunk with more than one picture: far below what servers take, and what
# one of two cores restores in some seconds.
MAX_BYTES = 8 * 2**20
MAX_PIXELS = 2**21
# What a picture may be the reason for.
OF_A_PICTURE = {
    Code.INVALID_ARGUMENT,
    Code.OUT_OF_RANGE,
    Code.INTERNAL,
    Code.DATA_LOSS,
}


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
    pixels: int = 0
    error: PictureError | None = None


@dataclasses.dataclass(frozen=True)
class Restoration:
    """What is done to photos.

    Args:
        target: `Target`.
        signature: str, one that takes `image_bytes` and gives files.
        as_bytes: bool, whether PNG files are wanted, and not arrays.
    """

    target: Target
    signature: str = "restore"
    as_bytes: bool = False

    def flows(self, description, pictures, size):
        """Yields a flow a chunk; each ends with a list of results.

        A result is a picture, or a `PictureError` in its place.

        Args:
            description: `Description`.
            pictures: iterable of paths, bytes, arrays or Pillow pictures,
                which is read as it is needed.
            size: int, pictures in a chunk at most.

        Raises:
            ValueError: if the signature takes something else.
        """
        inputs = description.inputs(self.signature)
        if set(inputs) != {INPUT}:
            raise ValueError(
                f"The signature {self.signature!r} must take {INPUT!r} alone. "
                f"Received: one that takes {sorted(inputs)}"
            )
        return map(self._flow, chunks(pictures, size))

    def describe(self, cards):
        """The flow that comes first: ends with a `Description`."""
        return describe(self.target, cards)

    def _flow(self, photos):
        good = [photo for photo in photos if photo.error is None]
        made = {photo.index: photo.error for photo in photos}
        try:
            if good:
                made |= yield from self._together(good)
        except ServingError as error:
            if not _of_a_picture(error):
                raise
            for photo in good:
                made |= yield from self._alone(photo, error, len(good))
        return [made[photo.index] for photo in photos]

    def _alone(self, photo, error, count):
        if count == 1:  # It has been alone already.
            return {photo.index: PictureError(photo.index, error)}
        try:
            return (yield from self._together([photo]))
        except ServingError as own:
            if not _of_a_picture(own):
                raise
            return {photo.index: PictureError(photo.index, own)}

    def _together(self, photos):
        files = np.empty(len(photos), object)
        files[:] = [photo.data for photo in photos]
        made = yield MakeFiles(self.target, self.signature, {INPUT: files})
        if not self.as_bytes:
            made = [images.decode(data) for data in made]
        return {p.index: m for p, m in zip(photos, made, strict=True)}


def chunks(pictures, size):
    """Yields lists of `Photo`, few and small enough for one request."""
    chunk, num_bytes, pixels = [], 0, 0
    for index, picture in enumerate(pictures):
        photo = _photo(index, picture)
        num_bytes += len(photo.data)
        pixels += photo.pixels
        full = len(chunk) == size
        if chunk and (full or num_bytes > MAX_BYTES or pixels > MAX_PIXELS):
            yield chunk
            chunk, num_bytes, pixels = [], len(photo.data), photo.pixels
        chunk.append(photo)
    if chunk:
        yield chunk


def picture_of(result):
    """Returns a result, or raises it."""
    if isinstance(result, PictureError):
        raise result
    return result


def _photo(index, picture):
    is_path = isinstance(picture, str | os.PathLike)
    where = os.fspath(picture) if is_path else f"pictures[{index}]"
    try:
        return Photo(index, *sources.read(picture, where))
    except (ValueError, OSError) as error:
        return Photo(index, error=PictureError(index, error))


def _of_a_picture(error):
    return error.code in OF_A_PICTURE or error.http_status == TOO_LARGE
