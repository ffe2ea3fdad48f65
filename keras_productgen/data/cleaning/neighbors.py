"""Pairs of pictures that may be copies, among all pairs there are."""

import dataclasses

import numpy as np

from keras_productgen.data.cleaning.fingerprints import directions

BLOCK = 2048
# Nearest pictures of each that are looked at closely.
NUM_NEAREST = 12
# The colours at 8 x 8 pixels must correlate by this, and one of the others
# must agree: the hashes to so many of 64 bits, or the features.
LEAST_COLORS = 0.9
MOST_PHASH_BITS, MOST_DHASH_BITS = 8, 7
LEAST_FEATURES = 0.85
# From here the features alone suffice.
SURE_FEATURES = 0.95


@dataclasses.dataclass
class Block:
    """Consecutive pictures and what they are compared by.

    Args:
        start: Number of the first.
        numbers: int64 array, their numbers.
        colors, mirrored: float32 `directions` of the colours.
        features: float32 array of vectors of length 1, or `None`.
        hashes: uint64 array `(n, 4)`.
    """

    start: int
    numbers: np.ndarray
    colors: np.ndarray
    mirrored: np.ndarray
    features: np.ndarray | None
    hashes: np.ndarray


class Neighbors:
    """Finds likely copies, block by block, so that memory stays constant.

    Every picture is compared with every other one: nothing is approximate
    but that only the nearest `NUM_NEAREST` of those that pass are kept.

    Args:
        analysis: `Analysis`.
        chosen: bool array, the pictures to compare.
        allowed: optional function of two arrays of numbers to a bool array:
            the pairs that are wanted.
    """

    def __init__(self, analysis, chosen, allowed=None):
        self.analysis = analysis
        self.chosen = chosen
        self.allowed = allowed
        self.scaling = feature_scaling(analysis)

    def pairs(self, progress):
        """Yields `(first, second, flips)` arrays, some thousands at a time.

        `flips` is 0 where the pictures agree best as they are, 1 where one is
        better mirrored, 2 where it cannot be said.
        """
        blocks = list(self.analysis.blocks(BLOCK))
        total = len(blocks) * (len(blocks) + 1) // 2
        done = 0
        for number, limits in enumerate(blocks):
            block = self._load(*limits)
            found = []
            for other_limits in blocks[number:]:
                same = other_limits == limits
                other = block if same else self._load(*other_limits)
                found.append(self._between(block, other))
                done += 1
                progress("comparing", done, total)
            yield self._nearest(found)

    def _load(self, start, stop):
        numbers = np.flatnonzero(self.chosen[start:stop]) + start
        rows = self.analysis.rows[numbers]
        store = self.analysis.store
        colors, mirrored = directions(store.colors.take(rows))
        features = None
        if self.scaling is not None:
            features = scaled(store.features.take(rows), self.scaling)
            features /= np.linalg.norm(features, axis=1, keepdims=True) + 1e-6
        hashes = self.analysis.records["hashes"][numbers]
        return Block(start, numbers, colors, mirrored, features, hashes)

    def _between(self, block, other):
        """Returns the columns `(first, second, likeness, flips)`."""
        straight = block.colors @ other.colors.T
        turned = block.mirrored @ other.colors.T
        wanted = np.maximum(straight, turned) > LEAST_COLORS
        if block.features is not None:
            products = block.features @ other.features.T
            wanted |= products > SURE_FEATURES
        rows, columns = np.nonzero(wanted)
        keep = block.numbers[rows] < other.numbers[columns]
        if self.allowed is not None:
            firsts, seconds = block.numbers[rows], other.numbers[columns]
            keep &= self.allowed(firsts, seconds)
        rows, columns = rows[keep], columns[keep]
        agree = _hashes_agree(block.hashes[rows], other.hashes[columns])
        if block.features is not None:
            agree |= products[rows, columns] > LEAST_FEATURES
        rows, columns = rows[agree], columns[agree]
        views = straight[rows, columns], turned[rows, columns]
        flips = np.where(views[1] > views[0], 1, 0)
        flips[np.abs(views[0] - views[1]) < 0.03] = 2
        return (
            block.numbers[rows],
            other.numbers[columns],
            np.maximum(*views),
            flips,
        )

    def _nearest(self, found):
        firsts, seconds, likeness, flips = map(np.concatenate, zip(*found))
        order = np.lexsort((-likeness, firsts))
        firsts, seconds, flips = firsts[order], seconds[order], flips[order]
        _, starts = np.unique(firsts, return_index=True)
        ranks = np.arange(len(firsts)) - np.repeat(
            starts, np.diff([*starts, len(firsts)])
        )
        keep = ranks < NUM_NEAREST
        return firsts[keep], seconds[keep], flips[keep]


def _hashes_agree(first, second):
    """Whether pHash or dHash agree, as the pictures are or mirrored."""
    bits = np.bitwise_count(first[:, None, :2] ^ second.reshape(-1, 2, 2))
    return (bits <= (MOST_PHASH_BITS, MOST_DHASH_BITS)).any((1, 2))


def feature_scaling(analysis):
    """`(mean, deviation)` of the features, or `None` without an encoder."""
    features = analysis.store.features
    if features is None or len(analysis) == 0:
        return None
    total, squares = 0.0, 0.0
    for start, stop in analysis.blocks(BLOCK):
        block = features.take(analysis.rows[start:stop]).astype("float64")
        total, squares = total + block.sum(0), squares + (block**2).sum(0)
    mean = total / len(analysis)
    variance = np.maximum(squares / len(analysis) - mean**2, 0.0)
    return mean.astype("float32"), np.sqrt(variance + 1e-6).astype("float32")


def scaled(features, scaling):
    """Features of mean 0 and variance 1, float32."""
    mean, deviation = scaling
    return (features.astype("float32") - mean) / deviation
