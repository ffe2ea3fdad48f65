"""Gradients of both orders, against finite differences."""

import keras
import numpy as np
import pytest
from keras import ops

from keras_productgen import backend
from keras_productgen import layers
from keras_productgen.models.image_model import ImageModel
from tests.checks import to_numpy

pytestmark = pytest.mark.backends


class Probe(ImageModel):
    """Takes one SGD step on a loss of a network and of its slope."""

    def __init__(self, network, loss):
        super().__init__((4, 4, 2))
        self.network = network
        self.scalar_loss = loss
        self.built = True

    def compile(self, optimizer):
        super().compile(optimizer=None)
        self._loss_tracker = None
        optimizer.build(self.network.trainable_weights)
        self.optimizer = backend.OptimizerGroup(optimizer)

    def check_batch(self, images, conditions):
        pass

    @backend.stateful_step
    def train_step(self, data):
        images, _ = self.unpack(data)
        loss = backend.gradient_step(
            lambda: self.scalar_loss(self.network, images),
            self.network.trainable_weights,
            self.optimizer.optimizers[0],
        )
        return {"probe": loss}


def slope_loss(network, images):
    gradients = backend.input_gradient(
        lambda x: network(x, training=True), images
    )
    return ops.mean(ops.sum(gradients**2, axis=(1, 2, 3)))


def network_with(layer):
    images = keras.Input((4, 4, 2))
    x = keras.layers.Conv2D(8, 3, padding="same", activation="tanh")(images)
    x = layer(x)
    x = keras.layers.Conv2D(2, 3, padding="same", activation="tanh")(x)
    x = keras.layers.Flatten()(x)
    return keras.Model(images, keras.layers.Dense(1)(x))


def pictures(count=6):
    generator = np.random.default_rng(0)
    return generator.uniform(0, 255, (count, 4, 4, 2)).astype("float32")


def loss_at(network, images, values):
    for weight, value in zip(network.trainable_weights, values):
        weight.assign(value)
    model = Probe(network, slope_loss)
    model.compile(keras.optimizers.SGD(0.0))
    return model.fit(images, batch_size=6, verbose=0).history["probe"][0]


@pytest.mark.parametrize(
    "layer",
    [
        layers.BatchNormalization(),
        layers.InstanceNormalization(),
        layers.LayerNormalization(),
        layers.SpectralNormalization(keras.layers.Conv2D(3, 3), 200),
    ],
    ids=lambda layer: layer.name,
)
def test_second_derivatives_agree_with_finite_differences(layer):
    network, images = network_with(layer), pictures()
    start = [to_numpy(w.value) for w in network.trainable_weights]
    model = Probe(network, slope_loss)
    model.compile(keras.optimizers.SGD(1.0))
    model.fit(images, batch_size=6, verbose=0)
    gradients = [
        old - to_numpy(w.value)
        for old, w in zip(start, network.trainable_weights)
    ]
    norm = np.sqrt(sum(np.sum(g.astype("float64") ** 2) for g in gradients))
    step = 3e-3 / norm
    ahead, behind = (
        loss_at(
            network,
            images,
            [old + sign * step * g for old, g in zip(start, gradients)],
        )
        for sign in (1, -1)
    )
    assert (ahead - behind) / (2 * step) == pytest.approx(norm**2, rel=5e-3)


def test_dropout_and_batch_statistics_survive_a_gradient_penalty():
    network = network_with(
        keras.Sequential(
            [layers.BatchNormalization(), keras.layers.Dropout(0.5, seed=1)]
        )
    )
    moving = [w for w in network.weights if "moving_mean" in w.path][0]
    before = to_numpy(moving.value)
    model = Probe(network, slope_loss)
    model.compile(keras.optimizers.Adam())
    model.fit(pictures(), batch_size=3, epochs=2, verbose=0)
    assert np.abs(to_numpy(moving.value) - before).max() > 1e-4
    assert np.isfinite(to_numpy(moving.value)).all()


def test_unused_weights_stay_and_do_no_harm():
    network = network_with(keras.layers.Identity())

    def loss(network, images):  # Leaves out all but the first convolution.
        return ops.mean(network.layers[1](images) ** 2)

    before = [to_numpy(w.value) for w in network.trainable_weights]
    model = Probe(network, loss)
    model.compile(keras.optimizers.SGD(0.1))
    model.fit(pictures(), verbose=0)
    moved = [
        np.any(to_numpy(w.value) != old)
        for w, old in zip(network.trainable_weights, before)
    ]
    assert moved == [True, True, False, False, False, False]


def test_a_step_within_a_step_trains_both_networks():
    outer, inner = (network_with(keras.layers.Identity()) for _ in range(2))
    optimizer = keras.optimizers.Adam(0.02)
    optimizer.build(inner.trainable_weights)

    def loss(network, images):
        target = backend.gradient_step(
            lambda: ops.mean((inner(images) - 3.0) ** 2),
            inner.trainable_weights,
            optimizer,
        )
        # Sees `inner` as the step has left it.
        return ops.mean((network(images) - inner(images)) ** 2) + 0.0 * target

    model = Probe(outer, loss)
    model.inner = inner
    model.compile(keras.optimizers.Adam(0.02))
    model.optimizer = backend.OptimizerGroup(
        model.optimizer.optimizers[0], optimizer
    )
    model.fit(pictures(), epochs=100, verbose=0)
    images = model.to_network(pictures())
    np.testing.assert_allclose(to_numpy(inner(images)), 3.0, atol=0.1)
    np.testing.assert_allclose(to_numpy(outer(images)), 3.0, atol=0.3)


def test_slope_at_what_a_network_made_reaches_the_network():
    inputs = keras.Input((4, 4, 2))
    network = keras.Model(inputs, keras.layers.Dense(1, use_bias=False)(inputs))

    def loss(network, images):
        slopes = backend.input_gradient(lambda x: x**3, network(images))
        return ops.mean(slopes**2)

    network.set_weights([np.array([[0.3], [-0.2]])])
    model = Probe(network, loss)
    model.compile(keras.optimizers.SGD(1.0))
    images = pictures()
    model.fit(images, batch_size=6, verbose=0)
    images = images / 127.5 - 1.0
    # The slope of x**3 is 3 x**2, and the loss the mean of 9 x**4.
    made = images @ np.array([0.3, -0.2])
    gradient = (36 * made[..., None] ** 3 * images).mean((0, 1, 2))
    moved = np.array([0.3, -0.2]) - network.get_weights()[0][:, 0]
    np.testing.assert_allclose(moved, gradient, rtol=1e-4)
