"""Masks in their three forms: outlines, run lengths, files."""

import itertools

import cv2
import numpy as np
import pycocotools.mask

from keras_productgen import images
from keras_productgen.data.annotations.records import Polygons
from keras_productgen.data.annotations.records import RunLengths


def to_array(mask, height, width, directory="."):
    """Draws a mask.

    Args:
        mask: `Polygons`, `RunLengths` or `MaskFile`.
        height: Pixels of the picture.
        width: Pixels of the picture.
        directory: Folder that a `MaskFile` is relative to.

    Returns:
        bool array of shape `(height, width)`.

    Raises:
        ValueError: If run lengths or a file do not have this size.
    """
    if isinstance(mask, Polygons):
        return _drawn(mask.rings, height, width)
    if isinstance(mask, RunLengths):
        return _unrolled(mask, height, width)
    picture = images.load(f"{directory}/{mask.file}")
    _check_size(picture.shape[:2], height, width)
    return picture[..., 0] >= 128


def from_array(mask):
    """Returns a bool array of shape `(height, width)` as `RunLengths`."""
    flat = np.asarray(mask, bool).ravel("F")
    edges = np.flatnonzero(np.diff(flat)) + 1
    counts = np.diff([0, *edges, flat.size]).tolist()
    if flat.size and flat[0]:
        counts.insert(0, 0)
    return RunLengths(list(np.shape(mask)), counts)


def outlines(mask, tolerance=1.0):
    """Returns a bool array as `Polygons` that stray at most `tolerance`.

    Holes are filled: outlines cannot hold them.
    """
    # Contours run through the middles of pixels: of small ones they lose less.
    large = np.asarray(mask, "uint8").repeat(2, axis=0).repeat(2, axis=1)
    contours, _ = cv2.findContours(
        large, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE
    )
    rings = []
    for contour in contours:
        ring = cv2.approxPolyDP(contour, 2 * tolerance, True).reshape(-1, 2)
        if len(ring) >= 3:
            rings.append(((ring + 0.5) / 2).ravel().tolist())
    return Polygons(rings)


def box_of(mask):
    """`[x, y, width, height]` around a bool array; `None` if it is empty."""
    box = cv2.boundingRect(np.asarray(mask, "uint8"))
    return list(box) if box[2] else None


def ring_area(ring):
    """Pixels within an outline `[x0, y0, x1, y1, ...]`."""
    x, y = np.reshape(ring, (-1, 2)).T.astype("float64")
    return abs(float(x @ np.roll(y, -1) - y @ np.roll(x, -1))) / 2


def counts_of(run_lengths):
    """The numbers of `RunLengths`, decompressed where they are text.

    Raises:
        ValueError: If the text ends within a number or is of other signs.
    """
    if not isinstance(run_lengths.counts, str):
        return run_lengths.counts
    counts = []
    for number in _numbers(run_lengths.counts):
        # From the fourth on each is told by its difference from the one
        # before the last.
        counts.append(number + (counts[-2] if len(counts) > 2 else 0))
    return counts


def compress(counts):
    """Returns run lengths as COCO's text: six bits a sign, from `"0"` on."""
    signs = []
    for index, count in enumerate(counts):
        number = count - (counts[index - 2] if index > 2 else 0)
        more = True
        while more:
            bits, number = number & 0x1F, number >> 5
            more = number != (-1 if bits & 0x10 else 0)
            signs.append(chr((bits | 0x20 if more else bits) + 48))
    return "".join(signs)


def _numbers(text):
    number = shift = 0
    for sign in text:
        bits = ord(sign) - 48
        if not 0 <= bits < 64:
            raise ValueError(
                "Compressed run lengths must be of the signs '0' to 'o'. "
                f"Received: {sign!r}"
            )
        number |= (bits & 0x1F) << shift
        shift += 5
        if bits & 0x20:
            continue
        yield number - (1 << shift) if bits & 0x10 else number
        number = shift = 0
    if shift:
        raise ValueError(
            "Compressed run lengths must end with a whole number. "
            f"Received: {text[-20:]!r} at the end"
        )


def _drawn(rings, height, width):
    # By COCO's own code, so that all agree which pixels on an edge count.
    rings = [
        list(map(float, ring))
        for ring in rings
        if len(ring) >= 6 and np.isfinite(ring).all()
    ]
    if not rings:
        return np.zeros((height, width), bool)
    parts = pycocotools.mask.frPyObjects(rings, height, width)
    return pycocotools.mask.decode(pycocotools.mask.merge(parts)).astype(bool)


def _unrolled(mask, height, width):
    _check_size(mask.size, height, width)
    counts = counts_of(mask)
    if min(counts, default=0) < 0 or sum(counts) != height * width:
        raise ValueError(
            "Run lengths must be >= 0 and sum to height x width, "
            f"{height * width}. Received: a sum of {sum(counts)}"
        )
    values = itertools.islice(itertools.cycle((False, True)), len(counts))
    flat = np.repeat(list(values), counts)
    return flat.reshape((height, width), order="F")


def _check_size(size, height, width):
    if tuple(size) != (height, width):
        raise ValueError(
            f"The mask must be as large as its picture, {height} x {width}. "
            f"Received: size={tuple(size)}"
        )
