"""Masks, and whether box and area fit them."""

import numpy as np

from keras_productgen.data.annotations import masks
from keras_productgen.data.annotations import shapes
from keras_productgen.data.annotations.records import Polygons
from keras_productgen.data.annotations.records import RunLengths

# Whether a pixel on the edge counts is a matter of taste: boxes may differ by
# this many pixels, areas by the length of the outline.
BOX_TOLERANCE = 2.0
AREA_TOLERANCE = 0.05


def mask_problems(item, height, width):
    """Yields `(kind, message)` for what is wrong with mask, box and area."""
    area = item.area
    if area is not None and not (shapes.number(area) and area > 0):
        yield "area", f"The area must be a number above 0: {area!r}."
        area = None
    found = _mask_problems(item.mask, height, width)
    yield from found
    box = (
        item.box
        if not list(shapes.box_problems(item.box, None, None))
        else None
    )
    if area is not None and box is not None:
        if area > 1.01 * box[2] * box[3] + 1:
            yield (
                "area",
                f"The area must be at most the box's, {box[2] * box[3]:g}: "
                f"{area:g}.",
            )
    if found or item.mask is None:
        return
    measured, margin, extent = _measures(item.mask)
    if area is not None and measured is not None:
        if abs(area - measured) > AREA_TOLERANCE * measured + margin:
            yield (
                "area",
                f"The area must be about that of the mask, {measured:g}: "
                f"{area:g}.",
            )
    if box is not None and extent is not None and _differ(box, extent):
        extent = [round(side, 1) for side in extent]
        yield (
            "box and mask",
            f"The box must be around its mask, {extent}: {box}.",
        )


def _mask_problems(mask, height, width):
    if isinstance(mask, Polygons):
        return list(shapes.ring_problems(mask.rings, height, width))
    if isinstance(mask, RunLengths):
        return list(_run_problems(mask, height, width))
    return []


def _run_problems(mask, height, width):
    if not _whole(mask.size) or len(mask.size) != 2:
        yield "run lengths", f"Their size must be two numbers: {mask.size!r}."
        return
    try:
        counts = masks.counts_of(mask)
    except ValueError as error:
        yield "run lengths", str(error)
        return
    if not _whole(counts):
        yield "run lengths", "Run lengths must be whole numbers >= 0."
    elif sum(counts) != mask.size[0] * mask.size[1]:
        yield (
            "run lengths",
            f"Run lengths must sum to {mask.size[0]} x {mask.size[1]} = "
            f"{mask.size[0] * mask.size[1]}; they sum to {sum(counts)}.",
        )
    if None not in (height, width) and list(mask.size) != [height, width]:
        yield (
            "run lengths",
            f"The mask must be as large as its picture, [{height}, {width}]: "
            f"{mask.size}.",
        )


def _whole(values):
    return isinstance(values, list | tuple) and all(
        isinstance(value, int) and value >= 0 for value in values
    )


def _measures(mask):
    """Area, by how much it may differ, and the box around the mask."""
    if isinstance(mask, Polygons):
        points = [np.reshape(ring, (-1, 2)) for ring in mask.rings]
        ends = np.concatenate(points)
        low, high = ends.min(0), ends.max(0)
        length = sum(
            np.linalg.norm(p - np.roll(p, 1, 0), axis=1).sum() for p in points
        )
        # Parts that overlap, and rings within rings, have less area together.
        single = len(points) == 1
        area = masks.ring_area(mask.rings[0]) if single else None
        return area, float(length), [*low.tolist(), *(high - low).tolist()]
    if isinstance(mask, RunLengths):
        array = masks.to_array(mask, *mask.size)
        return float(array.sum()), 1.0, masks.box_of(array)
    return None, 0.0, None


def _differ(box, extent):
    return any(
        abs(first - second) > BOX_TOLERANCE
        for first, second in zip(_corners(box), _corners(extent))
    )


def _corners(box):
    return box[0], box[1], box[0] + box[2], box[1] + box[3]
