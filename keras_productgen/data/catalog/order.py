"""A shuffled order that needs no memory, however long it is."""

import numpy as np

_ROUNDS = 4


def shuffled(positions, count, key):
    """Where the positions of `range(count)` go in the order named by a key.

    A Feistel network permutes the numbers below a power of four; numbers
    that land at `count` or above are sent through again until they do not.

    Args:
        positions: int array of values in `[0, count)`.
        count: int >= 1, the length of the order.
        key: sequence of ints >= 0.

    Returns:
        int64 array; over all positions, each value comes once.

    Reference:
    - [Black and Rogaway, 2002](https://doi.org/10.1007/3-540-45760-7_9)
    """
    half = max(1, (int(count - 1).bit_length() + 1) // 2)
    keys = np.random.default_rng(list(key)).integers(
        2**32, size=_ROUNDS, dtype="uint64"
    )
    values = _feistel(np.asarray(positions, "uint64"), half, keys)
    while (outside := values >= count).any():
        values[outside] = _feistel(values[outside], half, keys)
    return values.astype("int64")


def _feistel(values, half, keys):
    low_bits = np.uint64(2**half - 1)
    left, right = values >> np.uint64(half), values & low_bits
    for key in keys:
        left, right = right, left ^ (_mix(right ^ key) & low_bits)
    return (left << np.uint64(half)) | right


def _mix(values):
    """Every bit of the result depends on every bit of the value."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(
        0xBF58476D1CE4E5B9
    )
    values = (values ^ (values >> np.uint64(27))) * np.uint64(
        0x94D049BB133111EB
    )
    return values ^ (values >> np.uint64(31))
