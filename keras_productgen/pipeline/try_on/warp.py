"""Thin-plate splines that do not fold."""

import dataclasses

import cv2
import numpy as np
from skimage.transform import ThinPlateSplineTransform

# Pixels between the places at which the spline is computed.
STEP = 4
# Shares of the way from the spline to the nearest map without bending.
RELAXATIONS = np.linspace(0.0, 1.0, 21)
# An area that is shrunk to less, of what is usual, is as good as folded.
LEAST_AREA = 0.05


@dataclasses.dataclass(frozen=True)
class Warp:
    """A map from the pixels of a person's photo to those of a garment's.

    Args:
        columns, rows: float32 `(height, width)`, where each pixel looks.
        relaxed: float in `[0, 1]`, how much of the bending was given up so that
            nothing folds.
        fold_share: float, share of the garment that folds nevertheless.
        bending_energy: float, of the spline before it was relaxed, with the
            longer side of the region as the unit of length.
        stretch: float, the 95th percentile of the change of area over the 5th.
        errors: dict from names of points to pixels between where they came to
            lie and where they should.
    """

    columns: np.ndarray
    rows: np.ndarray
    relaxed: float
    fold_share: float
    bending_energy: float
    stretch: float
    errors: dict


def fit_warp(targets, sources, size, inside):
    """Lays a spline through points, and relaxes it until nothing folds.

    The map is linear in the sources: mixed with its best affine map it bends
    less, and with enough of that it cannot fold.

    Args:
        targets: dict from names to `(x, y)` in the person's photo.
        sources: dict from the same names to `(x, y)` in the garment's.
        size: `(height, width)` of the person's photo.
        inside: bool array, the garment's mask.

    Returns:
        `Warp`, or None where the points lie on a line.

    Reference:
    - [Bookstein, 1989](https://doi.org/10.1109/34.24792)
    """
    names = [name for name in targets if name in sources]
    ends = np.array([targets[name] for name in names], "float64")
    starts = np.array([sources[name] for name in names], "float64")
    # The solver works in float32: places go from 0 to about 1.
    unit = float(max(size))
    spline = ThinPlateSplineTransform.from_estimate(ends / unit, starts / unit)
    affine, rank = _affine(ends / unit, starts / unit)
    if not spline or rank < 3:
        return None
    grid = _grid(size)
    bent = spline(grid.reshape(-1, 2) / unit).reshape(grid.shape) * unit
    flat = _affine_at(affine, grid / unit) * unit
    for relaxed in RELAXATIONS:
        field = (1.0 - relaxed) * bent + relaxed * flat
        folds, stretch = _folds(field, inside)
        if folds == 0.0:
            break
    fitted = (1.0 - relaxed) * starts + relaxed * (
        _affine_at(affine, ends / unit) * unit
    )
    return Warp(
        *_enlarged(field, size),
        relaxed=float(relaxed),
        fold_share=folds,
        bending_energy=_bending_energy(bent / unit, unit),
        stretch=stretch,
        errors=_errors(names, fitted - starts, affine),
    )


def _affine(ends, starts):
    terms = np.column_stack([np.ones(len(ends)), ends])
    solution, _, rank, _ = np.linalg.lstsq(terms, starts, rcond=1e-6)
    return solution, rank


def _affine_at(affine, places):
    return affine[0] + places @ affine[1:]


def _grid(size):
    rows = np.arange(0, size[0] + STEP, STEP, dtype="float64")
    columns = np.arange(0, size[1] + STEP, STEP, dtype="float64")
    return np.stack(np.meshgrid(columns, rows), axis=-1)


def _areas(field):
    """The determinant of the map's derivative between places of the grid."""
    across = (field[:-1, 1:] - field[:-1, :-1]) / STEP
    down = (field[1:, :-1] - field[:-1, :-1]) / STEP
    return across[..., 0] * down[..., 1] - across[..., 1] * down[..., 0]


def _folds(field, inside):
    """Share of the garment that folds, and how unevenly it is stretched."""
    looked = cv2.remap(
        cv2.dilate(inside.astype("uint8"), np.ones((3, 3), "uint8")),
        *np.moveaxis(field[:-1, :-1].astype("float32"), -1, 0),
        cv2.INTER_NEAREST,
    )
    areas = _areas(field)[looked > 0]
    if areas.size == 0:
        return 1.0, float("inf")
    usual = float(np.median(np.abs(areas)))
    folded = areas <= LEAST_AREA * usual
    low, high = np.quantile(np.abs(areas), (0.05, 0.95))
    return float(folded.mean()), float(high / max(low, 1e-9))


def _enlarged(field, size):
    """The map at every pixel, between the places of the grid."""
    height, width = size
    at = np.meshgrid(
        np.arange(width, dtype="float32") / STEP,
        np.arange(height, dtype="float32") / STEP,
    )
    return tuple(
        cv2.remap(field[..., axis].astype("float32"), *at, cv2.INTER_LINEAR)
        for axis in (0, 1)
    )


def _bending_energy(field, unit):
    """The integral of the squared second derivatives, by differences."""
    step = STEP / unit
    energy = 0.0
    for axis in (0, 1):
        down, across = np.gradient(field[..., axis], step)
        twice, mixed = np.gradient(down, step)
        _, other = np.gradient(across, step)
        energy += (twice**2 + 2.0 * mixed**2 + other**2).sum() * step**2
    return float(energy)


def _errors(names, misses, affine):
    """How far points lie off, in pixels of the person's photo."""
    scale = np.sqrt(abs(np.linalg.det(affine[1:])))
    lengths = np.linalg.norm(misses, axis=1) / max(scale, 1e-9)
    return dict(zip(names, lengths.tolist()))
