import keras
import numpy as np
import pytest

from keras_productgen.layers import MinibatchStandardDeviation
from tests.checks import check_config_round_trip
from tests.checks import to_numpy

pytestmark = pytest.mark.backends


def appended(features, group_size=4):
    """The map that the layer appends, one number a picture."""
    features = np.asarray(features, "float32")
    outputs = to_numpy(MinibatchStandardDeviation(group_size)(features))
    assert outputs.shape == (*features.shape[:-1], features.shape[-1] + 1)
    np.testing.assert_array_equal(outputs[..., :-1], features)
    numbers = outputs[:, 0, 0, -1]
    expected = np.broadcast_to(numbers[:, None, None], outputs[..., -1].shape)
    np.testing.assert_array_equal(outputs[..., -1], expected)
    return numbers


def test_deviation_of_each_group_by_hand():
    features = np.random.default_rng(0).normal(size=(8, 2, 3, 5))
    features[1::2] *= 10.0
    numbers = appended(features)
    for group in (slice(0, None, 2), slice(1, None, 2)):
        expected = features[group].std(axis=0).mean()
        np.testing.assert_allclose(numbers[group], expected, rtol=1e-4)


def test_last_group_is_filled_up_with_the_first_pictures():
    features = np.random.default_rng(0).normal(size=(3, 2, 2, 1))
    expected = features[[0, 1, 2, 0]].std(axis=0).mean()
    np.testing.assert_allclose(appended(features), expected, rtol=1e-4)


@pytest.mark.parametrize("count", [1, 2, 5])
def test_same_pictures_do_not_vary(count):
    features = np.ones((count, 2, 2, 3))
    np.testing.assert_allclose(appended(features), 1e-4, rtol=1e-3)


def test_any_number_of_pictures_in_one_model():
    images = keras.Input((2, 2, 3))
    model = keras.Model(images, MinibatchStandardDeviation()(images))
    for count in (8, 5):
        features = np.random.default_rng(0).normal(size=(count, 2, 2, 3))
        outputs = model.predict(features.astype("float32"), verbose=0)
        np.testing.assert_allclose(
            outputs[:, 0, 0, -1], appended(features), rtol=1e-4
        )


def test_refuses_groups_of_one():
    with pytest.raises(ValueError, match="Received: group_size=1"):
        MinibatchStandardDeviation(1)


def test_config_round_trip():
    check_config_round_trip(MinibatchStandardDeviation(8))
