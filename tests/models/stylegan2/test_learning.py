import keras
import numpy as np
import pytest

from keras_productgen import models
from tests.models.test_families import RED_AND_BLUE
from tests.models.test_families import plain_images

pytestmark = pytest.mark.skipif(
    keras.config.backend() != "tensorflow", reason="takes minutes elsewhere"
)


def test_condition_chooses_the_color():
    model = models.StyleGAN2(
        8, 4, 8, 1, categories=RED_AND_BLUE, vectors={"color": 3}, seed=0
    )
    model.compile(
        d_optimizer=keras.optimizers.Adam(5e-3, beta_1=0.0, beta_2=0.99),
        g_optimizer=keras.optimizers.Adam(5e-3, beta_1=0.0, beta_2=0.99),
        path_length_weight=0.0,
        r1_weight=0.1,
        penalty_interval=1,
        ema_decay=0.9,
    )
    colors = {"red": (255, 0, 0), "blue": (0, 0, 255)}
    images = np.concatenate([plain_images(c) for c in colors.values()])
    conditions = {
        "category": np.repeat([0, 1], 64).astype("int32"),
        "color": images[:, 0, 0] / 255.0,
    }
    model.fit(images, conditions, batch_size=32, epochs=40, verbose=0)
    for name, color in colors.items():
        wanted = {"category": name, "color": np.divide(color, 255.0)}
        pictures = model.generate(32, 0, conditions=wanted)
        error = pictures.mean(axis=(0, 1, 2)) - color
        assert np.abs(error).max() < 75, (name, error)
