"""Which frequencies carry which bits, by a key."""

import dataclasses
import functools
import hashlib

import numpy as np

from keras_productgen.publishing.watermark.payload import NUM_CODED

# The mark is laid out on this square, whatever the size of a picture.
SIDE = 512
# Frequencies of its cosine transform that carry it, in half periods: below are
# lights and shadows, above is what resizing and JPEG take away.
LOWEST, HIGHEST = 14, 140
# Share of them that carries no bit, and tells that a mark is there.
PILOT_SHARE = 0.25


@dataclasses.dataclass(frozen=True)
class Chips:
    """The layout of a mark.

    Args:
        rows: int array `(n,)`, frequencies down.
        columns: int array `(n,)`, frequencies across.
        signs: float32 array `(n,)` of -1 and 1.
        bits: int array `(n,)`, which coded bit each carries; -1 for pilots.
    """

    rows: np.ndarray
    columns: np.ndarray
    signs: np.ndarray
    bits: np.ndarray

    @functools.cached_property
    def groups(self):
        """Which chips are to be heard alike: those of a bit; pilots in parts.

        int array `(n,)`.
        """
        pilots = np.flatnonzero(self.bits < 0)
        parts = max(1, round(NUM_CODED * PILOT_SHARE / (1.0 - PILOT_SHARE)))
        groups = self.bits.copy()
        groups[pilots] = NUM_CODED + np.arange(len(pilots)) % parts
        return groups

    @functools.cached_property
    def rings(self):
        """How fine each frequency is, in steps of 4; int array `(n,)`."""
        return (np.hypot(self.rows, self.columns) // 4).astype(int)

    def modulated(self, coded):
        """Signs for coded bits, float32 `(n,)`."""
        flips = np.append(np.asarray(coded, "float32") * 2.0 - 1.0, 1.0)
        return (self.signs * flips[self.bits]).astype("float32")


@functools.lru_cache(maxsize=8)
def of_key(key):
    """Returns the `Chips` of a key, a str."""
    down, across = np.mgrid[:SIDE, :SIDE]
    radius = np.hypot(down, across)
    band = (LOWEST <= radius) & (radius <= HIGHEST)
    rows, columns = np.nonzero(band)
    digest = hashlib.sha256(key.encode()).digest()
    # The raw stream of Philox is the same in every version of NumPy.
    stream = np.random.Philox(key=int.from_bytes(digest[:16], "big"))
    order = np.argsort(stream.random_raw(len(rows)), kind="stable")
    signs = (stream.random_raw(len(rows)) & 1).astype("float32") * 2 - 1
    bits = np.empty(len(rows), int)
    pilots = round(PILOT_SHARE * len(rows))
    bits[order[:pilots]] = -1
    bits[order[pilots:]] = np.arange(len(rows) - pilots) % NUM_CODED
    return Chips(rows, columns, signs, bits)
