"""Photos made better, chunk by chunk; bad ones alone fail."""

import dataclasses

import numpy as np

from keras_productgen import images
from keras_productgen.serving.client.calls import MakeFiles
from keras_productgen.serving.client.calls import Target
from keras_productgen.serving.client.calls import check_numbers
from keras_productgen.serving.client.descriptions import describe
from keras_productgen.serving.client.photos import PictureError
from keras_productgen.serving.client.photos import chunks
from keras_productgen.serving.client.photos import with_masks
from keras_productgen.serving.client.tiling import file_of
from keras_productgen.serving.client.tiling import in_tiles
from keras_productgen.serving.client.tiling import is_too_large
from keras_productgen.serving.errors import TOO_LARGE
from keras_productgen.serving.errors import Code
from keras_productgen.serving.errors import ServingError

PICTURE, MASK, NUMBERS = "image_bytes", "mask_bytes", {"seed", "index"}
# What a picture may be the reason for.
OF_A_PICTURE = {
    Code.INVALID_ARGUMENT,
    Code.OUT_OF_RANGE,
    Code.INTERNAL,
    Code.DATA_LOSS,
}


@dataclasses.dataclass(frozen=True)
class Restoration:
    """What is done to photos.

    Args:
        target: `Target`.
        signature: str, one that takes `image_bytes`, perhaps `mask_bytes`, or
            `seed` and `index`, and gives files.
        as_bytes: bool, whether PNG files are wanted, and not arrays.
        masks: optional iterable, one for each picture.
        seed: optional int, of the noise of models that draw some; 0 where
            they do and None is given.
        first_index: int, the number of the first picture within the seed.

    Raises:
        ValueError: if a number is out of its range.
    """

    target: Target
    signature: str = "restore"
    as_bytes: bool = False
    masks: object = None
    seed: int | None = None
    first_index: int = 0

    def __post_init__(self):
        check_numbers(seed=self.seed or 0, first_index=self.first_index)

    def flows(self, pinned, pictures, size):
        """Yields a flow a chunk; each ends with a list of results.

        A result is a picture, or a `PictureError` in its place.

        Args:
            pinned: `Pinned`.
            pictures: iterable of paths, bytes, arrays or Pillow pictures,
                which is read as it is needed.
            size: int, pictures in a chunk at most.

        Raises:
            ValueError: if the signature takes something else.
        """
        description = pinned.description
        self._check(set(description.inputs(self.signature)))
        pairs = with_masks(pictures, self.masks)
        found = chunks(pairs, size, description.told.get("max_pixels"))
        return (self._flow(pinned, photos) for photos in found)

    def describe(self, told):
        """The flow that comes first: ends with a `Description`."""
        return describe(self.target, told)

    def _check(self, inputs):
        others = inputs - {PICTURE, MASK, *NUMBERS}
        if PICTURE not in inputs or others:
            raise ValueError(
                f"The signature {self.signature!r} must take {PICTURE!r}, and "
                f"at most {MASK!r}, or 'seed' and 'index'. "
                f"Received: one that takes {sorted(inputs)}"
            )
        has_masks = self.masks is not None
        if (MASK in inputs) != has_masks:
            raise ValueError(
                f"The signature {self.signature!r} of {self.target.model!r} "
                f"must {'not ' if has_masks else ''}be given `masks`. "
                f"Received: masks={self.masks!r:.100}"
            )
        if self.seed is not None and not NUMBERS <= inputs:
            raise ValueError(
                f"The signature {self.signature!r} of {self.target.model!r} "
                f"draws no noise and takes no `seed`. Received: "
                f"seed={self.seed}"
            )

    def _flow(self, pinned, photos):
        made, _ = yield from pinned.done(
            lambda description: self._made(description, photos)
        )
        return [made[photo.index] for photo in photos]

    def _made(self, description, photos):
        """A flow that ends with a dict of results by their indices."""
        made = {photo.index: photo.error for photo in photos}
        good = [photo for photo in photos if photo.error is None]
        large = [photo for photo in good if is_too_large(description, photo)]
        for photo in large:
            made |= yield from self._alone(self._in_tiles, description, photo)
        small = [photo for photo in good if photo not in large]
        try:
            if small:
                made |= yield from self._together(description, small)
        except ServingError as error:
            if not _of_a_picture(error):
                raise
            if len(small) == 1:  # It has been alone already.
                (photo,) = small
                return made | {photo.index: PictureError(photo.index, error)}
            for photo in small:
                made |= yield from self._alone(
                    self._together, description, photo
                )
        return made

    def _alone(self, work, description, photo):
        try:
            return (yield from work(description, [photo]))
        except ServingError as error:
            if not _of_a_picture(error):
                raise
            return {photo.index: PictureError(photo.index, error)}

    def _in_tiles(self, description, photos):
        (photo,) = photos
        made = yield from in_tiles(description, self.signature, photo)
        if self.as_bytes:
            made = file_of(description, made)
        return {photo.index: made}

    def _together(self, description, photos):
        rows = self._rows(photos)
        names = sorted(description.inputs(self.signature))
        rows = {name: rows[name] for name in names}
        made = yield MakeFiles(description.pinned, self.signature, rows)
        if not self.as_bytes:
            made = [images.decode(data) for data in made]
        return {p.index: m for p, m in zip(photos, made, strict=True)}

    def _rows(self, photos):
        numbers = [self.first_index + photo.index for photo in photos]
        return {
            PICTURE: _files(photo.data for photo in photos),
            MASK: _files(photo.mask for photo in photos),
            "seed": np.full(len(photos), self.seed or 0, "int64"),
            "index": np.array(numbers, "int64"),
        }


def picture_of(result):
    """Returns a result, or raises it."""
    if isinstance(result, PictureError):
        raise result
    return result


def _files(data):
    data = list(data)
    files = np.empty(len(data), object)
    files[:] = data
    return files


def _of_a_picture(error):
    return error.code in OF_A_PICTURE or error.http_status == TOO_LARGE
