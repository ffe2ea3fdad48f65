import numpy as np
import pytest

from keras_productgen.metrics import NoiseLevel
from keras_productgen.metrics import noise_level
from tests.checks import check_config_round_trip
from tests.checks import to_numpy
from tests.encoders.pictures import drawings


def noisy(pictures, sigma, seed=0):
    noise = np.random.default_rng(seed).normal(0.0, sigma, pictures.shape)
    return np.clip(np.rint(pictures + noise), 0, 255).astype("uint8")


def measured(pictures, **settings):
    return to_numpy(noise_level(pictures, **settings))


@pytest.mark.backends
@pytest.mark.parametrize("sigma", [3, 6, 10, 20, 40])
def test_finds_the_noise_that_was_added(sigma):
    found = measured(noisy(drawings(4, size=96), sigma))
    np.testing.assert_allclose(found, sigma, rtol=0.1)


def test_clipped_noise_of_a_white_ground_is_not_taken_for_less():
    picture = np.full((1, 96, 96, 3), 255, "uint8")
    picture[:, 32:64, 32:64] = 120
    found = measured(noisy(picture, 20))
    np.testing.assert_allclose(found, 20, rtol=0.15)


def test_edges_and_slopes_are_no_noise():
    slope = np.linspace(0, 255, 96)[None, None, :, None]
    slope = np.broadcast_to(slope, (1, 96, 96, 3)).astype("float32")
    assert measured(slope)[0] < 0.1
    assert measured(drawings(4)).max() < 0.5


def test_pictures_of_a_batch_do_not_mix():
    one, other = noisy(drawings(1), 5), noisy(drawings(1, seed=1), 30)
    together = measured(np.concatenate([one, other]))
    np.testing.assert_allclose(
        together, [measured(one)[0], measured(other)[0]], rtol=1e-5
    )


def test_value_range_only_changes_the_units():
    pictures = noisy(drawings(2), 10).astype("float32")
    given = measured(pictures / 127.5 - 1.0, value_range=(-1, 1))
    np.testing.assert_allclose(given, measured(pictures), rtol=1e-3)


def test_metric_is_the_mean_however_batched():
    pictures = np.concatenate([noisy(drawings(3), 5), noisy(drawings(2), 30)])
    metric = NoiseLevel()
    metric.update_state(pictures[:4])
    metric.update_state(pictures[4:])
    expected = measured(pictures).mean()
    assert to_numpy(metric.result()) == pytest.approx(expected, rel=1e-5)
    check_config_round_trip(NoiseLevel(value_range=(0, 1)))


@pytest.mark.parametrize(
    "pictures, settings",
    [
        (np.zeros((1, 7, 64, 3)), {}),
        (np.zeros((64, 64, 3)), {}),
        (np.zeros((1, 64, 64, 1)), {}),
        (np.zeros((0, 64, 64, 3)), {}),
        (drawings(1) / 255.0, {}),
        (drawings(1), dict(value_range=(1, 0))),
        (drawings(1), dict(flat_share=0.0)),
    ],
)
def test_refuses_what_cannot_be_measured(pictures, settings):
    with pytest.raises(ValueError, match="Received"):
        noise_level(pictures, **settings)
