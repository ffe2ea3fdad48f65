import numpy as np
import pytest

from keras_productgen.pipeline.try_on import warp
from keras_productgen.pipeline.try_on.remap import warped

SIZE = 96, 80
INSIDE = np.ones(SIZE, bool)
CORNERS = {"a": (8, 8), "b": (70, 8), "c": (8, 88), "d": (70, 88)}


def known_map(places):
    """A smooth map that bends, by hand."""
    x, y = np.asarray(places, "float64").T
    return np.stack(
        [x + 3.0 * np.sin(y / 30.0), y + 2.0 * np.cos(x / 25.0)], axis=1
    )


def grid_points(count):
    across = np.linspace(4, SIZE[1] - 5, count)
    down = np.linspace(4, SIZE[0] - 5, count)
    return np.stack(np.meshgrid(across, down), axis=-1).reshape(-1, 2)


def test_recovers_a_known_map_to_a_fraction_of_a_pixel():
    ends = grid_points(6)
    starts = known_map(ends)
    names = [str(number) for number in range(len(ends))]
    found = warp.fit_warp(
        dict(zip(names, ends)), dict(zip(names, starts)), SIZE, INSIDE
    )
    rows, columns = np.mgrid[8 : SIZE[0] - 8, 8 : SIZE[1] - 8]
    true = known_map(np.stack([columns.ravel(), rows.ravel()], axis=1))
    got = np.stack(
        [
            found.columns[rows, columns].ravel(),
            found.rows[rows, columns].ravel(),
        ],
        axis=1,
    )
    assert np.linalg.norm(true - got, axis=1).mean() < 0.3
    assert found.relaxed == 0.0 and found.fold_share == 0.0
    assert max(found.errors.values()) < 1e-6


def test_an_affine_map_does_not_bend():
    moved = {name: (2 * x + 3, 2 * y - 1) for name, (x, y) in CORNERS.items()}
    found = warp.fit_warp(CORNERS, moved, SIZE, INSIDE)
    assert found.bending_energy == pytest.approx(0.0, abs=1e-3)
    assert found.columns[10, 20] == pytest.approx(43.0, abs=0.1)
    assert found.rows[10, 20] == pytest.approx(19.0, abs=0.1)


def test_points_that_cross_fold_and_are_relaxed_until_nothing_does():
    ends = CORNERS | {"e": (35, 48), "f": (45, 48)}
    starts = CORNERS | {"e": (48, 48), "f": (32, 48)}
    found = warp.fit_warp(ends, starts, SIZE, INSIDE)
    assert found.fold_share == 0.0
    assert found.relaxed > 0.0
    assert max(found.errors.values()) > 1.0


def test_a_mirror_image_folds_whatever_is_relaxed():
    starts = {name: (78 - x, y) for name, (x, y) in CORNERS.items()}
    found = warp.fit_warp(CORNERS, starts, SIZE, INSIDE)
    assert found is None or found.fold_share > 0.9


def test_points_on_a_line_are_none():
    line = {"a": (10, 10), "b": (20, 20), "c": (30, 30)}
    assert warp.fit_warp(line, line, SIZE, INSIDE) is None


def test_the_map_that_changes_nothing_changes_no_byte():
    picture = np.random.default_rng(0).integers(0, 256, (*SIZE, 4), "uint8")
    picture[..., 3] = 255
    found = warp.fit_warp(CORNERS, CORNERS, SIZE, INSIDE)
    made = warped(picture, found)
    assert np.abs(made.astype(int) - picture)[4:-4, 4:-4].max() <= 3


def test_a_shrunk_pattern_becomes_its_mean_and_does_not_break_up():
    stripes = np.zeros((400, 400, 4), "uint8")
    stripes[::2] = 255
    stripes[..., 3] = 255
    starts = {name: (5 * x, 4.4 * y) for name, (x, y) in CORNERS.items()}
    found = warp.fit_warp(CORNERS, starts, SIZE, np.ones((400, 400), bool))
    made = warped(stripes, found)[20:70, 20:60, :3]
    assert made.std() < 20
    assert made.mean() == pytest.approx(127.5, abs=8)
