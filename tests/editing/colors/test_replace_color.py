import numpy as np
import pytest
from skimage.color import deltaE_ciede2000
from skimage.color import rgb2lab

from keras_productgen import editing
from tests.editing.pictures import noise

RED, NAVY = (0.8, 0.1, 0.1), (0.1, 0.16, 0.36)
BYTES = np.uint8(np.rint(np.multiply(RED, 255)))


def test_the_source_becomes_the_target():
    picture = np.tile(BYTES, (4, 4, 1))
    made = editing.replace_color(picture, BYTES / 255, NAVY)
    np.testing.assert_allclose(made[0, 0], np.multiply(NAVY, 255), atol=1.0)


def test_other_colors_stay_to_the_bit():
    picture = noise((80, 80, 3))
    made = editing.replace_color(picture, RED, NAVY, tolerance=12.0)
    far = deltaE_ciede2000(rgb2lab(picture), rgb2lab(np.float64([[RED]])))
    np.testing.assert_array_equal(made[far > 12.1], picture[far > 12.1])
    assert (made != picture).any(-1)[far < 11.0].all()


def test_shading_stays():
    light = np.linspace(0.55, 1.0, 20)[:, None]
    # Linear light of the same cloth, less and less of it.
    linear = light * np.float64(RED) ** 2.2
    picture = np.rint(255 * linear ** (1 / 2.2)).astype("uint8")[None]
    made = editing.replace_color(picture, RED, (0.2, 0.7, 0.3), 60.0, 0.2)
    ratio = (rgb2lab(made)[0, :, 0] + 16) / (rgb2lab(picture)[0, :, 0] + 16)
    assert np.ptp(ratio) < 0.04 * ratio.mean()


def test_the_change_fades_out():
    levels = np.arange(120, 256, dtype="uint8")
    picture = np.stack([levels, levels // 8, levels // 8], -1)[None]
    soft = editing.replace_color(picture, RED, NAVY, 10.0, 1.0).astype(int)
    hard = editing.replace_color(picture, RED, NAVY, 10.0, 0.0).astype(int)
    step = lambda made: abs(np.diff(made[0], axis=0)).max()
    assert step(soft) < 0.2 * step(hard)


def test_refuses_grey_pictures_and_other_colors():
    with pytest.raises(ValueError, match="must have colours"):
        editing.replace_color(noise((4, 4)), RED, NAVY)
    with pytest.raises(ValueError, match="`target` must be three sRGB"):
        editing.replace_color(noise((4, 4, 3)), RED, (0, 0, 255))
    with pytest.raises(ValueError, match="`softness`"):
        editing.replace_color(noise((4, 4, 3)), RED, NAVY, softness=2.0)
