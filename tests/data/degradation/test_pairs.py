import numpy as np
import pytest
import tensorflow as tf

from keras_productgen.data import degradation

CLEAN = np.random.default_rng(0).uniform(0, 255, (5, 8, 8, 3)).astype("float32")
NOISE = degradation.GaussianNoise(10.0)


def clean():
    return tf.data.Dataset.from_tensor_slices(CLEAN).batch(2)


def degraded(dataset):
    return np.concatenate([worse for worse, _ in dataset])


def test_clean_pictures_come_beside_the_degraded():
    pairs = list(degradation.pairs(clean(), NOISE, seed=1))
    assert [worse.shape for worse, _ in pairs] == [(2, 8, 8, 3)] * 2 + [
        (1, 8, 8, 3)
    ]
    np.testing.assert_array_equal(np.concatenate([c for _, c in pairs]), CLEAN)
    assert 5 < (degraded(pairs) - CLEAN).std() < 15


def test_each_epoch_degrades_anew_and_the_seed_repeats_them():
    first, second = (degradation.pairs(clean(), NOISE, seed=1) for _ in "ab")
    epochs = [degraded(first), degraded(first)]
    assert (epochs[0] != epochs[1]).any()
    np.testing.assert_array_equal(epochs[0], degraded(second))
    np.testing.assert_array_equal(epochs[1], degraded(second))


def test_no_two_pictures_of_an_epoch_get_the_same_noise():
    same = tf.data.Dataset.from_tensor_slices(CLEAN[[0] * 4]).batch(2)
    noise = degraded(degradation.pairs(same, NOISE, seed=1)) - CLEAN[0]
    assert len({picture.tobytes() for picture in noise}) == 4


def test_validation_sees_the_same_in_every_epoch():
    pairs = degradation.pairs(clean(), NOISE, seed=1, every_epoch=False)
    np.testing.assert_array_equal(degraded(pairs), degraded(pairs))


def test_conditions_are_left_away_and_smaller_pictures_have_their_shape():
    both = tf.data.Dataset.zip(clean(), clean()).map(
        lambda images, more: (images, {"color": more})
    )
    pairs = degradation.pairs(both, degradation.Downscale(2), seed=1)
    worse, images = pairs.element_spec
    assert worse.shape == (None, 4, 4, 3) and images.shape == (None, 8, 8, 3)
    assert len(pairs) == 3


def test_single_pictures_and_endless_data_are_refused():
    singles = tf.data.Dataset.from_tensor_slices(CLEAN)
    with pytest.raises(ValueError, match="batches of images"):
        degradation.pairs(singles, NOISE)
    with pytest.raises(ValueError, match="known number of batches"):
        degradation.pairs(clean().repeat(), NOISE)
