"""What real pictures have and generated ones lack: padding, grids, cut edges.

Pictures have values 0-255, arrays `(num_images, height, width, 3)`. A cue says
how much of it there is in pictures, and how to put it on and take it off.
"""

import cv2
import numpy as np

from keras_productgen import images

_SAME_COLOR = 3.0
_EDGE = 24.0
_STRAIGHT = 0.9
_BLOCK = 8
_QUALITIES = (5, 10, 15, 20, 30, 40, 50, 60, 75, 90)


class Padding:
    """Bands of one colour at opposite borders that end in a straight edge."""

    kind = "padding"
    threshold = 0.25
    unit = 100.0  # Told in per cent.

    def amount(self, pictures):
        """The share of pictures that have such bands."""
        return float(np.mean([_bands(p) is not None for p in pictures]))

    def put_on(self, pictures, examples):
        """Pastes the bands of examples over pictures."""
        framed = [(e, _bands(e)) for e in examples]
        framed = [(e, bands) for e, bands in framed if bands is not None]
        result = pictures.copy()
        for place, picture in enumerate(result):
            example, (axis, first, last) = framed[place % len(framed)]
            rows = np.swapaxes(picture, 0, axis)
            source = np.swapaxes(example, 0, axis)
            rows[:first], rows[last:] = source[:first], source[last:]
        return result

    def take_off(self, pictures, examples):
        """Stretches what is between the bands over the whole picture."""
        return np.stack([_without_bands(picture) for picture in pictures])


class JpegGrid:
    """Steps at every eighth row and column, as strong compression leaves."""

    kind = "jpeg_grid"
    threshold = 1.3
    unit = 1.0

    def amount(self, pictures):
        """The step across a line of the grid over those beside it.

        The median of all lines: a border may lie on one.
        """
        ratios = [line / beside for line, beside in _grid_steps(pictures)]
        return float(np.median(ratios)) if ratios else 1.0

    def put_on(self, pictures, examples):
        """Compresses pictures until the steps are as strong as in examples."""
        aim = self.amount(examples)
        tried = [_compressed(pictures, quality) for quality in _QUALITIES]
        return min(tried, key=lambda some: abs(self.amount(some) - aim))

    def take_off(self, pictures, examples):
        """Makes the steps across the grid as small as those beside it."""
        result = pictures.astype("float32")
        share = max(1.0 - 1.0 / self.amount(pictures), 0.0) / 2.0
        for axis in (1, 2):
            rows = np.moveaxis(result, axis, 0)
            for edge in range(_BLOCK, len(rows), _BLOCK):
                step = rows[edge] - rows[edge - 1]
                rows[edge - 1] += share * step
                rows[edge] -= share * step
        return result.clip(0.0, 255.0)


class CutEdges:
    """Products cut out hard, on one exact colour: alpha that was dropped."""

    kind = "alpha"
    threshold = 0.5
    unit = 100.0

    def amount(self, pictures):
        """The share of pictures that are so, on their most common colour."""
        color = _background(pictures)
        return float(np.mean([_is_cut_out(p, color) for p in pictures]))

    def put_on(self, pictures, examples):
        """Lays the exact background of examples over pictures."""
        color = _background(examples)
        cut_out = [e for e in examples if _is_cut_out(e, color)]
        result = pictures.copy()
        for place, picture in enumerate(result):
            example = cut_out[place % len(cut_out)]
            picture[np.abs(example - color).max(-1) <= 0.5] = color
        return result

    def take_off(self, pictures, examples):
        """Softens the edges, and lets the background vary as examples do."""
        color = _background(pictures)
        generator = np.random.default_rng(0)
        soft = np.stack([cv2.GaussianBlur(p, (3, 3), 0.7) for p in pictures])
        noise = generator.normal(0.0, 4.0, soft.shape).astype("float32")
        exact = np.abs(pictures - color).max(-1, keepdims=True) <= 0.5
        return np.clip(soft + np.where(exact, noise, 0.0), 0.0, 255.0)


CUES = (Padding(), CutEdges(), JpegGrid())


def _bands(picture):
    """Returns `(axis, first, last)`, rows of the content; None if no bands."""
    for axis in (0, 1):
        rows = np.swapaxes(picture, 0, axis).astype("float32")
        first, last = _flat_rows(rows), len(rows) - _flat_rows(rows[::-1])
        between = last - first
        if first == 0 or last == len(rows) or between < 0.3 * len(rows):
            continue
        if _is_straight(rows, first, 1) and _is_straight(rows, last - 1, -1):
            return axis, first, last
    return None


def _flat_rows(rows):
    """How many of the first rows have the colour of the first, throughout."""
    color = np.median(rows[0], axis=0)
    flat = np.abs(rows - color).max(axis=(1, 2)) <= _SAME_COLOR
    return len(rows) if flat.all() else int(np.argmin(flat))


def _is_straight(rows, edge, inwards):
    """Whether the colour of the band ends along most of the row."""
    color = rows[edge - inwards].mean(axis=0)
    inner = rows[[edge, edge + inwards]]
    return np.mean(np.abs(inner - color).max(axis=(0, 2)) > _EDGE) >= _STRAIGHT


def _without_bands(picture):
    bands = _bands(picture)
    if bands is None:
        return picture
    axis, first, last = bands
    content = np.swapaxes(np.swapaxes(picture, 0, axis)[first:last], 0, axis)
    size = picture.shape[1], picture.shape[0]
    return cv2.resize(np.ascontiguousarray(content), size)


def _grid_steps(pictures):
    """Pairs of the mean step across a line of the grid, and beside it."""
    pairs = []
    for axis in (1, 2):
        steps = np.abs(np.diff(pictures.astype("float32"), axis=axis))
        others = tuple({0, 1, 2, 3} - {axis})
        steps = np.maximum(steps.mean(axis=others), 1e-3)
        for line in range(_BLOCK - 1, len(steps) - 2, _BLOCK):
            beside = steps[[line - 2, line - 1, line + 1, line + 2]].mean()
            pairs.append((float(steps[line]), float(beside)))
    return pairs


def _compressed(pictures, quality):
    return np.stack(
        [
            images.decode(images.encode(picture, "JPEG", quality=quality))
            for picture in pictures.round().clip(0, 255).astype("uint8")
        ]
    ).astype("float32")


def _background(pictures):
    """The most common colour of the corners."""
    corners = pictures[:, [0, 0, -1, -1], [0, -1, 0, -1]].reshape(-1, 3)
    colors, counts = np.unique(corners.round(), axis=0, return_counts=True)
    return colors[counts.argmax()].astype("float32")


def _is_cut_out(picture, color):
    """Whether much is exactly of a colour, without shades at its edge."""
    if _bands(picture) is not None:  # Padding has hard edges, too.
        return False
    differences = np.abs(picture - color).max(-1)
    exact = differences <= 0.5
    if not 0.2 <= exact.mean() < 0.98:
        return False
    kernel = np.ones((3, 3), "uint8")
    edge = ~exact & (cv2.dilate(exact.astype("uint8"), kernel) > 0)
    inside = cv2.dilate(differences.astype("float32"), kernel)
    return np.median(differences[edge] / inside[edge]) > 0.8
