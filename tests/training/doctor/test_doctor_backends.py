"""What must hold on every backend."""

import keras
import numpy as np
import pytest
from keras import ops

from keras_productgen import backend
from keras_productgen.training import GANDoctor
from tests.augmentation.differentiable import slow_on_jax
from tests.checks import to_numpy
from tests.models.cases import CASES
from tests.models.cases import data_for
from tests.models.cases import state_of
from tests.training.doctor.networks import TinyGAN
from tests.training.doctor.networks import colors
from tests.training.doctor.networks import tiny_discriminator

pytestmark = pytest.mark.backends


@slow_on_jax
def test_watching_does_not_change_the_training():
    states = []
    for is_watched in (False, True):
        keras.utils.set_random_seed(0)
        model = CASES["WGANGP"]()
        model.compile()
        images, conditions = data_for(model)
        data = images if conditions is None else (images, conditions)
        doctor = GANDoctor(
            data, every=3, verbose=0, num_images=32, encoder=colors()
        )
        model.fit(
            images,
            conditions,
            batch_size=10,
            epochs=1,
            verbose=0,
            callbacks=[doctor] if is_watched else [],
        )
        states.append(state_of(model))
    for alone, watched in zip(*states):
        np.testing.assert_array_equal(alone, watched)


def test_weight_gradients_are_those_worked_out_by_hand():
    layer = keras.layers.Dense(1, use_bias=False)
    inputs = ops.convert_to_tensor([[1.0, 2.0], [3.0, 4.0]])
    layer.build((None, 2))
    layer.kernel.assign([[1.0], [-1.0]])
    loss, (gradient,) = backend.weight_gradients(
        lambda: ops.sum(layer(inputs) ** 2), [layer.kernel], layer.variables
    )
    # The outputs are -1 and -1: 2 * (-1 * (1, 2) - 1 * (3, 4)).
    assert float(to_numpy(loss)) == 2.0
    np.testing.assert_allclose(to_numpy(gradient), [[-8.0], [-12.0]])


@slow_on_jax
def test_nan_is_found_and_the_good_weights_come_back():
    middle = keras.layers.Lambda(lambda x: ops.log(x), name="logarithm")
    model = TinyGAN(discriminator=tiny_discriminator(middle), seed=0)
    model.compile()
    images = np.random.default_rng(0).uniform(0, 255, (64, 16, 16, 3))
    doctor = GANDoctor(
        images.astype("float32"), every=50, verbose=0, encoder=colors()
    )
    before = model.get_weights()
    model.fit(
        images.astype("float32"),
        batch_size=32,
        epochs=1,
        verbose=0,
        callbacks=[doctor],
    )
    (finding,) = doctor.findings
    assert finding.name == "nan" and "`logarithm`" in finding.title
    for weight, good in zip(model.get_weights(), before):
        np.testing.assert_array_equal(weight, good)
