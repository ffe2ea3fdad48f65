"""Random changes of pictures as one matrix of places and one of colours."""

import functools
import math

import numpy as np
from keras import ops

INTEGER_SHIFT = 0.125
SCALE_DEVIATION = 0.2
FRACTIONAL_SHIFT = 0.125
BRIGHTNESS_DEVIATION = 0.2
CONTRAST_DEVIATION = 0.5

# How many numbers `Draws` must hold for `geometry` and `colors`.
NUM_CHANCES, NUM_UNIFORM, NUM_NORMAL = 13, 8, 7

_GREY = np.array([1.0, 1.0, 1.0, 0.0], "float32") / math.sqrt(3.0)
_ONTO_GREY = np.outer(_GREY, _GREY)
_EYE = np.eye(4, dtype="float32")


class Draws:
    """Random numbers of a batch, handed out one after the other.

    Args:
        chances: float tensor `(batch, NUM_CHANCES)` in `[0, 1)`.
        uniform: float tensor `(batch, NUM_UNIFORM)` in `[0, 1)`.
        normal: float tensor `(batch, NUM_NORMAL)`.
        probability: scalar, with which each change happens.
    """

    def __init__(self, chances, uniform, normal, probability):
        self.probability = probability
        self._chances = iter(ops.unstack(chances, NUM_CHANCES, axis=1))
        self._uniform = iter(ops.unstack(uniform, NUM_UNIFORM, axis=1))
        self._normal = iter(ops.unstack(normal, NUM_NORMAL, axis=1))

    def chosen(self, probability=None):
        """1 for the pictures to be changed, 0 for the others; `(batch,)`."""
        probability = self.probability if probability is None else probability
        return ops.cast(next(self._chances) < probability, "float32")

    def below(self, count):
        """Whole numbers from 0 to below `count`."""
        return ops.floor(count * next(self._uniform))

    def within(self, bound):
        """Numbers from `-bound` to `bound`."""
        return bound * (2.0 * next(self._uniform) - 1.0)

    def normal(self, deviation):
        return deviation * next(self._normal)


def geometry(draws, height, width):
    """Where in the old picture a pixel is found, seen from the middle.

    In the paper's order: mirrored, turned by quarters, moved by whole pixels;
    scaled, turned, stretched, turned, moved.

    Args:
        draws: `Draws`.
        height: int, of the pictures in pixels.
        width: int.

    Returns:
        float32 tensor `(batch, 3, 3)`: `old = matrix @ (x, y, 1)`.
    """
    steps = [
        *_whole_steps(draws, height, width),
        *_fractional_steps(draws, height, width),
    ]
    return functools.reduce(ops.matmul, steps)


def _whole_steps(draws, height, width):
    mirror = 1.0 - 2.0 * draws.chosen() * draws.below(2)
    quarters = draws.chosen() * draws.below(4)
    moved = draws.chosen()
    across = moved * ops.round(width * draws.within(INTEGER_SHIFT))
    down = moved * ops.round(height * draws.within(INTEGER_SHIFT))
    return (
        scaling(mirror, ops.ones_like(mirror)),
        rotation(quarters * (math.pi / 2.0)),
        translation(-across, -down),
    )


def _fractional_steps(draws, height, width):
    # Before or after the stretching: together as likely as the rest.
    turned = 1.0 - ops.sqrt(ops.maximum(1.0 - draws.probability, 0.0))
    zoom = 2.0 ** (draws.chosen() * draws.normal(SCALE_DEVIATION))
    angle = draws.chosen(turned) * draws.within(math.pi)
    stretch = 2.0 ** (draws.chosen() * draws.normal(SCALE_DEVIATION))
    other_angle = draws.chosen(turned) * draws.within(math.pi)
    moved = draws.chosen()
    across = moved * width * draws.normal(FRACTIONAL_SHIFT)
    down = moved * height * draws.normal(FRACTIONAL_SHIFT)
    return (
        scaling(1.0 / zoom, 1.0 / zoom),
        rotation(angle),
        scaling(1.0 / stretch, stretch),
        rotation(other_angle),
        translation(-across, -down),
    )


def colors(draws):
    """What becomes of a colour in `[-1, 1]`, in the paper's order.

    Brightness, contrast, grey axis turned over, hue, saturation.

    Args:
        draws: `Draws`.

    Returns:
        float32 tensor `(batch, 4, 4)`: `new = matrix @ (r, g, b, 1)`.
    """
    brightness = draws.chosen() * draws.normal(BRIGHTNESS_DEVIATION)
    contrast = 2.0 ** (draws.chosen() * draws.normal(CONTRAST_DEVIATION))
    turned_over = draws.chosen() * draws.below(2)
    angle = draws.chosen() * draws.within(math.pi)
    saturation = 2.0 ** (draws.chosen() * draws.normal(1.0))
    steps = [
        brightening(brightness),
        scaling(contrast, contrast, contrast),
        _sum(_EYE, (-2.0 * _ONTO_GREY, turned_over)),
        hue_rotation(angle),
        _sum(_ONTO_GREY, (_EYE - _ONTO_GREY, saturation)),
    ]
    return functools.reduce(ops.matmul, reversed(steps))


def scaling(*factors):
    """Diagonal matrices of `factors`, each `(batch,)`, and 1 at the end."""
    diagonal = ops.stack([*factors, ops.ones_like(factors[0])], axis=-1)
    return diagonal[:, :, None] * ops.eye(len(factors) + 1)


def rotation(angles):
    """`(batch, 3, 3)` of angles in radians."""
    cos, sin = ops.cos(angles), ops.sin(angles)
    return _matrices([[cos, -sin, 0], [sin, cos, 0], [0, 0, 1]], angles)


def translation(across, down):
    """`(batch, 3, 3)` of pixels."""
    return _matrices([[1, 0, across], [0, 1, down], [0, 0, 1]], across)


def brightening(amounts):
    """`(batch, 4, 4)`."""
    lifted = np.zeros((4, 4), "float32")
    lifted[:3, 3] = 1.0
    return _sum(_EYE, (lifted, amounts))


def hue_rotation(angles):
    """`(batch, 4, 4)` around the grey axis, angles in radians."""
    x, y, z, _ = _GREY
    across = np.zeros((4, 4), "float32")
    across[:3, :3] = [[0, -z, y], [z, 0, -x], [-y, x, 0]]
    # The formula of Rodrigues.
    kept = _ONTO_GREY + np.diag(np.array([0, 0, 0, 1], "float32"))
    cos, sin = ops.cos(angles), ops.sin(angles)
    return _sum(kept, (_EYE - kept, cos), (across, sin))


def _sum(constant, *terms):
    """`constant` and every `matrix * factors` of `terms`, `(batch, 4, 4)`."""
    total = ops.convert_to_tensor(constant)
    for matrix, factors in terms:
        total = total + ops.convert_to_tensor(matrix) * factors[:, None, None]
    return total


def _matrices(rows, like):
    entries = [
        entry if hasattr(entry, "shape") else ops.full_like(like, entry)
        for row in rows
        for entry in row
    ]
    return ops.reshape(ops.stack(entries, axis=-1), (-1, 3, 3))
