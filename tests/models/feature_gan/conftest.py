import keras
import numpy as np
import pytest

from keras_productgen import models

CATEGORIES = {"category": ["plain", "striped"]}


@pytest.fixture
def encoder():
    """Takes the means of 2 x 2 places: 48 features that tell the colours."""
    images = keras.Input((8, 8, 3))
    x = keras.layers.AveragePooling2D(2)(images)
    return keras.Model(images, keras.layers.Flatten()(x), name="means")


@pytest.fixture
def striped():
    """Pictures of a colour each, half of them striped, and what they are."""
    generator = np.random.default_rng(0)
    colors = generator.uniform(size=(128, 3)).astype("float32")
    category = np.arange(128, dtype="int32") % 2
    images = np.broadcast_to(255.0 * colors[:, None, None], (128, 8, 8, 3))
    images = images.astype("float32")
    images[1::2, ::4] = 0.0
    images[1::2, 1::4] = 0.0
    return images, {"category": category, "color": colors}


@pytest.fixture
def make(encoder):
    def made(**kwargs):
        keras.utils.set_random_seed(0)
        settings = dict(image_size=8, width=4, encoder=encoder, seed=0)
        return models.FeatureGAN(**{**settings, **kwargs})

    return made


@pytest.fixture
def conditional(make):
    return make(categories=CATEGORIES, vectors={"color": 3}, latent_dim=20)
