import keras
import numpy as np
import pytest

from keras_productgen import models
from tests.checks import check_config_round_trip
from tests.checks import to_numpy
from tests.models.cases import fit

pytestmark = pytest.mark.backends


def test_is_constant_and_then_falls_to_zero():
    rate = models.LinearDecay(2.0, constant_steps=3, decay_steps=4)
    rates = [float(to_numpy(rate(step))) for step in range(9)]
    np.testing.assert_allclose(rates, [2, 2, 2, 2, 1.5, 1, 0.5, 0, 0])


def test_trains_and_survives_saving(tmp_path):
    model = models.DCGAN(8, latent_dim=4, width=4, seed=0)
    rates = [models.LinearDecay(1e-3, 2, 2) for _ in range(2)]
    model.compile(*[keras.optimizers.Adam(rate) for rate in rates])
    fit(model, epochs=1)
    model.save(tmp_path / "model.keras")
    loaded = keras.saving.load_model(tmp_path / "model.keras")
    assert float(loaded.d_optimizer.learning_rate) == 0.0
    before = [to_numpy(w.value) for w in loaded.generator.trainable_weights]
    fit(loaded, epochs=1)
    after = loaded.generator.trainable_weights
    for old, weight in zip(before, after, strict=True):
        np.testing.assert_array_equal(to_numpy(weight.value), old)


def test_config_round_trip():
    check_config_round_trip(models.LinearDecay(2e-4, 100, 200))


@pytest.mark.parametrize("steps", [(-1, 5), (0, 0)])
def test_refuses_no_steps(steps):
    with pytest.raises(ValueError, match=f"decay_steps={steps[1]}"):
        models.LinearDecay(1e-3, *steps)
