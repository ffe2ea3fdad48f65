"""Holes in pictures of any size, through a network of one size."""

import math

import cv2
import numpy as np

from keras_productgen import images
from keras_productgen.images.kinds import checked_picture
from keras_productgen.images.tiles import mirrored

# Of what the network sees: how thick a hole may be, how wide a cell that is
# filled at once, and how near to each other holes are filled together.
_THICKNESS, _CELL, _GAP = 1 / 3, 1 / 2, 1 / 8


def check_masks(masks, shape):
    """Raises a `ValueError` for masks that images of `shape` do not go with."""
    wanted = (*shape[:3], 1)
    if masks.shape != wanted or not np.isin(masks, (0, 1)).all():
        raise ValueError(
            "Masks must be arrays of 0 and 1, 1 in the holes, of shape "
            f"{wanted}. Received: masks of shape {masks.shape}, with values "
            f"from {masks.min(initial=0)} to {masks.max(initial=0)}"
        )


def filled(model, picture, mask):
    """See `DeepFill.restore`."""
    picture = checked_picture(picture)
    mask = _checked_mask(mask, picture.shape[:2])
    if not mask.any():
        return picture.copy()

    def fill(colors):
        colors, holes = colors.astype("float32"), mask.copy()
        for part in _parts(mask, round(_GAP * model.image_size)):
            _fill_part(model, colors, holes, part)
        return colors

    result = images.through_colors(fill, picture)
    result[~mask] = picture[~mask]
    return result


def _checked_mask(mask, size):
    mask = np.asarray(mask)
    if mask.shape != size or mask.dtype not in (bool, np.uint8):
        raise ValueError(
            "`mask` must be a bool or uint8 array (height, width) of the "
            f"picture, {size}. Received: an array of dtype {mask.dtype} and "
            f"shape {mask.shape}"
        )
    mask = mask > 0
    if mask.all():
        raise ValueError(
            "`mask` must leave something of the picture to go by. Received: a "
            f"mask of all {mask.size} pixels"
        )
    return mask


def _parts(mask, gap):
    """Masks of holes that are further from each other than `gap`."""
    kernel = np.ones((gap + 1, gap + 1), "uint8")
    wider = cv2.dilate(mask.astype("uint8"), kernel)
    count, labels = cv2.connectedComponents(wider)
    for label in range(1, count):
        yield mask & (labels == label)


def _fill_part(model, colors, holes, part):
    """Fills a part of the holes in the arrays themselves."""
    size = model.image_size
    depth = cv2.distanceTransform(
        holes.astype("uint8"), cv2.DIST_L2, cv2.DIST_MASK_PRECISE
    )[part].max()
    factor = max(1.0, 2.0 * depth / (_THICKNESS * size))
    around = _around(part, math.ceil(size * factor / 2))
    region, part = colors[around], part[around]
    if factor == 1.0:
        region[part] = _by_cells(model, region, holes[around], part)[part]
    else:
        smaller, open_holes = _smaller(region, holes[around], factor)
        if open_holes.any():
            smaller = _by_cells(model, smaller, open_holes, open_holes)
        enlarged = cv2.resize(
            smaller, part.shape[::-1], interpolation=cv2.INTER_CUBIC
        )
        region[part] = enlarged[part]
    holes[around] &= ~part


def _around(part, margin):
    """The slices of a part with a margin, as far as the picture goes."""
    slices = []
    for axis, side in enumerate(part.shape):
        places = np.flatnonzero(part.any(axis=1 - axis))
        first, last = places[0] - margin, places[-1] + 1 + margin
        slices.append(slice(max(0, first), min(side, last)))
    return tuple(slices)


def _smaller(colors, holes, factor):
    """Means of what is known, and where less than half of it is."""
    size = [max(1, round(side / factor)) for side in holes.shape[::-1]]
    known = (~holes).astype("float32")
    share = cv2.resize(known, size, interpolation=cv2.INTER_AREA)
    sums = cv2.resize(
        colors * known[..., None], size, interpolation=cv2.INTER_AREA
    )
    means = sums / np.maximum(share, 1e-6)[..., None]
    return means, share < min(0.5, share.max())


def _by_cells(model, colors, holes, part):
    """Returns colours with a part of the holes filled, cell by cell.

    What has been filled is known to the cells that follow.
    """
    margins = [
        (missing // 2, missing - missing // 2)
        for missing in (max(0, model.image_size - side) for side in part.shape)
    ]
    padded = mirrored(colors, margins).copy()
    holes = mirrored(holes, margins).copy()
    part = np.pad(part, margins)
    bounds = _around(part, 0)
    for rows in _cells(bounds[0], model.image_size):
        for columns in _cells(bounds[1], model.image_size):
            cell = np.zeros_like(part)
            cell[rows, columns] = part[rows, columns]
            if cell.any():
                window = _window((rows, columns), part.shape, model.image_size)
                outputs = _through(model, padded[window], holes[window])
                padded[window][cell[window]] = outputs[cell[window]]
                holes &= ~cell
    return padded[
        tuple(
            slice(before, before + side)
            for (before, _), side in zip(margins, colors.shape[:2])
        )
    ]


def _cells(bounds, size):
    length = bounds.stop - bounds.start
    count = math.ceil(length / max(1, round(_CELL * size)))
    edges = np.linspace(bounds.start, bounds.stop, count + 1).round()
    edges = edges.astype(int)
    return [slice(*pair) for pair in zip(edges[:-1], edges[1:])]


def _window(cell, shape, size):
    """The slices of what the network sees, with a cell in the middle."""
    starts = [
        min(max(0, (one.start + one.stop - size) // 2), side - size)
        for one, side in zip(cell, shape)
    ]
    return tuple(slice(start, start + size) for start in starts)


def _through(model, colors, holes):
    low, high = model.value_range
    pictures = low + colors * np.float32((high - low) / 255.0)
    masks = holes[None, ..., None].astype("float32")
    outputs = model.predict_on_batch({"images": pictures[None], "masks": masks})
    return (np.asarray(outputs)[0] - low) * (255.0 / (high - low))
