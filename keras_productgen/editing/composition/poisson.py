"""Poisson's equation on the pixels of a mask."""

import numpy as np
import scipy.fft

MOST_STEPS = 60
# Levels of 255 that the solution may be off.
ACCURACY = 0.1


def solve(source, target, inside, mixed=False):
    """A plane with the differences of one picture and the edge of another.

    Args:
        source: array `(height, width)`, whose differences count.
        target: array of that shape, known where not `inside`.
        inside: bool array of that shape, False at the border.
        mixed: bool, whether the stronger differences of both count.

    Returns:
        float64 array of that shape; `target` where not `inside`.
    """
    source, target = source.astype("float64"), target.astype("float64")
    known = np.where(inside, 0.0, target)
    wanted = _divergence(source, target, mixed) + _neighbors(known)
    solution = _conjugate_gradients(
        np.where(inside, wanted, 0.0), np.where(inside, source, 0.0), inside
    )
    return np.where(inside, solution, target)


def _neighbors(plane):
    """Sum of the four pixels around each; zeros beyond the border."""
    total = np.zeros_like(plane)
    total[1:] += plane[:-1]
    total[:-1] += plane[1:]
    total[:, 1:] += plane[:, :-1]
    total[:, :-1] += plane[:, 1:]
    return total


def _divergence(source, target, mixed):
    """Sum of the differences to the four pixels around."""
    total = np.zeros_like(source)
    for axis in (0, 1):
        step = np.diff(source, axis=axis)
        if mixed:
            other = np.diff(target, axis=axis)
            step = np.where(abs(other) > abs(step), other, step)
        step = np.moveaxis(step, axis, 0)
        moved = np.moveaxis(total, axis, 0)
        moved[1:] += step
        moved[:-1] -= step
    return total


def _conjugate_gradients(wanted, solution, inside):
    """Solves `4 x - neighbours(x) = wanted`, x being 0 where not inside."""
    precondition = _preconditioner(inside)
    residual = np.where(
        inside, wanted - 4.0 * solution + _neighbors(solution), 0.0
    )
    near = precondition(residual)
    way, size = near, (residual * near).sum()
    for _ in range(MOST_STEPS):
        # What the residual means in levels.
        if abs(near).max() < ACCURACY or size <= 0.0:
            break
        answer = np.where(inside, 4.0 * way - _neighbors(way), 0.0)
        step = size / (way * answer).sum()
        solution = solution + step * way
        residual = residual - step * answer
        near = precondition(residual)
        size, last = (residual * near).sum(), size
        way = near + (size / last) * way
    return solution


def _preconditioner(inside):
    """Solves the equation on all of the box, where sines do it at once."""
    height, width = (side - 2 for side in inside.shape)
    down = 2.0 - 2.0 * np.cos(np.pi * np.arange(1, height + 1) / (height + 1))
    across = 2.0 - 2.0 * np.cos(np.pi * np.arange(1, width + 1) / (width + 1))
    eigenvalues = down[:, None] + across

    def solved(residual):
        waves = scipy.fft.dstn(residual[1:-1, 1:-1], type=1)
        plane = np.zeros_like(residual)
        plane[1:-1, 1:-1] = scipy.fft.idstn(waves / eigenvalues, type=1)
        return np.where(inside, plane, 0.0)

    return solved
