import numpy as np
import pytest

from keras_productgen import editing
from keras_productgen.editing.composition.image_quilting import _least_cut
from tests.editing.pictures import noise


def checks(size):
    rows, columns = np.mgrid[:size, :size] // 4
    return np.uint8(60 + 120 * ((rows + columns) % 2))


@pytest.mark.parametrize("kind", [(), (1,), (3,), (4,)], ids=str)
def test_has_the_size_asked_for_and_the_kind_that_came(kind):
    made = editing.image_quilting(noise((20, 24, *kind)), (37, 51), 12)
    assert made.shape == (37, 51, *kind) and made.dtype == np.uint8


def test_all_pixels_are_those_of_the_texture():
    texture = noise((24, 24, 3))
    made = editing.image_quilting(texture, 50, 10)
    known = set(map(tuple, texture.reshape(-1, 3)))
    assert set(map(tuple, made.reshape(-1, 3))) <= known


def test_a_regular_pattern_goes_on_without_a_seam():
    made = editing.image_quilting(checks(40), 90, 16, 6, tolerance=0.0)
    phase = int(made[0, 0] != made[0, 4])
    assert phase == 1
    # Shifted by its period the pattern is itself.
    assert (made[:-8] == made[8:]).all() and (made[:, :-8] == made[:, 8:]).all()


def test_same_seed_gives_same_bytes():
    texture = noise((24, 24, 3))
    first, again, other = (
        editing.image_quilting(texture, 40, 10, seed=seed) for seed in (3, 3, 4)
    )
    np.testing.assert_array_equal(first, again)
    assert (first != other).any()


def test_seams_are_lower_than_those_of_blocks_side_by_side():
    rows, columns = np.mgrid[:48, :48]
    waves = np.sin(rows / 3.0 + np.sin(columns / 5.0)) * np.cos(columns / 4.0)
    texture = np.uint8(128 + 100 * waves)
    made = editing.image_quilting(texture, 96, 16, 6).astype(float)
    tiled = np.tile(texture[:16, :16], (6, 6)).astype(float)
    rough = lambda p: np.percentile(abs(np.diff(p, axis=1)), 99.5)
    assert rough(made) < 0.5 * rough(tiled)


def test_the_cut_of_least_error_is_found():
    errors = np.full((6, 5), 9.0)
    way = [2, 3, 2, 1, 0, 1]
    errors[np.arange(6), way] = 0.0
    np.testing.assert_array_equal(_least_cut(errors), way)


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"block_size": 30}, "must be below `block_size`, and that"),
        ({"block_size": 8, "overlap": 8}, "must be below `block_size`"),
        ({"overlap": 0}, "`overlap` must be"),
        ({"block_size": 1}, "`block_size` must be"),
        ({"tolerance": -1}, "`tolerance` must be"),
        ({"seed": -1}, "`seed` must be"),
        ({"size": 0}, "size must be a positive"),
    ],
)
def test_refuses_settings_without_sense(settings, message):
    settings = {"size": 30, "block_size": 8, **settings}
    with pytest.raises(ValueError, match=message):
        editing.image_quilting(noise((20, 20)), **settings)
