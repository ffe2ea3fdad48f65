import numpy as np
import pytest

from keras_productgen import editing
from tests.editing.pictures import SHAPES
from tests.editing.pictures import noise

PICTURE = noise((48, 64, 3))
DEPTH = np.linspace(0.0, 1.0, 64)[None].repeat(48, 0)


def roughness(picture):
    return abs(np.diff(picture.astype(float), axis=0)).mean((0, 2))


def test_what_is_in_focus_stays_to_the_bit():
    depth = np.where(DEPTH < 0.5, 2.0, 5.0)
    made = editing.blur_by_depth(PICTURE, depth, 2.0, 1.0)
    np.testing.assert_array_equal(made[:, :32], PICTURE[:, :32])
    assert roughness(made)[36:].mean() < 0.25 * roughness(PICTURE)[36:].mean()


def test_blur_grows_with_the_distance_from_the_focus():
    rough = roughness(editing.blur_by_depth(PICTURE, DEPTH, 0.0, 4.0))
    parts = [rough[k : k + 16].mean() for k in range(0, 64, 16)]
    assert parts == sorted(parts, reverse=True)


def test_one_distance_is_a_gaussian_of_linear_light():
    light = np.zeros((41, 41), "uint8")
    light[20:] = 255
    made = editing.blur_by_depth(light, np.full((41, 41), 3.0), 1.0, 1.5)
    # Half of the light is level 188, whatever the blur.
    assert made[19:21, 20].astype(int).mean() == pytest.approx(188, abs=6)
    line = editing.pixels.to_light(made[:, 20])
    steps, places = np.diff(line), np.arange(40) - 19.5
    steps = steps / steps.sum()
    mean = (steps * places).sum()
    deviation = np.sqrt((steps * (places - mean) ** 2).sum())
    assert deviation == pytest.approx(3.0, abs=0.15)


def test_sharp_things_do_not_bleed_into_what_is_blurred():
    picture = np.full((40, 40, 3), 100, "uint8")
    picture[:, :20] = (255, 0, 0)
    depth = np.where(np.arange(40) < 20, 1.0, 9.0)[None].repeat(40, 0)
    made = editing.blur_by_depth(picture, depth, 1.0, 0.5)
    assert abs(made.astype(int) - picture).max() <= 1


@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_takes_any_kind_and_size(shape):
    depth = np.random.default_rng(0).uniform(0, 1, shape[:2])
    made = editing.blur_by_depth(noise(shape), depth, 0.5, 3.0)
    assert made.shape == shape and made.dtype == np.uint8


@pytest.mark.parametrize(
    ("depth", "settings", "message"),
    [
        (DEPTH[1:], (0.0, 1.0), "`depth` must be finite"),
        (DEPTH * np.nan, (0.0, 1.0), "`depth` must be finite"),
        (DEPTH, (np.inf, 1.0), "`focus` must be"),
        (DEPTH, (0.0, -1.0), "`strength` must be"),
    ],
)
def test_refuses_what_does_not_fit(depth, settings, message):
    with pytest.raises(ValueError, match=message):
        editing.blur_by_depth(PICTURE, depth, *settings)
