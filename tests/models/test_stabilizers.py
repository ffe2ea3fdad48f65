"""The penalties and losses of `compile`, against numbers by hand."""

import keras
import numpy as np
import pytest
from keras import ops

from keras_productgen import layers
from keras_productgen.losses import NonSaturatingLoss
from keras_productgen.models.stabilizers import Stabilizers
from tests.backend.test_gradients import Probe
from tests.backend.test_gradients import network_with
from tests.backend.test_gradients import pictures
from tests.checks import to_numpy

OFF = {**dict.fromkeys(Stabilizers.NAMES, 0.0), "penalty_interval": 1}
PENALTIES = ("r1_weight", "r2_weight", "gradient_penalty_weight")


def images_of(seed):
    values = np.random.default_rng(seed).uniform(-1, 1, (5, 4, 4, 3))
    return values.astype("float32")


def bent(images):
    """A discriminator whose slope differs from place to place."""
    images = ops.convert_to_tensor(images)
    return ops.sum(ops.sin(2.0 * images) * images, axis=(1, 2, 3))


def slope_of_bent(images):
    """By finite differences, in double precision."""
    images, step = images.astype("float64"), 1e-5
    ahead, behind = (
        np.sin(2.0 * (images + move)) * (images + move)
        for move in (step, -step)
    )
    return (ahead - behind) / (2 * step)


def penalty(real, fake, **settings):
    seed = keras.random.SeedGenerator(3)
    stabilizers = Stabilizers(**{**OFF, **settings})
    total = stabilizers.penalty(
        bent, ops.convert_to_tensor(real), ops.convert_to_tensor(fake), 0, seed
    )
    return float(to_numpy(total))


@pytest.mark.backends
def test_penalties_agree_with_finite_differences():
    real, fake = images_of(0), images_of(1)
    squares = [
        np.mean(np.sum(slope_of_bent(images) ** 2, axis=(1, 2, 3)))
        for images in (real, fake)
    ]
    for name, square in zip(PENALTIES, squares):
        assert penalty(real, fake, **{name: 0.5}) == pytest.approx(
            0.5 * square, rel=1e-4
        )
    together = penalty(real, fake, r1_weight=2.0, r2_weight=3.0)
    assert together == pytest.approx(
        2.0 * squares[0] + 3.0 * squares[1], rel=1e-4
    )


@pytest.mark.backends
def test_gradient_penalty_stands_between_real_and_fake():
    real, fake = images_of(0), images_of(1)
    seed = keras.random.SeedGenerator(3)
    mix = to_numpy(keras.random.uniform((5, 1, 1, 1), seed=seed))
    slope = slope_of_bent(mix * real + (1 - mix) * fake)
    norms = np.sqrt(np.sum(slope**2, axis=(1, 2, 3)))
    expected = 10.0 * np.mean((norms - 1.0) ** 2)
    assert penalty(real, fake, gradient_penalty_weight=10.0) == pytest.approx(
        expected, rel=1e-4
    )


def lazy_run(weight, interval, num_steps):
    """Trains a network on the penalty alone, in a graph.

    Returns:
        The penalty of each step, and all weights after each.
    """
    keras.utils.set_random_seed(0)
    network = network_with(layers.BatchNormalization())
    settings = {"r1_weight": weight, "penalty_interval": interval}
    stabilizers = Stabilizers(**{**OFF, **settings})
    optimizer = keras.optimizers.SGD(0.1)

    def loss(network, images):
        return stabilizers.penalty(
            lambda x: network(x, training=True),
            images,
            images,
            optimizer.iterations,
            model.seed_generator,
        )

    model = Probe(network, loss)
    model.compile(optimizer)
    penalties, weights = [], []
    for _ in range(num_steps):
        logs = model.train_on_batch(pictures(), return_dict=True)
        penalties.append(float(logs["probe"]))
        weights.append([to_numpy(w.value) for w in network.weights])
    return penalties, weights


@pytest.mark.backends
def test_lazy_penalty_is_the_full_one_when_due_and_absent_in_between():
    lazy, weights = lazy_run(0.5, 2, 4)
    full, expected = lazy_run(1.0, 1, 2)
    assert lazy[1] == lazy[3] == 0.0
    # The third and fourth steps of the lazy run are the second of the other.
    np.testing.assert_allclose([lazy[0], lazy[2]], full, rtol=1e-5)
    for step, reference in enumerate([0, 0, 1, 1]):
        for ours, theirs in zip(weights[step], expected[reference]):
            np.testing.assert_allclose(ours, theirs, atol=1e-6)
    moved = [np.any(a != b) for a, b in zip(expected[0], expected[1])]
    assert all(moved[:2])


@pytest.mark.backends
def test_label_smoothing_is_the_cross_entropy_with_a_lower_label():
    generator = np.random.default_rng(0)
    real, fake = generator.normal(size=(2, 50, 1)).astype("float32") * 3

    def cross_entropy(label, logits):
        probability = 1 / (1 + np.exp(-logits.astype("float64")))
        return -np.mean(
            label * np.log(probability) + (1 - label) * np.log(1 - probability)
        )

    loss = NonSaturatingLoss(label_smoothing=0.1)
    logits = ops.convert_to_tensor(real), ops.convert_to_tensor(fake)
    expected = cross_entropy(0.9, real) + cross_entropy(0.0, fake)
    assert float(to_numpy(loss.discriminator(*logits))) == pytest.approx(
        expected, rel=1e-5
    )
    # The generator still aims at 1: the smoothing is one-sided.
    assert float(to_numpy(loss.generator(logits[1]))) == pytest.approx(
        cross_entropy(1.0, fake), rel=1e-5
    )


@pytest.mark.parametrize("smoothing", [-0.1, 1.0])
def test_smoothings_that_leave_no_label(smoothing):
    with pytest.raises(ValueError, match=f"label_smoothing={smoothing}"):
        NonSaturatingLoss(smoothing)
