import keras
import numpy as np
import pytest

from keras_productgen import export
from keras_productgen import models


def vivid(model):
    """Gives an untrained model the contrast of a trained one."""
    for weight in model.ema_generator.weights:
        if "kernel" in weight.path:
            weight.assign(weight * 6.0)
    return model


@pytest.fixture(scope="session")
def plain_model():
    keras.utils.set_random_seed(0)
    return vivid(models.DCGAN(image_size=16, latent_dim=8, width=8))


@pytest.fixture(scope="session")
def conditional_model():
    keras.utils.set_random_seed(1)
    return vivid(
        models.ConditionalGAN(
            categories={"category": ["dress", "hat", "shoes"], "pattern": 4},
            vectors={"color": 3},
            image_size=8,
            latent_dim=6,
            width=4,
            value_range=(-1, 1),
        )
    )


@pytest.fixture(scope="session")
def plain_version(plain_model, tmp_path_factory):
    directory = tmp_path_factory.mktemp("models") / "plain"
    return export.saved_model(plain_model, directory)


@pytest.fixture(scope="session")
def conditional_version(conditional_model, tmp_path_factory):
    directory = tmp_path_factory.mktemp("models") / "conditional"
    return export.saved_model(conditional_model, directory)


@pytest.fixture
def conditions():
    generator = np.random.default_rng(0)
    return {
        "category": np.array([0, 2, 1, 1], "int32"),
        "pattern": np.array([3, 0, 1, 2], "int32"),
        "color": generator.uniform(size=(4, 3)).astype("float32"),
    }
