"""Draws again what it has learned, and not what it has never seen."""

import keras
import numpy as np
import pytest

from keras_productgen import models

pytestmark = pytest.mark.backends


def bars(count, seed):
    """Upright bars of different widths on grey."""
    generator = np.random.default_rng(seed)
    pictures = np.full((count, 8, 8, 3), 100.0, "float32")
    for picture in pictures:
        start = generator.integers(1, 4)
        picture[:, start : start + generator.integers(2, 4)] = (220, 40, 40)
    return pictures


def test_learns_to_draw_its_data_and_leaves_faults_out():
    model = models.Autoencoder(8, latent_dim=4, width=16, seed=0)
    model.compile(keras.optimizers.Adam(3e-3))
    before = model.evaluate(bars(32, 1), verbose=0)
    model.fit(bars(256, 0), batch_size=32, epochs=40, verbose=0)
    assert model.evaluate(bars(32, 1), verbose=0) < 0.3 * before
    faulty = bars(32, 2)
    sound = faulty.copy()
    faulty[:, 5:7, 6:8] = (0, 255, 0)
    drawn = model.predict(faulty, verbose=0)
    nearer = np.abs(drawn - sound) < np.abs(drawn - faulty)
    assert nearer[:, 5:7, 6:8, 1].mean() > 0.8


@pytest.mark.parametrize("arguments", [dict(image_size=20), dict(width=0)])
def test_refuses_numbers_that_make_no_network(arguments):
    (name, value), *_ = arguments.items()
    with pytest.raises(ValueError, match=f"Received: {name}={value}"):
        models.Autoencoder(**arguments)
