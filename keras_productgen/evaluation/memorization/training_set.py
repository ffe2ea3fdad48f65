"""The training pictures, as little of them as looking for copies needs."""

import collections
import dataclasses
import os

import numpy as np

from keras_productgen import encoders
from keras_productgen import images
from keras_productgen.evaluation import pictures
from keras_productgen.evaluation.memorization.alignment import thumbnails

SHOWN_SIDE = 64
CHUNK = 512


@dataclasses.dataclass
class TrainingSet:
    """What is kept of each training picture.

    Args:
        features: float32 `(num_images, dim)`.
        thumbnails: uint8 `(num_images, 32, 32, 3)`, to compare pixels.
        shown: uint8 `(num_images, 64, 64, 3)`, to look at.
        categories: int array `(num_images,)`, or `None`.
        words: names behind `categories`, or `None`.
        names: list of str.
        skipped: dict from the names of picture files that cannot be used to
            the reasons.
    """

    features: np.ndarray
    thumbnails: np.ndarray
    shown: np.ndarray
    categories: np.ndarray | None
    words: list | None
    names: list
    skipped: dict = dataclasses.field(default_factory=dict)

    def twins_of(self, others):
        """Lists, for each thumbnail, the rows here with the same pixels."""
        places = collections.defaultdict(list)
        for row, thumbnail in enumerate(self.thumbnails):
            places[thumbnail.tobytes()].append(row)
        return [places.get(other.tobytes(), []) for other in others]


def read_training_set(source, encoder, image_size=None, value_range=(0, 255)):
    """Returns the `TrainingSet` of what `pictures.read_pictures` takes.

    A folder or dataset is read piece by piece: 15 kB a picture are kept,
    besides its features.

    Raises:
        ValueError: if there are fewer than two pictures.
    """
    if isinstance(source, TrainingSet):
        return source
    parts, skipped = [], {}
    for part in _pieces(source, image_size, value_range):
        skipped |= part.skipped
        if len(part):
            features = encoders.extract(encoder, part.images)
            parts.append(
                (features, thumbnails(part.images), _shown(part), part)
            )
    if sum(len(part[0]) for part in parts) < 2:
        raise ValueError(
            "`training_images` must hold at least two pictures. "
            f"Received: {source if isinstance(source, str) else type(source)}"
        )
    features, small, shown, read = zip(*parts)
    known = all("category" in part.conditions for part in read)
    return TrainingSet(
        np.concatenate(features),
        np.concatenate(small),
        np.concatenate(shown),
        np.concatenate([part.conditions["category"] for part in read])
        if known
        else None,
        read[0].vocabularies.get("category") if known else None,
        _names(read),
        skipped,
    )


def _pieces(source, image_size, value_range):
    if isinstance(source, str | os.PathLike):
        yield from pictures.folder_pieces(source, image_size, CHUNK)
        return
    if isinstance(source, pictures.Pictures) or hasattr(source, "__array__"):
        batches = [source]
    else:
        batches = [source] if isinstance(source, tuple) else source
    for batch in batches:
        batch = batch if isinstance(batch, tuple | pictures.Pictures) else (
            batch,
        )  # fmt: skip
        part = pictures.read_pictures(batch, image_size, None, value_range)
        part.vocabularies = part.vocabularies or dict(
            getattr(source, "vocabularies", {})
        )
        yield part


def _shown(part):
    return np.stack(
        [images.resize(image, SHOWN_SIDE, "stretch") for image in part.images]
    )


def _names(parts):
    """Files have names; the rest is numbered through."""
    names = [name for part in parts for name in part.names]
    if len(set(names)) == len(names):
        return names
    return [f"number {number}" for number in range(len(names))]
