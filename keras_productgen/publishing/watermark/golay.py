"""The extended Golay code: 12 bits in 24, up to 3 of which may be wrong."""

import functools

import numpy as np

NUM_DATA, NUM_CODED = 12, 24
# x^11 + x^10 + x^6 + x^5 + x^4 + x^2 + 1
_POLYNOMIAL = 0b110001110101


@functools.cache
def codewords():
    """All words, int8 `(4096, 24)` of 0 and 1; row `n` begins with `n`'s bits.

    Reference:
    - [Golay, 1949](https://doi.org/10.1109/JRPROC.1949.232287)
    """
    rows = [_coded(number) for number in range(1 << NUM_DATA)]
    return np.array(rows, "int8")


def _coded(number):
    rest = number << 11
    for bit in range(22, 10, -1):
        if rest >> bit & 1:
            rest ^= _POLYNOMIAL << (bit - 11)
    word = number << 11 | rest
    # A last bit makes the number of ones even.
    word = word << 1 | word.bit_count() & 1
    return [word >> bit & 1 for bit in range(NUM_CODED - 1, -1, -1)]


def encode(bits):
    """Returns the code of bits.

    Args:
        bits: array `(12 * n,)` of 0 and 1.

    Returns:
        int8 array `(24 * n,)`.
    """
    weights = 1 << np.arange(NUM_DATA - 1, -1, -1)
    numbers = np.reshape(bits, (-1, NUM_DATA)) @ weights
    return codewords()[numbers].reshape(-1)


def decode(values):
    """Returns the bits whose code is likeliest, out of all words.

    Args:
        values: float array `(24 * n,)`, above 0 for a 1, below for a 0, the
            further the surer.

    Returns:
        int8 array `(12 * n,)`.
    """
    values = np.reshape(values, (-1, NUM_CODED))
    signs = codewords().astype("float64") * 2.0 - 1.0
    best = (values @ signs.T).argmax(axis=1)
    return codewords()[best, :NUM_DATA].reshape(-1)
