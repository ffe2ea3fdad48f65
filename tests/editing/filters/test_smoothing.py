import numpy as np
import pytest

from keras_productgen import editing
from tests.editing.pictures import cutout
from tests.editing.pictures import noise

SPIKE = np.zeros((9, 9), "uint8")
SPIKE[4, 4] = 225
SMOOTHING = [
    editing.mean_filter,
    editing.median_filter,
    editing.gaussian_filter,
    editing.bilateral_filter,
    editing.non_local_means,
]


def test_mean_of_a_square_by_hand():
    made = editing.mean_filter(SPIKE, 3)
    expected = np.zeros((9, 9), "uint8")
    expected[3:6, 3:6] = 25
    np.testing.assert_array_equal(made, expected)


def test_median_takes_single_pixels_away_and_keeps_edges():
    assert not editing.median_filter(SPIKE).any()
    step = np.repeat(np.uint8([[0, 0, 0, 200, 200, 200]]), 6, 0)
    np.testing.assert_array_equal(editing.median_filter(step), step)


def test_gaussian_has_its_deviation():
    picture = np.zeros((41, 41), "uint8")
    picture[20:, :] = 200
    line = np.diff(editing.gaussian_filter(picture, 3.0)[:, 20].astype(float))
    places = np.arange(40) - 19.0
    deviation = np.sqrt((line * places**2).sum() / line.sum())
    assert deviation == pytest.approx(3.0, abs=0.1)


@pytest.mark.parametrize(
    "edit", [editing.bilateral_filter, editing.non_local_means]
)
def test_noise_goes_and_edges_stay(edit):
    clean = np.repeat([40.0] * 20 + [200.0] * 20, 40).reshape(40, 40)
    dirt = np.random.default_rng(0).normal(0.0, 8.0, clean.shape)
    made = edit(np.clip(clean + dirt, 0, 255).round().astype("uint8"))
    assert abs(made - clean).mean() < 0.7 * abs(dirt).mean()
    blurred = editing.gaussian_filter((clean + dirt).astype("uint8"), 2.0)
    edge = slice(18, 22)
    left = abs(made - clean)[edge].mean()
    assert left < 0.3 * abs(blurred - clean)[edge].mean()


@pytest.mark.parametrize("edit", SMOOTHING)
def test_hidden_colors_do_not_bleed(edit):
    picture = cutout()
    other = picture.copy()
    hidden = picture[..., 3] == 0
    other[hidden, :3] = noise((int(hidden.sum()), 3))
    seen = ~hidden
    np.testing.assert_array_equal(edit(picture)[seen], edit(other)[seen])


@pytest.mark.parametrize("edit", SMOOTHING)
def test_flat_pictures_stay(edit):
    picture = np.full((17, 20, 3), (9, 120, 250), "uint8")
    np.testing.assert_array_equal(edit(picture), picture)


@pytest.mark.parametrize(
    ("edit", "value", "message"),
    [
        (editing.mean_filter, 4, "`size` must be odd"),
        (editing.median_filter, 257, "`size` must be"),
        (editing.gaussian_filter, 0.0, "`sigma` must be"),
        (editing.bilateral_filter, -1.0, "`sigma_color` must be"),
        (editing.non_local_means, 0.0, "`strength` must be"),
    ],
)
def test_refuses_settings_without_sense(edit, value, message):
    with pytest.raises(ValueError, match=message):
        edit(noise((4, 4, 3)), value)
