"""The same parameters, the same picture as Keras' former class."""

import keras
import numpy as np
import pytest

from keras_productgen.augmentation import ImageDataGenerator
from tests.augmentation.legacy import LegacyGenerator
from tests.augmentation.legacy import smooth_picture

FILL_MODES = ["constant", "nearest", "reflect", "wrap"]
RANGES = {
    "rotation_range": 40,
    "width_shift_range": 0.2,
    "height_shift_range": 0.2,
    "shear_range": 20.0,
    "zoom_range": 0.3,
    "horizontal_flip": True,
    "vertical_flip": True,
}


def both(**arguments):
    return ImageDataGenerator(**arguments), LegacyGenerator(**arguments)


def share_within(a, b, levels=1.0):
    return np.mean(np.abs(np.float64(a) - np.float64(b)) <= levels)


@pytest.mark.parametrize("dtype", ["float32", "uint8", "float64"])
@pytest.mark.parametrize("order", [0, 1, 3])
@pytest.mark.parametrize("fill_mode", FILL_MODES)
def test_same_parameters_give_the_same_picture(fill_mode, order, dtype):
    ours, legacy = both(
        fill_mode=fill_mode, cval=17, interpolation_order=order, **RANGES
    )
    for seed in range(8):
        image = smooth_picture(seed).astype(dtype)
        parameters = legacy.get_random_transform(image.shape, seed)
        expected = legacy.apply_transform(image, parameters)
        picture = ours.apply_transform(image, parameters)
        assert picture.dtype == image.dtype
        assert share_within(picture, expected) >= 0.999


@pytest.mark.parametrize("fill_mode", FILL_MODES)
@pytest.mark.parametrize(
    "parameters",
    [
        {"theta": 90},
        {"theta": -30},
        {"tx": 5},
        {"ty": -3.25},
        {"tx": 200, "ty": -150},
        {"shear": 25},
        {"zx": 0.5},
        {"zy": 3},
        {"flip_horizontal": True},
        {"theta": 12, "zx": 2, "zy": 2, "flip_vertical": True},
    ],
)
def test_pictures_that_are_not_square_match_too(parameters, fill_mode):
    ours, legacy = both(fill_mode=fill_mode, cval=200)
    image = smooth_picture(0, 40, 72)
    expected = legacy.apply_transform(image, parameters)
    assert share_within(ours.apply_transform(image, parameters), expected) == 1


@pytest.mark.parametrize("channels", [1, 3, 4])
@pytest.mark.parametrize("brightness", [0.3, 1.0, 1.7])
@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_tones_match(brightness, channels, scale):
    ours, legacy = both()
    image = smooth_picture(3, channels=channels) * scale - (scale - 1) * 20
    parameters = {
        "theta": 20,
        "channel_shift_intensity": -35.5,
        "brightness": brightness,
    }
    expected = legacy.apply_transform(image, parameters)
    picture = ours.apply_transform(image, parameters)
    assert picture.dtype == expected.dtype
    # Both truncate to whole levels: a hair's breadth can make one of them.
    step = max(1.0, brightness) * 1.01 * max(scale, 1.0)
    assert share_within(picture, expected, step) >= 0.999
    assert share_within(picture, expected, 0.01) >= 0.98


def test_channels_first_is_the_same_picture():
    first = ImageDataGenerator(data_format="channels_first", **RANGES)
    last = ImageDataGenerator(**RANGES)
    image = smooth_picture(1, 40, 56)
    parameters = last.get_random_transform(image.shape, seed=4)
    parameters = {**parameters, "brightness": 1.2}
    moved = first.apply_transform(np.moveaxis(image, -1, 0), parameters)
    expected = last.apply_transform(image, parameters)
    np.testing.assert_array_equal(np.moveaxis(moved, 0, -1), expected)
    again = first.get_random_transform((3, 40, 56), seed=4)
    assert again == last.get_random_transform((40, 56, 3), seed=4)


def test_the_same_seed_draws_the_same_but_for_the_swapped_shifts():
    ours, legacy = both(
        brightness_range=(0.5, 1.5), channel_shift_range=20, **RANGES
    )
    for seed in range(5):
        drawn = ours.get_random_transform((30, 50, 3), seed)
        expected = legacy.get_random_transform((30, 50, 3), seed)
        expected["tx"], expected["ty"] = expected["ty"], expected["tx"]
        assert drawn == expected


@pytest.mark.parametrize("limits", [3, 3.0, [2, 5], [0.1, 0.3], 0.25])
def test_shift_ranges_mean_what_they_meant(limits):
    ours, legacy = both(width_shift_range=limits)
    for seed in range(5):
        drawn = ours.get_random_transform((30, 50, 3), seed)
        expected = legacy.get_random_transform((30, 50, 3), seed)
        assert (drawn["tx"], drawn["ty"]) == (expected["ty"], expected["tx"])


@pytest.mark.parametrize(
    "arguments",
    [
        {"rescale": 1 / 255},
        {"samplewise_center": True, "samplewise_std_normalization": True},
        {"featurewise_center": True, "featurewise_std_normalization": True},
        {"featurewise_center": True, "zca_whitening": True},
        {"featurewise_center": True, "zca_whitening": True, "zca_epsilon": 9.0},
        {"preprocessing_function": lambda x: x[..., ::-1] + 1, "rescale": 2},
    ],
)
def test_standardize_and_fit_match(arguments):
    ours, legacy = both(**arguments)
    images = np.stack([smooth_picture(seed, 8, 8) for seed in range(20)])
    for generator in (ours, legacy):
        generator.fit(images)
    picture = ours.standardize(images[3].copy())
    expected = legacy.standardize(images[3].copy())
    np.testing.assert_allclose(picture, expected, rtol=1e-4, atol=1e-4)


def test_fit_on_augmented_pictures_matches_without_shifts():
    arguments = {"rotation_range": 30, "featurewise_center": True}
    ours, legacy = both(**arguments)
    images = np.stack([smooth_picture(seed, 16, 16) for seed in range(4)])
    for generator in (ours, legacy):
        generator.fit(images, augment=True, rounds=2, seed=3)
    np.testing.assert_allclose(ours.mean, legacy.mean, atol=0.01)


@pytest.mark.parametrize("seed", [0, 5])
def test_flow_gives_the_batches_of_the_former_class(seed):
    # No shifts: the former class swaps them.
    ours, legacy = both(rotation_range=30, zoom_range=0.2, rescale=1 / 255)
    images = np.stack([smooth_picture(k, 24, 24) for k in range(10)])
    labels = np.arange(10)
    flow = ours.flow(images, labels, batch_size=4, seed=seed)
    expected = legacy.flow(images, labels, batch_size=4, seed=seed)
    for _ in range(7):
        x, y = next(flow)
        expected_x, expected_y = next(expected)
        np.testing.assert_array_equal(y, expected_y)
        assert x.dtype == expected_x.dtype == keras.config.floatx()
        assert share_within(x, expected_x, 1 / 255) >= 0.999
