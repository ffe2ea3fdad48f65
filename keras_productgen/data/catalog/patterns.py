"""Patterns as the share of the second colour at every point."""

import numpy as np


def second_color_weight(pattern, u, v, down):
    """Share of the second colour, float32 in [0, 1], or 0.0 for `"plain"`.

    Args:
        pattern: one of `PATTERNS`.
        u: float32 array, across; the patterns repeat with period 1.
        v: float32 array, downwards; the patterns repeat with period 1.
        down: float32 array, 0 at the product's top and 1 at its bottom.
    """
    return _PATTERNS[pattern](u, v, down)


def mix(color, second_color, weight):
    """float32 (*shape of the weight, 3) of the two colours."""
    color = np.asarray(color, "float32")
    second_color = np.asarray(second_color, "float32")
    return color + np.multiply.outer(weight, second_color - color)


def _fraction(x):
    return x - np.floor(x)


def _from_centre(x):
    """Distance from the middle of the cell, 0 to 0.5."""
    return np.abs(_fraction(x) - np.float32(0.5))


def _plain(u, v, down):
    return np.zeros_like(u)


def _stripes(u, v, down):
    return (_from_centre(v) < 0.25).astype("float32")


def _pinstripes(u, v, down):
    return (_from_centre(2.0 * u) < 0.14).astype("float32")


def _checks(u, v, down):
    across = (_from_centre(u) < 0.25).astype("float32")
    along = (_from_centre(v) < 0.25).astype("float32")
    return 0.5 * (across + along)


def _dots(u, v, down):
    row = np.floor(v)
    # Every other row is moved by half a cell, as printed dots are.
    du = _fraction(u + 0.5 * (row - 2.0 * np.floor(row / 2.0))) - 0.5
    dv = _fraction(v) - np.float32(0.5)
    return (du * du + dv * dv < 0.09).astype("float32")


def _chevron(u, v, down):
    zigzag = v + np.float32(0.9) * _from_centre(u)
    return (_from_centre(zigzag) < 0.25).astype("float32")


def _gradient(u, v, down):
    t = np.clip(1.2 * down - 0.1, 0.0, 1.0)
    return t * t * (3.0 - 2.0 * t)


def _blocks(u, v, down):
    return (down > 0.52).astype("float32")


_PATTERNS = {
    "plain": _plain,
    "stripes": _stripes,
    "pinstripes": _pinstripes,
    "checks": _checks,
    "dots": _dots,
    "chevron": _chevron,
    "gradient": _gradient,
    "blocks": _blocks,
}
