"""One line of a YOLO label: a category, and a box or an outline."""

import math

import numpy as np

from keras_productgen.data.annotations import masks
from keras_productgen.data.annotations.records import Annotation
from keras_productgen.data.annotations.records import Polygons


def parsed(line, picture, number, place):
    """Returns the `Annotation` in a line, `None` for an empty line.

    Raises:
        ValueError: If the line is no label.
    """
    words = line.split()
    if not words:
        return None
    try:
        values = [float(word) for word in words[1:]]
        category = int(words[0])
    except ValueError:
        raise ValueError(f"A label must be of numbers: {line[:60]!r}") from None
    if not all(map(math.isfinite, values)):
        raise ValueError(f"A label must be of finite numbers: {line[:60]!r}")
    outline = len(values) >= 6 and len(values) % 2 == 0
    if len(values) != 4 and not outline:
        raise ValueError(
            "A label must be a category with a box of 4 numbers, or with an "
            f"outline of at least 3 points: {line[:60]!r}"
        )
    item = Annotation(number, picture.id, category, place=place)
    if len(values) == 4:
        x, y, width, height = _scaled(values, picture)
        item.box = [x - width / 2, y - height / 2, width, height]
        return item
    ring = _scaled(values, picture)
    item.mask = Polygons([ring])
    low, high = np.min(_points(ring), 0), np.max(_points(ring), 0)
    item.box = [*low.tolist(), *(high - low).tolist()]
    return item


def shape_of(item, picture, task, directory):
    """Returns the numbers behind the category, fractions of the picture.

    Raises:
        ValueError: If the annotation has no box, or no mask for outlines.
    """
    if not picture.width or not picture.height:
        raise ValueError("its picture has no size")
    if task == "segmentation":
        if item.mask is None:
            raise ValueError("it has no mask")
        return _fractions(_outline(item.mask, picture, directory), picture)
    if item.box is None:
        raise ValueError("it has no box")
    x, y, width, height = item.box
    center = [x + width / 2, y + height / 2, width, height]
    return _fractions(center, picture)


def written(category, shape, decimals):
    numbers = " ".join(f"{value:.{decimals}f}" for value in shape)
    return f"{category} {numbers}\n"


def _outline(mask, picture, directory):
    if not isinstance(mask, Polygons):
        size = picture.height, picture.width
        mask = masks.outlines(masks.to_array(mask, *size, directory))
    rings = [_points(ring) for ring in mask.rings if len(ring) >= 6]
    if not rings:
        raise ValueError("its mask has no outline")
    joined = rings[0]
    for ring in rings[1:]:
        joined = _joined(joined, ring)
    return joined.ravel().tolist()


def _joined(ring, other):
    """Two outlines as one, that goes from one to the other and back."""
    distances = np.linalg.norm(ring[:, None] - other[None], axis=2)
    here, there = np.unravel_index(distances.argmin(), distances.shape)
    detour = np.concatenate([other[there:], other[: there + 1]])
    return np.concatenate([ring[: here + 1], detour, ring[here:]])


def _points(ring):
    return np.reshape(ring, (-1, 2))


def _scaled(values, picture):
    size = (picture.width, picture.height)
    return [value * size[index % 2] for index, value in enumerate(values)]


def _fractions(values, picture):
    size = (picture.width, picture.height)
    return [value / size[index % 2] for index, value in enumerate(values)]
