import numpy as np
import pytest

from keras_productgen import editing
from keras_productgen.editing import light
from tests.editing.pictures import cutout
from tests.editing.pictures import disk
from tests.editing.pictures import noise

MASK = disk()
SHADES = np.linspace(0.7, 1.3, 64)


def shaded(color):
    """A flat cloth in light that grows from left to right."""
    lit = light.from_rgb(np.float32(color)) * SHADES[None, :, None]
    made = 255.0 * light.to_rgb(lit.astype("float32"))
    return np.rint(made).astype("uint8").repeat(64, 0)


def test_a_flat_texture_gets_the_shading_of_the_cloth():
    texture = np.full((8, 8, 3), (51, 102, 76), "uint8")
    made = editing.transfer_texture(shaded((0.6, 0.3, 0.3)), texture, MASK)
    expected = shaded((0.2, 0.4, 0.3))
    solid = disk(64, 16)
    assert abs(made[solid].astype(int) - expected[solid]).max() <= 4


def test_outside_of_the_mask_nothing_changes():
    picture = cutout()
    made = editing.transfer_texture(
        picture, noise((16, 16, 3)), picture[..., 3]
    )
    hidden = picture[..., 3] == 0
    np.testing.assert_array_equal(made[hidden], picture[hidden])
    np.testing.assert_array_equal(made[..., 3], picture[..., 3])
    solid = picture[..., 3] == 255
    assert (made[solid] != picture[solid]).any(-1).mean() > 0.9


def test_a_strength_of_0_changes_nothing():
    picture = shaded((0.6, 0.3, 0.3))
    made = editing.transfer_texture(picture, noise((9, 9, 3)), MASK, 0.0)
    np.testing.assert_array_equal(made, picture)


def test_refuses_what_does_not_fit():
    picture = shaded((0.6, 0.3, 0.3))
    with pytest.raises(ValueError, match="must hold a product"):
        editing.transfer_texture(picture, picture, np.zeros((64, 64)))
    with pytest.raises(ValueError, match="`strength`"):
        editing.transfer_texture(picture, picture, MASK, 2.0)
    with pytest.raises(ValueError, match="`texture` must be"):
        editing.transfer_texture(picture, picture.astype(float), MASK)
