import numpy as np
import pytest
from keras import ops

from keras_productgen.models.deepfill.coarse import coarse_fill
from tests.checks import to_numpy


def images_and_masks(size=16):
    generator = np.random.default_rng(0)
    images = generator.uniform(-1, 1, (2, size, size, 3)).astype("float32")
    masks = np.zeros((2, size, size, 1), "float32")
    masks[:, 3:9, 4:12] = 1.0
    return images, masks


def fill(images, masks):
    images, masks = map(ops.convert_to_tensor, (images, masks))
    return to_numpy(coarse_fill(images, masks))


@pytest.mark.backends
def test_what_is_known_stays_and_what_is_in_the_holes_has_no_say():
    images, masks = images_and_masks()
    filled = fill(images, masks)
    known = np.broadcast_to(masks == 0, images.shape)
    np.testing.assert_array_equal(filled[known], images[known])
    other = np.where(known, images, 7.0)
    np.testing.assert_allclose(fill(other, masks), filled, atol=1e-6)


def test_holes_take_the_colors_around_them():
    _, masks = images_and_masks()
    color = np.array([0.2, -0.5, 1.0], "float32")
    flat = np.zeros((2, 16, 16, 3), "float32") + color
    np.testing.assert_allclose(fill(flat * (1 - masks), masks), flat, atol=1e-5)
    ramp = np.zeros((2, 16, 16, 1), "float32")
    ramp[:] = np.linspace(-1, 1, 16)[:, None, None]
    filled = fill(ramp, masks)[:, 3:9, 4:12].mean(axis=(0, 2, 3))
    assert (np.diff(filled) > 0.0).all()


def test_a_picture_of_which_nothing_is_known_is_grey():
    images, masks = images_and_masks()
    np.testing.assert_array_equal(fill(images, np.ones_like(masks)), 0.0)
