"""The split of features, against least squares by NumPy."""

import numpy as np
import pytest

from keras_productgen.models.feature_gan.linear_split import linear_split

COUNT, DIM = 400, 7


@pytest.fixture
def data():
    """Features that a category of three and a vector of two mix into."""
    generator = np.random.default_rng(0)
    category = np.eye(3)[generator.integers(3, size=COUNT)]
    conditions = np.hstack([category, generator.uniform(size=(COUNT, 2))])
    features = 5.0 + generator.normal(size=(COUNT, DIM)) @ generator.normal(
        size=(DIM, DIM)
    )
    features += conditions @ generator.normal(size=(5, DIM), scale=3.0)
    return features, conditions


def standardized(features, split):
    return (features - split["features_mean"]) / split["features_deviation"]


def least_squares(inputs, outputs):
    """The best linear guess at centred outputs, from centred inputs."""
    inputs, outputs = inputs - inputs.mean(0), outputs - outputs.mean(0)
    return inputs @ np.linalg.lstsq(inputs, outputs, rcond=None)[0]


def test_latents_say_nothing_linear_of_the_conditions(data):
    features, conditions = data
    split = linear_split(features, conditions, latent_dim=3, num_hidden=4)
    standard = standardized(features, split)
    assert np.std(least_squares(standard, conditions), axis=0).min() > 0.1
    latents = standard @ split["to_latents"]
    assert np.abs(least_squares(latents, conditions)).max() < 1e-4


def test_latents_have_variance_one_each_and_do_not_correlate(data):
    split = linear_split(*data, latent_dim=3, num_hidden=4)
    latents = standardized(data[0], split) @ split["to_latents"]
    covariance = latents.T @ latents / COUNT
    np.testing.assert_allclose(covariance, np.eye(3), atol=0.02)


def test_without_conditions_all_features_come_back(data):
    features, conditions = data
    split = linear_split(features, conditions[:, :0], DIM, 0)
    standard = standardized(features, split)
    back = standard @ split["to_latents"] @ split["from_latents"]
    np.testing.assert_allclose(back, standard, atol=1e-4)


def test_fewer_latents_are_the_largest_principal_components(data):
    features, conditions = data
    split = linear_split(features, conditions[:, :0], 2, 0)
    standard = standardized(features, split)
    back = standard @ split["to_latents"] @ split["from_latents"]
    left, values, right = np.linalg.svd(standard, full_matrices=False)
    np.testing.assert_allclose(
        back, left[:, :2] * values[:2] @ right[:2], atol=1e-3
    )


def test_guess_at_the_conditions_is_that_of_least_squares(data):
    features, conditions = data
    split = linear_split(features, conditions, latent_dim=3, num_hidden=4)
    standard = standardized(features, split)
    np.testing.assert_allclose(
        standard @ split["to_conditions"],
        least_squares(standard, conditions),
        atol=0.01,
    )


def test_conditions_move_features_as_least_squares_says(data):
    features, conditions = data
    split = linear_split(features, conditions, latent_dim=3, num_hidden=4)
    standard = standardized(features, split)
    centered = conditions - split["conditions_mean"]
    np.testing.assert_allclose(
        centered @ split["from_conditions"],
        least_squares(conditions, standard),
        atol=1e-3,
    )


def test_features_that_never_change_and_few_pictures_give_finite_numbers():
    features = np.random.default_rng(0).normal(size=(4, DIM))
    features[:, 0] = 3.0
    split = linear_split(features, np.ones((4, 2)), latent_dim=5, num_hidden=2)
    for name, values in split.items():
        assert np.isfinite(values).all(), name
    assert np.abs(standardized(features, split)[:, 0]).max() < 1e-6
