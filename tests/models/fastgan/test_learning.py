import keras
import numpy as np
import pytest

from keras_productgen import models
from tests.models.test_families import RED_AND_BLUE

pytestmark = pytest.mark.slow


def test_condition_chooses_the_color():
    images = np.zeros((64, 16, 16, 3), "float32")
    images[:32, ..., 0] = images[32:, ..., 2] = 255.0
    conditions = {"category": np.repeat([0, 1], 32).astype("int32")}
    model = models.FastGAN(16, 4, 2, categories=RED_AND_BLUE, seed=0)
    model.compile(
        d_optimizer=keras.optimizers.Adam(5e-3, beta_1=0.5),
        g_optimizer=keras.optimizers.Adam(5e-3, beta_1=0.5),
        ema_decay=0.9,
    )
    model.fit(images, conditions, batch_size=32, epochs=50, verbose=0)
    for name, channel in (("red", 0), ("blue", 2)):
        pictures = model.generate(32, 0, conditions={"category": name})
        means = pictures.mean(axis=(0, 1, 2))
        assert means[channel] > 180 and np.delete(means, channel).max() < 75
