import cv2
import numpy as np
import pytest

from keras_productgen import images
from tests.images import pictures


@pytest.mark.parametrize("mode", ["crop", "pad", "stretch"])
@pytest.mark.parametrize("shape", [(1, 1), (3, 500), (37, 23), (64, 64)])
@pytest.mark.parametrize("size", [1, 17, (64, 48)])
def test_size_and_dtype_are_exact(mode, shape, size):
    expected = (size, size) if isinstance(size, int) else size
    for dtype in ("uint8", "float32"):
        image = np.full((*shape, 3), 9, dtype)
        resized = images.resize(image, size, mode, background=9)
        assert resized.shape == (*expected, 3)
        assert resized.dtype == image.dtype
        np.testing.assert_array_equal(resized, 9)


def zone_plate(size):
    """Rings that grow finer outwards, up to one pixel."""
    y, x = (np.mgrid[:size, :size] + 0.5) / size - 0.5
    rings = 127.5 + 127.5 * np.cos(np.pi * size * (x**2 + y**2))
    return np.repeat(rings[..., None], 3, -1).astype("uint8")


@pytest.mark.parametrize("size, target", [(512, 64), (300, 150), (500, 64)])
def test_shrinking_does_not_alias(size, target):
    resized = images.resize(zone_plate(size), target).astype("float32")
    y, x = (np.mgrid[:target, :target] + 0.5) / target - 0.5
    # Rings finer than what the result can show must turn to grey.
    too_fine = np.hypot(x, y) > 1.25 * 0.5 * target / size
    too_fine &= np.hypot(x, y) < 0.5
    moire = np.sqrt(np.mean((resized[too_fine] - 127.5) ** 2))
    plain = cv2.resize(zone_plate(size), (target, target)).astype("float32")
    assert moire < 15
    assert moire < 0.5 * np.sqrt(np.mean((plain[too_fine] - 127.5) ** 2))


def test_crop_takes_the_middle():
    image = np.zeros((20, 60, 3), "uint8")
    image[:, 20:40] = 200
    np.testing.assert_array_equal(images.resize(image, 20, "crop"), 200)


def test_pad_shows_all_between_even_margins():
    image = np.full((20, 40, 3), 50, "uint8")
    padded = images.resize(image, 40, "pad", background=(1, 2, 3))
    np.testing.assert_array_equal(padded[10:30], 50)
    np.testing.assert_array_equal(padded[:10], np.full((10, 40, 3), (1, 2, 3)))
    np.testing.assert_array_equal(padded[30:], np.full((10, 40, 3), (1, 2, 3)))


def test_resizing_does_not_shift_the_picture():
    ramp = np.repeat(np.arange(200.0)[:, None], 200, 1)
    ramp = np.repeat(ramp[..., None], 3, -1).astype("float32")
    for target in (30, 64, 133, 199, 300):
        resized = images.resize(ramp, target)[:, target // 2, 0]
        expected = (np.arange(target) + 0.5) * 200 / target - 0.5
        inner = slice(target // 10, -target // 10)
        error = np.abs(resized[inner] - expected[inner]).max()
        assert error < 0.2, target


def test_floats_stay_in_the_range_of_the_picture():
    edge = np.zeros((9, 40, 3), "float32")
    edge[:, 20:] = 255
    for size in (25, 90):
        resized = images.resize(edge, size, "stretch")
        assert resized.min() >= 0 and resized.max() <= 255


def test_hidden_colours_do_not_bleed():
    image = np.zeros((64, 64, 4), "uint8")
    image[..., 1] = 255
    image[16:48, 16:48] = (200, 0, 0, 255)
    resized = images.resize(image, 21)
    seen = resized[resized[..., 3] > 40]
    assert seen[:, 1].max() <= 2
    assert abs(int(seen[:, 0].mean()) - 200) <= 3


def test_grey_arrays_are_resized():
    assert images.resize(np.zeros((9, 9), "uint8"), 4).shape == (4, 4)
    assert images.resize(np.zeros((9, 9, 1), "uint8"), 4).shape == (4, 4, 1)


def test_wrong_arguments_are_refused():
    image = pictures.quadrants()
    with pytest.raises(ValueError, match="Received: 'fit'"):
        images.resize(image, 8, "fit")
    for size in (0, -1, 2.5, (8, 8, 8)):
        with pytest.raises(ValueError, match="size must be a positive int"):
            images.resize(image, size)
    with pytest.raises(ValueError, match="images?.shape"):
        images.resize(image[None], 8)
