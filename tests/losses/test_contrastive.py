import keras
import numpy as np
import pytest

from keras_productgen.losses import NTXentLoss
from keras_productgen.losses import nt_xent
from tests.checks import check_config_round_trip
from tests.checks import to_numpy

pytestmark = pytest.mark.backends
IDS = np.array([0, 1, 0, 1])


def test_hand_computed_value():
    # Two views alike, the others at a right angle; lengths do not matter.
    embeddings = np.array([[1, 0], [0, 2], [3, 0], [0, 4]], "float32")
    expected = -np.log(np.exp(2.0) / (np.exp(2.0) + 2.0))
    losses = to_numpy(nt_xent(IDS, embeddings, temperature=0.5))
    np.testing.assert_allclose(losses, np.full(4, expected), rtol=1e-5)


def test_views_that_say_nothing_cost_the_logarithm_of_the_choices():
    embeddings = np.ones((4, 3), "float32")
    losses = to_numpy(nt_xent(IDS[:, None], embeddings))
    np.testing.assert_allclose(losses, np.log(3.0), rtol=1e-5)


def test_the_order_of_the_views_does_not_matter():
    embeddings = np.random.default_rng(0).normal(size=(6, 5))
    embeddings, ids = embeddings.astype("float32"), np.array([0, 0, 1, 1, 1, 0])
    order = np.array([3, 0, 5, 1, 4, 2])
    np.testing.assert_allclose(
        to_numpy(nt_xent(ids, embeddings))[order],
        to_numpy(nt_xent(ids[order], embeddings[order])),
        rtol=1e-5,
    )


def test_training_brings_views_of_one_picture_together():
    generator = np.random.default_rng(0)
    names, noise = np.repeat(np.eye(8), 8, 0), generator.normal(size=(64, 24))
    inputs = np.concatenate([names, noise], 1).astype("float32")
    ids = np.repeat(np.arange(8), 8)
    model = keras.Sequential([keras.Input((32,)), keras.layers.Dense(8)])
    model.compile(keras.optimizers.Adam(0.05), NTXentLoss())
    history = model.fit(inputs, ids, 64, epochs=40, verbose=0).history
    assert history["loss"][-1] < 0.8 * history["loss"][0]
    embeddings = model.predict(inputs, verbose=0)
    embeddings /= np.linalg.norm(embeddings, axis=1, keepdims=True)
    cosines = embeddings @ embeddings.T
    same = ids[:, None] == ids
    assert cosines[same].mean() > cosines[~same].mean() + 0.5


def test_config_survives():
    check_config_round_trip(NTXentLoss(temperature=0.1, name="views"))


def test_refuses_a_temperature_of_zero():
    with pytest.raises(ValueError, match="temperature=0"):
        NTXentLoss(temperature=0)
