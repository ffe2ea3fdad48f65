"""One product from all around."""

import functools
import os
import pathlib
import re

import numpy as np

from keras_productgen import encoders
from keras_productgen import images
from keras_productgen import publishing
from keras_productgen.data import photo_files
from keras_productgen.data.catalog.item import Item
from keras_productgen.editing.checks import checked_background
from keras_productgen.editing.checks import checked_number
from keras_productgen.editing.checks import checked_whole
from keras_productgen.pipeline.turntable.angles import checked_angles
from keras_productgen.pipeline.turntable.frames import Frames
from keras_productgen.pipeline.turntable.photo_source import PictureSource
from keras_productgen.pipeline.turntable.sources import CatalogSource
from keras_productgen.pipeline.turntable.sources import ModelSource
from keras_productgen.pipeline.variants.scores import similarity_scores

ANGLES, LARGEST = 24, 1024


class Turntable:
    """Shows the same product from n angles.

    ```python
    catalog = kpg.data.ProductCatalog(seed=0)
    turn = kpg.pipeline.Turntable(catalog.item(10))
    frames = turn(angles=24, size=256)
    frames.save("bottle.gif")
    ```

    Args:
        source: what shows the product: an item of `data.ProductCatalog`; a
            generator with the condition `"view_angle"`; a list of uint8
            pictures, grey, RGB or RGBA, one an angle; or the path of a folder
            of such, in the order of the numbers in their names.
        conditions: optional dict, the generator's other conditions.
        seed: int, which product the generator makes.
        picture_angles: optional list of degrees, one a picture. Defaults to
            evenly around.
        least_similarity: float in `[-1, 1]`, of the features of a frame and of
            the first one: what counts as the same product.
        producer: str, who answers for the frames, for their record.

    Raises:
        ValueError: if the source is none of these; a generator without views
            is told which condition it lacks.
    """

    def __init__(
        self,
        source,
        conditions=None,
        seed=0,
        picture_angles=None,
        least_similarity=0.7,
        producer="",
    ):
        self.least_similarity = checked_number(
            "least_similarity", least_similarity, -1.0, 1.0
        )
        self.failed = {}
        self.producer = str(producer)
        if isinstance(source, Item):
            self.source = CatalogSource(source)
        elif hasattr(source, "generate_from"):
            self.source = ModelSource(source, conditions, seed)
        elif isinstance(source, str | os.PathLike):
            pictures, names, files, self.failed = _read(source)
            self.source = PictureSource(pictures, picture_angles, names, files)
        elif isinstance(source, list | tuple | np.ndarray):
            self.source = PictureSource(source, picture_angles)
        else:
            raise ValueError(
                "`source` must be an item of the catalogue, a generator, or "
                f"pictures. Received: a {type(source).__name__}"
            )

    def __call__(self, angles=None, size=256, background=255):
        """Makes the frames.

        Args:
            angles: int, how many, evenly around; or a list of degrees. What the
                catalogue draws without a back swings to both sides instead.
                Defaults to 24; of pictures, to all of them.
            size: int from 16 to 1024, the side of the frames.
            background: a grey or an RGB tuple, 0-255. Generators have their
                own.

        Returns:
            `Frames`.

        Raises:
            ValueError: if an argument is none of these, or the source cannot
                be seen from there.
        """
        size = checked_whole("size", size, 16)
        if size > LARGEST:
            raise ValueError(
                f"`size` must be at most {LARGEST}. Received: size={size}"
            )
        background = checked_background(background, 3)
        if angles is not None:
            angles = checked_angles(angles)
        elif not isinstance(self.source, PictureSource):
            angles = ANGLES
        shown = self.source.show(angles, size, background)
        return Frames(
            shown.frames,
            np.asarray(shown.angles, "float64"),
            shown.method,
            _similarity(shown.frames),
            self.least_similarity,
            {**self.failed, **shown.left_out},
            publishing.record(producer=self.producer, **self.source.origin()),
        )


def _similarity(frames):
    cosines = similarity_scores(_encoder(), *frames)
    return np.array([1.0, *cosines])


@functools.cache
def _encoder():
    return encoders.load()


def _read(folder):
    """`(pictures, names, files, failed)` of a folder."""
    entries = photo_files.find_photos(folder)
    entries = sorted(entries, key=lambda entry: _numbered(entry.path))
    pictures, names, files, failed = [], [], [], {}
    for entry in entries:
        try:
            picture = images.load_rgba(pathlib.Path(entry.file))
        except photo_files.FAILURES as error:
            failed[entry.path] = photo_files.reason_of(error)
            continue
        pictures.append(picture)
        names.append(entry.path)
        files.append(entry.file)
    return pictures, names, files, failed


def _numbered(path):
    """`view-10` comes after `view-9`."""
    words = re.split(r"(\d+)", path.casefold())
    return [(word.isdigit(), int(word) if word.isdigit() else 0, word)
            for word in words]  # fmt: skip
