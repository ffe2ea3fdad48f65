"""A number of 32 bits, checked and coded."""

import numpy as np

from keras_productgen.publishing.watermark import golay

NUM_BITS, NUM_CHECK = 32, 16
NUM_CODED = (NUM_BITS + NUM_CHECK) * 2
# CRC-16/CCITT
_POLYNOMIAL = 0x1021


def encode(number):
    """Returns the 96 coded bits of a number, int8 of 0 and 1.

    Raises:
        ValueError: if it is no int of 32 bits.
    """
    whole = isinstance(number, int | np.integer) and number is not True
    if not whole or not 0 <= number < 1 << NUM_BITS:
        raise ValueError(
            f"`payload` must be an int from 0 to {(1 << NUM_BITS) - 1}. "
            f"Received: payload={number!r}"
        )
    number = int(number)
    return golay.encode(_bits(number << NUM_CHECK | _check(number)))


def decode(values):
    """Returns `(number, right)`: whether its check holds.

    Args:
        values: float array `(96,)`, above 0 for a 1.
    """
    word = int("".join(map(str, golay.decode(values))), 2)
    number, check = word >> NUM_CHECK, word & (1 << NUM_CHECK) - 1
    return number, _check(number) == check


def _bits(word):
    count = NUM_BITS + NUM_CHECK
    return np.array([word >> bit & 1 for bit in range(count - 1, -1, -1)])


def _check(number):
    rest = 0xFFFF
    for byte in number.to_bytes(NUM_BITS // 8, "big"):
        rest ^= byte << 8
        for _ in range(8):
            rest = rest << 1 ^ (_POLYNOMIAL if rest & 0x8000 else 0)
        rest &= 0xFFFF
    return rest
