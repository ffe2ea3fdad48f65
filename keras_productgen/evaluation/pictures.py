"""What a report is made of: pictures with what is known of them."""

import concurrent.futures
import dataclasses
import os
import pathlib

import numpy as np
from PIL import Image

from keras_productgen import images
from keras_productgen.data.first_pictures import is_arrays
from keras_productgen.data.folder_contents import read_folder
from keras_productgen.evaluation import contact_sheets
from keras_productgen.evaluation.drawn_pictures import check_num_images
from keras_productgen.evaluation.drawn_pictures import drawn_pictures
from keras_productgen.evaluation.drawn_pictures import drawn_rows
from keras_productgen.evaluation.value_range import to_uint8

LARGEST_SIDE = 256


@dataclasses.dataclass
class Pictures:
    """Pictures with their conditions.

    Args:
        images: uint8 array `(num_images, height, width, 3)`.
        conditions: dict of arrays, a row a picture.
        vocabularies: dict of lists: the words behind the ids of a condition.
        source: where they come from, in words.
        names: list of str, a name for each.
        skipped: dict from the names of picture files that cannot be used to
            the reasons.
        remarks: list of str, sentences on how they were chosen.
    """

    images: np.ndarray
    conditions: dict
    vocabularies: dict
    source: str
    names: list
    skipped: dict = dataclasses.field(default_factory=dict)
    remarks: list = dataclasses.field(default_factory=list)

    def __len__(self):
        return len(self.images)

    def select(self, rows):
        """Returns the pictures at `rows`, an array of indices."""
        return Pictures(
            self.images[rows],
            {name: v[rows] for name, v in self.conditions.items()},
            self.vocabularies,
            self.source,
            [self.names[row] for row in rows],
            self.skipped,
            self.remarks,
        )


def read_pictures(source, image_size, num_images=None, value_range=(0, 255),
                  seed=0):  # fmt: skip
    """Returns the `Pictures` of a folder, a dataset or an array.

    Args:
        source: path of a folder, whose folders are categories; or an array
            `(num_images, height, width, 3)`; or a tuple of it and a dict of
            conditions; or an iterable of batches, `images` or
            `(images, conditions)`; or `Pictures`.
        image_size: int or `(height, width)`, of a folder's pictures. `None` is
            the middle one of their shorter sides, at most 256.
        num_images: optional int, at most how many; they are drawn from all.
            Of a dataset no more than 20,000 are looked at, and of one that
            does not say how many it has, the first are taken: `remarks` tell.
        value_range: pair of floats, the values of black and white in arrays.
        seed: int, of the draw.

    Raises:
        ValueError: if there is no picture, values are plainly outside of
            `value_range` or no numbers, a condition has not a row for each
            picture, or `num_images` is below 1.
    """
    check_num_images(num_images)
    if isinstance(source, Pictures):
        return source.select(drawn_rows(len(source), num_images, seed))
    if isinstance(source, str | os.PathLike):
        return _from_folder(source, image_size, num_images, seed)
    rows, conditions, numbers, remarks = drawn_pictures(
        source, num_images, seed
    )
    return Pictures(
        to_uint8(rows, value_range),
        conditions,
        dict(getattr(source, "vocabularies", {})),
        "an array" if is_arrays(source) else "a dataset",
        [f"number {number}" for number in numbers],
        remarks=remarks,
    )


def _from_folder(directory, image_size, num_images, seed):
    contents, skipped = _usable(directory)
    drawn = contents.select(drawn_rows(len(contents.entries), num_images, seed))
    size = image_size or _usual_size(drawn.entries)
    loaded = _load_all(directory, drawn, size)
    loaded.skipped = skipped | loaded.skipped
    if not len(loaded):
        raise ValueError(
            "The folder must hold at least one picture that can be decoded. "
            f"Received: {str(directory)!r}"
        )
    return loaded


def _usable(directory):
    """Returns the contents of a folder, and why files are not among them."""
    contents = read_folder(directory, workers=os.cpu_count())
    for entry in contact_sheets.contact_sheets(contents.usable().entries):
        entry.reason = contact_sheets.REASON
    pictures = Image.registered_extensions()
    skipped = {
        entry.path: _reason(entry.reason)
        for entry in contents.entries
        # A list or a note beside the pictures is no broken picture.
        if entry.reason and pathlib.Path(entry.path).suffix.lower() in pictures
    }
    return contents.usable(), skipped


def folder_pieces(directory, image_size, size_of_piece):
    """Yields all pictures of a folder, a few at a time, as `Pictures`."""
    contents, skipped = _usable(directory)
    size = image_size or _usual_size(contents.entries)
    for start in range(0, len(contents.entries), size_of_piece):
        rows = np.arange(len(contents.entries))[start : start + size_of_piece]
        loaded = _load_all(directory, contents.select(rows), size)
        loaded.skipped, skipped = skipped | loaded.skipped, {}
        yield loaded


def _load_all(directory, contents, size):
    """Returns the `Pictures` that can be decoded, perhaps none."""
    entries = contents.entries
    with concurrent.futures.ThreadPoolExecutor() as pool:
        loaded = list(pool.map(lambda entry: _load(entry, size), entries))
    kept = [row for row, found in enumerate(loaded) if not _failed(found)]
    contents = contents.select(np.array(kept, "int64"))
    return Pictures(
        np.array([loaded[row] for row in kept], "uint8"),
        contents.conditions,
        contents.vocabularies,
        str(pathlib.Path(directory)),
        [entry.path for entry in contents.entries],
        {e.path: _reason(x) for e, x in zip(entries, loaded) if _failed(x)},
    )


def _reason(error):
    """Why a file is left out; which one it is stands beside it."""
    return str(error).partition(" Received:")[0]


def _failed(loaded):
    return isinstance(loaded, Exception)


def _usual_size(entries):
    sides = sorted(min(entry.header.size) for entry in entries)
    return min(sides[len(sides) // 2], LARGEST_SIDE)


def _load(entry, size):
    try:
        return images.load_resized(
            entry.file, size, max_pixels=None, header=entry.header
        )
    except (OSError, ValueError) as error:
        return error  # One bad file stops no report.
