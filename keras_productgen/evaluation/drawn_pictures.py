"""Pictures drawn from all of an array or of a dataset.

The first ones would be one kind, where data is sorted by class.
"""

import itertools
import operator

import keras
import numpy as np

from keras_productgen.data.first_pictures import first_pictures
from keras_productgen.data.first_pictures import is_arrays

MOST_LOOKED_AT = 20_000


def check_num_images(num_images, fewest=1):
    """Refuses what is no number of pictures; `None` stands for all."""
    if num_images is None:
        return
    try:
        fits = operator.index(num_images) >= fewest
    except TypeError:
        fits = False
    if not fits:
        raise ValueError(
            f"`num_images` must be an int, at least {fewest}. "
            f"Received: num_images={num_images!r}"
        )


def drawn_rows(count, num_images, seed):
    """Returns up to `num_images` different indices below `count`, in order."""
    order = np.random.default_rng(seed).permutation(count)
    return np.sort(order[:num_images])


def drawn_pictures(data, num_images=None, seed=0):
    """Returns pictures of an array or of a dataset, with their conditions.

    A dataset of known length is read to its end, but no further than 20,000
    pictures or `num_images`; of one without end, or of unknown length, the
    first are taken.

    Args:
        data: as in `data.first_pictures`.
        num_images: optional int, at most how many.
        seed: int, of the draw.

    Returns:
        `(images, conditions, numbers, remarks)`: a numpy array, a dict of
        arrays with a row a picture, the pictures' places in the data, and a
        list of sentences on what was not looked at.

    Raises:
        ValueError: if there is no picture, or a condition has not a row for
            each.
    """
    if is_arrays(data):
        return *_of_arrays(data, num_images, seed), []
    length = _num_batches(data)
    if num_images is None or length is None:
        images, conditions = first_pictures(_checked(data), num_images)
        remark = (
            f"They are the first {len(images):,} of a dataset that does not "
            "say how many it has."
        )
        remarks = [] if num_images is None else [remark]
        return images, conditions, np.arange(len(images)), remarks
    batches = _checked(itertools.islice(data, length))
    return _of_batches(batches, num_images, seed)


def _of_arrays(data, num_images, seed):
    images, conditions = _unpacked(data)
    if len(images) == 0:
        first_pictures(data)  # Refuses it.
    rows = drawn_rows(len(images), num_images, seed)
    if len(rows) == len(images):
        return images, conditions, rows
    conditions = {name: v[rows] for name, v in conditions.items()}
    return images[rows], conditions, rows


def _of_batches(batches, num_images, seed):
    """Keeps `num_images` rows, each of all that came as likely as any other.

    Reference:
    - [Vitter, 1985](https://doi.org/10.1145/3147.3165), algorithm R
    """
    generator, kept, number = np.random.default_rng(seed), {}, 0
    limit, remarks = max(MOST_LOOKED_AT, num_images), []
    for images, conditions in batches:
        if number >= limit:
            remarks = [f"They were drawn from the first {number:,} alone."]
            break
        for row in range(len(images)):
            place = number
            if number >= num_images:
                place = generator.integers(number + 1)
            if place < num_images:
                known = {name: v[row] for name, v in conditions.items()}
                kept[place] = number, images[row].copy(), known
            number += 1
    if not kept:
        first_pictures([])  # Refuses it.
    numbers, rows, known = zip(
        *sorted(kept.values(), key=lambda found: found[0])
    )
    names = known[0]
    return (
        np.stack(rows),
        {name: np.stack([row[name] for row in known]) for name in names},
        np.array(numbers),
        remarks,
    )


def _num_batches(data):
    """How many batches a dataset has; `None` without end, or not known."""
    if hasattr(data, "cardinality"):
        count = int(data.cardinality())
        return count if count >= 0 else None
    if isinstance(data, keras.utils.PyDataset):
        return data.num_batches
    return len(data) if hasattr(data, "__len__") else None


def _checked(batches):
    return (_unpacked(batch) for batch in batches)


def _unpacked(batch):
    """Returns the pictures and the conditions of a batch, as numpy arrays."""
    images, conditions, _ = keras.utils.unpack_x_y_sample_weight(batch)
    images = np.asarray(images)
    conditions = conditions if isinstance(conditions, dict) else {}
    conditions = {name: np.asarray(v) for name, v in conditions.items()}
    for name, values in conditions.items():
        if np.shape(values)[:1] != images.shape[:1]:
            raise ValueError(
                f"The condition {name!r} must have a row for each of the "
                f"{len(images)} pictures. Received: shape {values.shape}"
            )
    return images, conditions
