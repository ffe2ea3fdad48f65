import numpy as np
import pytest

from keras_productgen.editing import latents as space
from keras_productgen.editing.latents import principal
from tests.editing.latents import toys
from tests.models.cases import CASES
from tests.models.cases import conditions_of_one


def test_axes_are_the_planted_ones():
    generator = np.random.default_rng(0)
    hidden = generator.normal(size=(400, 2)) * (5.0, 2.0)
    planted, _ = np.linalg.qr(generator.normal(size=(30, 2)))
    noise = 0.01 * generator.normal(size=(400, 30))
    rows = hidden @ planted.T + 7.0 + noise
    deviations, axes = principal.principal_axes(rows)
    np.testing.assert_allclose(deviations[:2], hidden.std(axis=0), rtol=0.02)
    assert (np.abs(np.sum(axes[:, :2] * planted, axis=0)) > 0.995).all()


def test_inputs_that_move_the_outputs_are_found_behind_an_activation():
    inputs = np.random.default_rng(0).normal(size=(500, 6))
    wide = np.concatenate([inputs[:, [4]], -inputs[:, [4]]], axis=1)
    outputs = np.maximum(3.0 * wide, 0.0) @ np.ones((2, 20)) * 2.0  # Even.
    outputs[:, :5] += 4.0 * inputs[:, [2]]
    moves, axes = principal.principal_inputs(inputs, outputs)
    assert abs(axes[2, 0]) > 0.9
    assert moves[0] == pytest.approx(4.0 * np.sqrt(5), rel=0.1)


def test_finds_the_latent_that_moves_the_first_maps():
    model = toys.dcgan()
    dense = model.ema_generator.layers[1]
    kernel = dense.get_weights()[0] * np.reshape([0.1, 0.1, 1.0, 0.3], (4, 1))
    dense.set_weights([kernel])
    first, second = space.principal_directions(model, 2, 200)
    assert first.vector[2] > 0.95
    assert second.vector[3] > 0.9
    assert first.score > second.score > 0.0


def test_styles_vary_most_along_the_first_direction():
    model = toys.stylegan2()
    directions = space.principal_directions(model, 4, 100, seed=1)
    styles = model.map(model.numbered_latents(100, seed=1))[:, 0]
    values, vectors = np.linalg.eigh(np.cov(styles.T, bias=True))
    assert all(direction.of_styles for direction in directions)
    scores = [direction.score for direction in directions]
    np.testing.assert_allclose(scores, np.sqrt(values[::-1]), rtol=1e-3)
    assert abs(directions[0].vector @ vectors[:, -1]) > 0.999


@pytest.mark.parametrize("name", sorted({*CASES} - {"FeatureGAN"}))
def test_every_model_has_principal_directions(name):
    model = CASES[name]()
    asked = conditions_of_one(model)
    again, directions = (
        space.principal_directions(model, 2, 20, 5, asked) for _ in range(2)
    )
    for direction, same in zip(directions, again, strict=True):
        assert np.linalg.norm(direction.vector) == pytest.approx(1.0)
        np.testing.assert_allclose(direction.vector, same.vector, atol=1e-3)


def test_refuses_too_few_pictures():
    with pytest.raises(ValueError, match="above .*4. Received: num_samples=4"):
        space.principal_directions(toys.dcgan(), 2, num_samples=4)
    with pytest.raises(ValueError, match="num=0"):
        space.principal_directions(toys.dcgan(), 0)
    with pytest.raises(ValueError, match="type FeatureGAN"):
        space.principal_directions(CASES["FeatureGAN"](), 1)
