import numpy as np
import pytest
from keras import ops

from keras_productgen.augmentation import AdaptiveAugment
from tests.augmentation.differentiable import check_gradient
from tests.augmentation.differentiable import pictures
from tests.augmentation.differentiable import slow_on_jax
from tests.checks import check_config_round_trip
from tests.checks import to_numpy


def test_probability_of_zero_leaves_pictures_alone():
    images = pictures()
    kept = to_numpy(AdaptiveAugment(seed=0)(images, training=True))
    np.testing.assert_allclose(kept, images, atol=1e-6)
    layer = AdaptiveAugment(initial_probability=1.0, seed=0)
    np.testing.assert_array_equal(to_numpy(layer(images)), images)


@slow_on_jax
@pytest.mark.backends
def test_gradients_reach_the_images():
    check_gradient(
        lambda: AdaptiveAugment(initial_probability=0.8, seed=2), pictures()
    )


def probability_of(layer):
    return float(to_numpy(layer.probability.value))


@pytest.mark.backends
def test_probability_moves_by_the_images_seen_every_interval():
    layer = AdaptiveAugment(interval=2, kimg=1, initial_probability=0.5)
    sure = ops.ones((10, 1))
    layer.observe(sure)
    assert probability_of(layer) == 0.5
    layer.observe(sure)
    assert probability_of(layer) == pytest.approx(0.5 + 20 / 1000)
    for _ in range(4):
        layer.observe(-sure)
    assert probability_of(layer) == pytest.approx(0.5 - 20 / 1000)


def test_mean_of_the_signs_is_held_against_the_target():
    logits = np.full((10, 2, 2, 1), 0.1, "float32")
    logits[:3] = -7.0  # The mean of the signs is 0.4.
    for target, direction in ((0.3, 1), (0.5, -1)):
        layer = AdaptiveAugment(target, 1, 1, initial_probability=0.5)
        layer.observe(ops.convert_to_tensor(logits))
        moved = 0.5 + direction * 10 / 1000
        assert probability_of(layer) == pytest.approx(moved)


@pytest.mark.parametrize("sign, end", [(1.0, 1.0), (-1.0, 0.0)])
def test_probability_never_leaves_its_range(sign, end):
    layer = AdaptiveAugment(interval=1, kimg=0.02, initial_probability=0.5)
    for _ in range(3):
        layer.observe(sign * ops.ones((15, 1)))
    assert probability_of(layer) == end


def test_config_round_trip():
    check_config_round_trip(AdaptiveAugment(0.5, 2, 100, 0.25, seed=7))


@pytest.mark.parametrize(
    "settings",
    [
        {"target": 1.5},
        {"interval": 0},
        {"kimg": 0},
        {"initial_probability": -0.1},
        {"initial_probability": 1.5},
    ],
)
def test_settings_out_of_range(settings):
    ((name, value),) = settings.items()
    with pytest.raises(ValueError, match=f"Received: {name}={value}"):
        AdaptiveAugment(**settings)


def test_pictures_without_three_channels():
    with pytest.raises(ValueError, match="Received: channels=1"):
        AdaptiveAugment()(pictures()[..., :1], training=True)
