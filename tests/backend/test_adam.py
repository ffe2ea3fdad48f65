"""Adam, however it is applied, is Adam."""

import keras
import numpy as np
import pytest

from keras_productgen.models import DCGAN
from tests.checks import to_numpy

pytestmark = pytest.mark.backends

RATE = keras.optimizers.schedules.ExponentialDecay(5e-3, 2, 0.5)
SETTINGS = {
    "plain": {},
    "a schedule": {"learning_rate": RATE},
    "other betas": {"beta_1": 0.0, "beta_2": 0.9, "epsilon": 1e-3},
    "clipped": {"global_clipnorm": 0.01},
    "decayed": {"weight_decay": 0.1},
    "amsgrad": {"amsgrad": True},
    "accumulated": {"gradient_accumulation_steps": 2},
}


class SlowAdam(keras.optimizers.Adam):
    """Not `keras.optimizers.Adam` itself, so that Keras applies it."""


def trained(optimizer_class, settings):
    keras.utils.set_random_seed(0)
    model = DCGAN(image_size=8, latent_dim=4, width=4, seed=0)
    settings = {"learning_rate": 2e-3, **settings}
    model.compile(
        d_optimizer=optimizer_class(**settings),
        g_optimizer=optimizer_class(**settings),
    )
    images = np.random.default_rng(0).uniform(0, 255, (40, 8, 8, 3))
    model.fit(images.astype("float32"), batch_size=10, shuffle=False, verbose=0)
    variables = [*model.weights, *model.optimizer.variables]
    return [to_numpy(v.value).astype("float64") for v in variables]


@pytest.mark.parametrize("settings", SETTINGS.values(), ids=SETTINGS)
def test_trains_as_when_keras_applies_it(settings):
    ours = trained(keras.optimizers.Adam, settings)
    theirs = trained(SlowAdam, settings)
    for mine, its in zip(ours, theirs, strict=True):
        np.testing.assert_allclose(mine, its, atol=2e-4)
