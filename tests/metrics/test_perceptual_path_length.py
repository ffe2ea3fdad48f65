import numpy as np
import pytest
from keras import ops

from keras_productgen import models
from keras_productgen.metrics import perceptual_path_length
from keras_productgen.metrics.perceptual_path_length import slerp


def plane(latents):
    """Pictures of 2 x 2 pixels whose values are the latents' own."""
    return ops.reshape(latents, (-1, 2, 2, 3)) * 10.0 + 128.0


def squared_difference(one, other):
    return ops.sum((one - other) ** 2, axis=(1, 2, 3)) / 100.0


def length(generate=plane, **settings):
    settings = dict(latent_dim=12, distance=squared_difference) | settings
    return perceptual_path_length(generate, **settings)


def test_an_arc_is_as_long_as_its_angle():
    start, end = np.array([[2.0, 0.0]]), np.array([[0.0, 3.0]])
    half = slerp(start, end, np.array([[0.5]]))
    np.testing.assert_allclose(half, [[np.sqrt(0.5), np.sqrt(0.5)]])
    np.testing.assert_allclose(
        slerp(start, end, np.array([[1.0]])), [[0, 1]], atol=1e-12
    )


@pytest.mark.backends
def test_length_of_straight_pictures_is_that_of_the_latents_way():
    # Angles between random directions are near a right one: (pi / 2)^2 * 12.
    mean, error = length(num_samples=400)
    assert mean == pytest.approx(12 * (np.pi / 2) ** 2, rel=0.12)
    assert 0.0 < error < 0.1 * mean


def test_a_straight_way_is_as_long_as_the_ends_are_apart():
    mean, error = length(num_samples=400, mapping=lambda latents: 3.0 * latents)
    # Two normal numbers differ with variance 2; 12 of them, thrice as large.
    assert mean == pytest.approx(9 * 2 * 12, abs=5 * error)


@pytest.mark.parametrize("epsilon", [1e-4, 1e-2, 0.1])
def test_the_step_does_not_change_the_length(epsilon):
    mean, _ = length(num_samples=100, epsilon=epsilon)
    assert mean == pytest.approx(length(num_samples=100).mean, rel=0.01)


def test_twice_the_change_is_four_times_the_length():
    expected = 4 * length(num_samples=100).mean
    twice, _ = length(
        lambda latents: 2.0 * plane(latents) - 128.0, num_samples=100
    )
    assert twice == pytest.approx(expected, rel=1e-3)


def test_a_constant_picture_has_no_length():
    mean, error = length(lambda latents: plane(latents) * 0.0, num_samples=100)
    assert mean == error == 0.0


def test_outliers_are_left_out():
    def with_outlier(one, other):
        values = squared_difference(one, other)
        return values + ops.cast(ops.arange(values.shape[0]) == 3, "float32")

    plain = length(num_samples=200, batch_size=200)
    spoiled = length(num_samples=200, batch_size=200, distance=with_outlier)
    assert spoiled.mean == pytest.approx(plain.mean, rel=0.02)


def test_same_seed_gives_the_same_length_in_any_batches():
    first = length(num_samples=120, seed=3)
    again = length(num_samples=120, seed=3, batch_size=50)
    assert again == pytest.approx(first, rel=1e-4)
    assert length(num_samples=120, seed=4) != first


def test_measures_a_gan_as_it_is():
    model = models.DCGAN(image_size=32, latent_dim=8, width=4, seed=0)
    mean, error = perceptual_path_length(model, num_samples=100)
    assert np.isfinite([mean, error]).all() and mean > 0.0


@pytest.mark.parametrize(
    "settings, message",
    [
        (dict(latent_dim=None), "latent_dim"),
        (dict(num_samples=99), "num_samples=99"),
        (dict(epsilon=1e-6), "epsilon"),
        (dict(epsilon=0.5), "epsilon"),
    ],
)
def test_refuses_nonsense(settings, message):
    with pytest.raises(ValueError, match=message):
        length(**settings)


def test_refuses_small_steps_of_a_generator_in_half_precision():
    model = models.DCGAN(
        image_size=32, latent_dim=8, width=4, dtype="mixed_bfloat16"
    )
    with pytest.raises(ValueError, match="bfloat16"):
        perceptual_path_length(model, num_samples=100)
    mean, _ = perceptual_path_length(model, num_samples=100, epsilon=0.03)
    assert np.isfinite(mean)
