import cv2
import numpy as np
import pytest
from keras import ops

from keras_productgen import backend
from keras_productgen import encoders
from keras_productgen import images
from keras_productgen.metrics import PerceptualDistance
from keras_productgen.metrics import PerceptualNetwork
from keras_productgen.metrics import perceptual_distance
from keras_productgen.metrics.perceptual_distance import maps_distance
from tests.checks import check_config_round_trip
from tests.checks import to_numpy
from tests.encoders.pictures import drawings


@pytest.fixture(scope="module")
def pictures():
    return images.to_uint8(drawings(4, size=96) * 0.8 + 20)


def distances(reference_images, others, **settings):
    return to_numpy(perceptual_distance(reference_images, others, **settings))


def noisy(pictures, sigma):
    noise = np.random.default_rng(0).normal(0.0, sigma, pictures.shape)
    return images.to_uint8(pictures + noise)


def blurred(pictures, sigma):
    return np.array([cv2.GaussianBlur(x, (0, 0), sigma) for x in pictures])


def faded(pictures, share):
    return images.to_uint8(pictures * (1 - share) + 128 * share)


@pytest.mark.backends
def test_a_small_case_by_hand():
    one = np.array([[[[3.0, 4.0]], [[0.0, 2.0]]]], "float32")
    other = np.array([[[[3.0, 4.0]], [[5.0, 0.0]]]], "float32")
    # Directions agree above; below (0, 1) meets (1, 0): 1 a channel, halved.
    found = maps_distance([one], [other], [[10.0, 100.0]])
    assert to_numpy(found)[0] == pytest.approx(55.0, rel=1e-3)


def test_a_picture_is_no_way_from_itself(pictures):
    assert (distances(pictures, pictures.copy()) == 0.0).all()


def test_is_the_same_both_ways(pictures):
    there = distances(pictures, pictures[::-1])
    back = distances(pictures[::-1], pictures)
    np.testing.assert_allclose(there, back, rtol=1e-5)


@pytest.mark.parametrize(
    "damage, amounts",
    [
        (noisy, (5, 15, 40)),
        (blurred, (0.8, 1.5, 3.0)),
        (faded, (0.2, 0.5, 0.8)),
    ],
)
def test_grows_with_the_damage(pictures, damage, amounts):
    rows = [distances(pictures, damage(pictures, x)) for x in amounts]
    assert (np.diff(np.array(rows), axis=0) > 0).all()


def test_a_moved_picture_is_nearer_than_a_noisy_one_of_equal_error(pictures):
    moved = np.roll(pictures, 1, axis=2)
    error = np.square(moved * 1.0 - pictures).mean()
    spoiled = noisy(pictures, np.sqrt(error))
    assert (
        distances(pictures, moved).mean()
        < 0.7 * distances(pictures, spoiled).mean()
    )


def test_large_pictures_are_seen_at_their_own_size():
    # Blurred by a pixel, and made small, it would be the same picture.
    large = drawings(1, size=256)
    near = distances(large, blurred(large, 1.0))[0]
    small, spoiled = (
        images.resize(x[0], 64) for x in (large, blurred(large, 1.0))
    )
    assert near > 2 * distances(small[None], spoiled[None])[0]


def test_value_range_only_changes_the_units(pictures):
    one, other = (x / 127.5 - 1.0 for x in (pictures, noisy(pictures, 20)))
    given = distances(one, other, value_range=(-1, 1))
    expected = distances(pictures, noisy(pictures, 20))
    np.testing.assert_allclose(given, expected, rtol=1e-3)


@pytest.mark.backends
def test_a_picture_can_be_trained_towards_another():
    network = PerceptualNetwork(encoders.product_encoder(64, (4, 6)))
    target = drawings(1).astype("float32")
    start = ops.convert_to_tensor(noisy(target, 20).astype("float32"))
    slope = to_numpy(
        backend.input_gradient(
            lambda x: perceptual_distance(target, x, network=network), start
        )
    )
    assert np.isfinite(slope).all() and np.abs(slope).max() > 0
    step = to_numpy(start) - slope * (4.0 / np.abs(slope).max())
    before, after = (
        distances(target, x, network=network)[0] for x in (start, step)
    )
    assert after < before


def test_metric_is_the_mean_however_batched(pictures):
    others, metric = noisy(pictures, 20), PerceptualDistance()
    metric.update_state(pictures[:2], others[:2])
    metric.update_state(pictures[2:], others[2:])
    expected = distances(pictures, others).mean()
    assert to_numpy(metric.result()) == pytest.approx(expected, rel=1e-4)
    check_config_round_trip(PerceptualDistance(value_range=(0, 1)))


def test_config_holds_no_network_of_the_user():
    network = PerceptualNetwork(encoders.product_encoder(64, (4, 6)))
    with pytest.raises(ValueError, match="network"):
        PerceptualDistance(network=network).get_config()


@pytest.mark.parametrize(
    "one, other, settings",
    [
        (np.ones((1, 64, 64, 3)), np.ones((2, 64, 64, 3)), {}),
        (np.ones((1, 64, 64, 1)), np.ones((1, 64, 64, 1)), {}),
        (np.ones((1, 24, 64, 3)), np.ones((1, 24, 64, 3)), {}),
        (drawings(1) / 255.0, drawings(1) / 255.0, {}),
        (drawings(1), drawings(1), dict(value_range=(1, 0))),
    ],
)
def test_refuses_what_cannot_be_compared(one, other, settings):
    with pytest.raises(ValueError, match="Received"):
        perceptual_distance(one, other, **settings)
