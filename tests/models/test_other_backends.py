"""Models trained on one backend make the same pictures on another."""

import importlib.util
import os
import subprocess
import sys

import keras
import numpy as np
import pytest

from tests.models.cases import CASES
from tests.models.cases import conditions_of_one
from tests.models.cases import fit

TRAIN_AND_SAVE = """
import sys
import keras
import numpy as np
from tests.models.cases import CASES, conditions_of_one, fit

for name, make in CASES.items():
    model = make()
    model.compile()
    fit(model)
    model.save(f"{sys.argv[1]}/{name}.keras")
    pictures = model.generate(4, seed=3, conditions=conditions_of_one(model))
    np.save(f"{sys.argv[1]}/{name}.npy", pictures)
"""


@pytest.fixture(
    scope="module",
    params=[pytest.param("jax", marks=pytest.mark.slow), "torch"],
)
def trained_elsewhere(request, tmp_path_factory):
    backend = request.param
    if importlib.util.find_spec(backend) is None:
        pytest.skip(f"{backend} is not installed")
    if keras.config.backend() != "tensorflow":
        pytest.skip("this test loads on TensorFlow")
    directory = tmp_path_factory.mktemp(backend)
    subprocess.run(
        [sys.executable, "-c", TRAIN_AND_SAVE, str(directory)],
        env={**os.environ, "KERAS_BACKEND": backend},
        check=True,
    )
    return directory


@pytest.mark.parametrize("name", CASES)
def test_weights_from_elsewhere_make_the_same_pictures(trained_elsewhere, name):
    model = keras.saving.load_model(trained_elsewhere / f"{name}.keras")
    pictures = model.generate(4, seed=3, conditions=conditions_of_one(model))
    theirs = np.load(trained_elsewhere / f"{name}.npy")
    # To 1e-4 of what the network gives, which is in [-1, 1].
    np.testing.assert_allclose(pictures / 127.5, theirs / 127.5, atol=1e-4)


@pytest.mark.parametrize("name", CASES)
def test_model_from_elsewhere_trains_on(trained_elsewhere, name):
    model = keras.saving.load_model(trained_elsewhere / f"{name}.keras")
    assert int(model.g_optimizer.iterations) == 4
    history = fit(model).history
    assert int(model.g_optimizer.iterations) == 8
    assert np.isfinite([history["d_loss"], history["g_loss"]]).all()
