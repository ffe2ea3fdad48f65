import numpy as np
import pytest
from skimage.color import rgb2lab

from keras_productgen import editing
from tests.editing.pictures import cutout
from tests.editing.pictures import noise
from tests.editing.pictures import product

DARK = (product().image // 3).astype("uint8")


def test_lightness_uses_all_of_its_range():
    lightness = rgb2lab(editing.equalize_histogram(DARK))[..., 0]
    assert lightness.min() < 1.0 and lightness.max() > 99.0


def test_an_even_histogram_comes_of_a_ramp():
    ramp = np.repeat(np.arange(40, 90, dtype="uint8"), 20).reshape(50, 20)
    lightness = rgb2lab(np.dstack([editing.equalize_histogram(ramp)] * 3))
    steps = np.diff(lightness[:, 0, 0])
    # Each of the 50 lightnesses is as frequent: steps of 100 / 49.
    assert abs(steps - 100 / 49).max() < 0.45


@pytest.mark.parametrize(
    "edit", [editing.equalize_histogram, editing.equalize_adaptive]
)
def test_colors_keep_a_and_b(edit):
    picture = (112 + noise((40, 40, 3)) // 12).astype("uint8")
    before, after = rgb2lab(picture), rgb2lab(edit(picture))
    # Where lightness leaves room for the color.
    room = (after[..., 0] > 25) & (after[..., 0] < 85)
    assert room.mean() > 0.4
    assert abs(after - before)[room][:, 1:].max() < 1.5


@pytest.mark.parametrize(
    "edit", [editing.equalize_histogram, editing.equalize_adaptive]
)
def test_flat_pictures_stay(edit):
    picture = np.full((20, 20, 3), (90, 40, 200), "uint8")
    np.testing.assert_array_equal(edit(picture), picture)


def test_hidden_pixels_do_not_count():
    picture = cutout()
    other = picture.copy()
    other[picture[..., 3] == 0, :3] = 255
    seen = picture[..., 3] > 0
    np.testing.assert_array_equal(
        editing.equalize_histogram(picture)[seen],
        editing.equalize_histogram(other)[seen],
    )


def test_adaptive_contrast_grows_with_its_limit():
    spread = [
        editing.equalize_adaptive(DARK, limit).astype(float).std()
        for limit in (1.0, 2.0, 4.0)
    ]
    assert DARK.std() < spread[0] < spread[1] < spread[2]


def test_refuses_limits_without_sense():
    with pytest.raises(ValueError, match="clip_limit"):
        editing.equalize_adaptive(DARK, 0.0)
    with pytest.raises(ValueError, match="tiles"):
        editing.equalize_adaptive(DARK, tiles=1.5)
