import numpy as np
import pytest
from keras import ops

from keras_productgen.metrics import MeanSquaredError
from keras_productgen.metrics import mean_squared_error
from tests.checks import check_config_round_trip
from tests.checks import to_numpy
from tests.metrics.pairs import pair


def error(*args, **options):
    return to_numpy(mean_squared_error(*args, **options))


def test_a_small_case_by_hand():
    reference_images = np.full((2, 2, 2, 1), 100, "uint8")
    images = reference_images.copy()
    images[0, 0, 0], images[0, 1, 1], images[1] = 104, 98, 97
    # (16 + 4) / 4 and 9; in uint8 the difference of 98 would be 254.
    np.testing.assert_allclose(error(reference_images, images), [5.0, 9.0])


@pytest.mark.backends
def test_only_the_mask_counts_and_weighs():
    reference_images = np.zeros((1, 2, 2, 3), "uint8")
    images = np.array([1, 2, 3, 100], "uint8").reshape(1, 2, 2, 1)
    images = np.repeat(images, 3, axis=-1)
    mask = np.array([1, 1, 0.5, 0]).reshape(1, 2, 2, 1)
    value = error(reference_images, images, mask=mask)
    assert value == pytest.approx((1 + 4 + 9 / 2) / 2.5)
    whole = error(reference_images, images, mask=255 * (mask > 0).astype("u1"))
    assert whole == pytest.approx((1 + 4 + 9) / 3)
    assert np.isnan(error(reference_images, images, mask=0 * mask))[0]


@pytest.mark.backends
def test_luma_is_that_of_video():
    white = np.full((1, 2, 2, 3), 255, "uint8")
    value = error(0 * white, white, luma=True)
    assert value == pytest.approx(219.0**2, rel=1e-5)  # From 16 to 235.
    green = white * np.array([0, 1, 0], "uint8")
    value = error(0 * white, green, luma=True)
    assert value == pytest.approx(128.553**2, rel=1e-5)


def test_crop_border_is_the_same_as_cropping():
    reference_images, images = pair()
    value = error(reference_images, images, crop_border=5)
    inside = (slice(None), slice(5, -5), slice(5, -5))
    expected = error(reference_images[inside], images[inside])
    np.testing.assert_allclose(value, expected)
    mask = np.random.default_rng(0).uniform(0, 1, (2, 48, 64, 1))
    value = error(reference_images, images, crop_border=5, mask=mask)
    expected = error(
        reference_images[inside], images[inside], mask=mask[inside]
    )
    np.testing.assert_allclose(value, expected)


def test_a_large_picture_loses_no_digits():
    shape = (1, 1500, 1000, 3)
    images = np.random.default_rng(0).uniform(0, 255, shape).astype("float32")
    expected = np.mean(np.square(images.astype("float64")))
    value = error(np.zeros(shape, "float32"), images)
    assert value == pytest.approx(expected, rel=1e-6)


def test_the_unit_is_that_of_the_range():
    reference_images, images = pair()
    expected = error(reference_images, images) / 127.5**2
    value = error(reference_images / 127.5 - 1.0, images / 127.5 - 1.0, (-1, 1))
    np.testing.assert_allclose(value, expected, rtol=1e-4)


def test_metric_takes_the_mean_over_pictures():
    reference_images, images = pair()
    metric = MeanSquaredError(luma=True, crop_border=3)
    metric.update_state(reference_images, images)
    values = error(reference_images, images, luma=True, crop_border=3)
    assert to_numpy(metric.result()) == pytest.approx(values.mean())
    check_config_round_trip(metric)


@pytest.mark.backends
@pytest.mark.parametrize("dtype", ["uint8", "float32", "float64"])
@pytest.mark.parametrize("crop_border", [0, 5])
def test_arrays_give_what_tensors_give(dtype, crop_border):
    arrays = [images[:, ::-1, 3:].astype(dtype) for images in pair()]
    expected = [
        np.mean((a.astype("float64") - b.astype("float64")) ** 2)
        for a, b in zip(
            *(
                images[:, crop_border : -crop_border or None][
                    :, :, crop_border : -crop_border or None
                ]
                for images in arrays
            )
        )
    ]
    values = error(*arrays, crop_border=crop_border)
    np.testing.assert_allclose(values, expected, rtol=1e-6)
    tensors = [ops.convert_to_tensor(images) for images in arrays]
    values = error(*tensors, crop_border=crop_border)
    np.testing.assert_allclose(values, expected, rtol=1e-5)


def test_pictures_that_are_dark_where_one_looks_first_are_not_refused():
    images = np.zeros((1, 64, 64, 3), "float32")
    images[:, 1::8] = 200.0
    images[0, 0, 0] = 0.5
    assert error(images, images)[0] == 0.0
    with pytest.raises(ValueError, match="values from 0 to 0.5"):
        error(images * (images <= 1.0), images)
