import numpy as np
import pytest

from keras_productgen.augmentation import ImageDataGenerator
from tests.augmentation.legacy import smooth_picture


def dot(height=31, width=41):
    image = np.zeros((height, width, 1), np.float32)
    image[height // 2, width // 2] = 255
    return image


def place_of_dot(image):
    return np.unravel_index(image[..., 0].argmax(), image.shape[:2])


def test_width_shift_moves_along_the_width_only():
    generator = ImageDataGenerator(width_shift_range=[8])
    columns = set()
    for seed in range(8):
        row, column = place_of_dot(generator.random_transform(dot(), seed))
        assert row == 15
        columns.add(int(column))
    assert columns == {12, 28}


def test_height_shift_moves_along_the_height_only():
    generator = ImageDataGenerator(height_shift_range=[8])
    rows = set()
    for seed in range(8):
        row, column = place_of_dot(generator.random_transform(dot(), seed))
        assert column == 20
        rows.add(int(row))
    assert rows == {7, 23}


def test_fractions_are_of_the_axis_they_move_along():
    generator = ImageDataGenerator(
        width_shift_range=0.1, height_shift_range=0.1
    )
    drawn = [
        generator.get_random_transform((100, 1000, 3), seed)
        for seed in range(50)
    ]
    assert 80 < max(abs(d["tx"]) for d in drawn) <= 100
    assert 8 < max(abs(d["ty"]) for d in drawn) <= 10


def test_centered_turns_a_wide_picture_about_its_middle():
    turned = ImageDataGenerator(centered=True)
    assert place_of_dot(turned.apply_transform(dot(), {"theta": 33})) == (
        15,
        20,
    )
    former = ImageDataGenerator().apply_transform(dot(), {"theta": 33})
    assert place_of_dot(former) != (15, 20)


def test_constant_fills_with_cval_and_nothing_between():
    image = np.full((20, 20, 3), 100, np.uint8)
    generator = ImageDataGenerator(fill_mode="constant", cval=7)
    picture = generator.apply_transform(image, {"theta": 20, "tx": 3.3})
    assert set(np.unique(picture)) == {7, 100}


def test_nothing_to_do_gives_an_equal_copy():
    image = smooth_picture(0)
    picture = ImageDataGenerator().random_transform(image)
    np.testing.assert_array_equal(picture, image)
    picture[:] = 0
    assert image.max() > 0


@pytest.mark.parametrize("channels", [1, 2, 4, 7])
@pytest.mark.parametrize("fill_mode", ["constant", "nearest", "wrap"])
def test_each_channel_is_moved_alike(channels, fill_mode):
    image = np.repeat(smooth_picture(0, channels=1), channels, axis=-1)
    generator = ImageDataGenerator(fill_mode=fill_mode)
    picture = generator.apply_transform(image, {"theta": 20, "zx": 0.7})
    assert picture.shape == image.shape
    for channel in range(channels):
        np.testing.assert_array_equal(picture[..., channel], picture[..., 0])


def test_a_mask_follows_its_picture_and_keeps_its_values():
    generator = ImageDataGenerator(
        rotation_range=60,
        width_shift_range=0.2,
        zoom_range=0.4,
        horizontal_flip=True,
        brightness_range=(0.9, 1.0),
        channel_shift_range=5,
        fill_mode="constant",
    )
    mask = np.zeros((64, 64, 1), np.int64)
    mask[20:50, 10:40] = 3000
    image = np.repeat(mask > 0, 3, axis=-1) * np.float32(200)
    for seed in range(6):
        picture, moved = generator.random_transform(image, seed, mask=mask)
        assert moved.dtype == np.int64
        assert set(np.unique(moved)) <= {0, 3000}
        agree = (picture[..., :1] > 90) == (moved > 0)
        assert agree.mean() > 0.98
        assert 0 < (moved > 0).mean() < 1


@pytest.mark.parametrize("dtype", [bool, np.int32, np.float16])
def test_masks_of_any_dtype_are_moved(dtype):
    mask = (smooth_picture(0, channels=1) > 100).astype(dtype)
    moved = ImageDataGenerator().transform_mask(mask, {"theta": 10})
    assert moved.dtype == dtype
    assert set(np.unique(moved)) == {0, 1}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"zoom_range": (1, 2, 3)}, r"zoom_range.*Received: zoom_range=\(1"),
        ({"zoom_range": "big"}, "zoom_range"),
        ({"fill_mode": "mirror"}, "Received: fill_mode=mirror"),
        ({"data_format": "last"}, "Received: data_format=last"),
        ({"validation_split": 1.0}, "Received: validation_split=1.0"),
        ({"validation_split": -0.1}, "validation_split"),
        ({"brightness_range": 0.5}, "Received: brightness_range=0.5"),
        ({"brightness_range": (1, 2, 3)}, "brightness_range"),
        ({"interpolation_order": 6}, "interpolation_order"),
        ({"rotation_range": (1, 2)}, r"Received: rotation_range=\(1, 2\)"),
        ({"width_shift_range": []}, "width_shift_range"),
        ({"preprocessing_function": 3}, "preprocessing_function"),
    ],
)
def test_nonsense_is_refused_at_construction(arguments, message):
    with pytest.raises(ValueError, match=message):
        ImageDataGenerator(**arguments)


def test_a_batch_is_not_a_picture():
    with pytest.raises(ValueError, match="three axes"):
        ImageDataGenerator().random_transform(np.zeros((2, 8, 8, 3)))


@pytest.mark.parametrize(
    ("argument", "sets"),
    [
        ("zca_whitening", "featurewise_center"),
        ("featurewise_std_normalization", "featurewise_center"),
        ("samplewise_std_normalization", "samplewise_center"),
    ],
)
def test_normalization_sets_what_it_needs_and_says_so(argument, sets):
    with pytest.warns(UserWarning, match=f"`{argument}=True` sets `{sets}"):
        generator = ImageDataGenerator(**{argument: True})
    assert getattr(generator, sets)


def test_unfitted_normalization_warns_and_leaves_values_alone():
    generator = ImageDataGenerator(featurewise_center=True)
    image = smooth_picture(0)
    with pytest.warns(UserWarning, match="featurewise_center"):
        picture = generator.standardize(image.copy())
    np.testing.assert_array_equal(picture, image)


def test_integers_are_standardized_as_floats():
    generator = ImageDataGenerator(rescale=1 / 255)
    picture = generator.standardize(np.full((2, 2, 3), 51, np.uint8))
    np.testing.assert_allclose(picture, 0.2, rtol=1e-6)
