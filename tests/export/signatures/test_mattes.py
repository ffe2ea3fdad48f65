"""Exported mattes and filled holes are those of the models."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from keras_productgen import data
from keras_productgen import images
from keras_productgen import models
from keras_productgen.export.signatures import signatures


@pytest.fixture(scope="module")
def matting():
    keras.utils.set_random_seed(0)
    model = models.MattingUNet(image_size=32, width=2, levels=(1, 2))
    last = model.network.weights[-2]
    # Else all of it were half product.
    last.assign(20.0 * last)
    return model


def test_mattes_are_those_of_the_model(matting):
    picture = data.ProductCatalog(128, seed=0, num_items=1)[0].image
    pictures = [picture, picture[:90, :128:2], picture[40:60:4, 40:60:4]]
    function, _ = signatures(matting)["matte"]
    files = [images.encode_png(one) for one in pictures]
    made = function(tf.constant(files))["matte_bytes"].numpy()
    for one, png in zip(pictures, made, strict=True):
        expected = matting.matte(one)
        matte = tf.io.decode_png(png).numpy()[..., 0].astype(int)
        difference = np.abs(matte - expected)
        # A place may be near an edge for one of them, and not for the other.
        assert np.quantile(difference, 0.99) <= 3
        assert difference.mean() < 0.5
    assert matting.matte(picture).std() > 5.0


@pytest.fixture(scope="module")
def deepfill():
    keras.utils.set_random_seed(0)
    model = models.DeepFill(image_size=16, width=2, discriminator_layers=2)
    for weight in model.ema_generator.weights:
        if "kernel" in weight.path:
            weight.assign(4.0 * weight)
    return model


def filled(model, picture, mask):
    function, _ = signatures(model)["restore"]
    made = function(
        tf.constant([images.encode_png(picture)]),
        tf.constant([images.encode_png(mask)]),
    )["restored_bytes"]
    return images.decode(made.numpy()[0])


# The last is thick: it is filled on a smaller copy.
HOLES = {
    "inside": (slice(20, 23), slice(30, 34)),
    "in the corner": (slice(0, 3), slice(0, 3)),
    "of several cells": (slice(10, 14), slice(5, 40)),
    "at the border": (slice(46, 48), slice(20, 60)),
    "thick": (slice(10, 34), slice(20, 44)),
}


@pytest.mark.parametrize("place", HOLES.values(), ids=HOLES)
def test_one_hole_is_filled_as_the_model_does(deepfill, place):
    picture = np.random.default_rng(0).integers(0, 256, (48, 60, 3), "uint8")
    mask = np.zeros((48, 60), "uint8")
    mask[place] = 255
    made = filled(deepfill, picture, mask)
    expected = deepfill.restore(picture, mask).astype(int)
    assert np.abs(made - expected).max() <= 1
    np.testing.assert_array_equal(made[mask == 0], picture[mask == 0])
    assert (made[mask > 0] != picture[mask > 0]).any()
    assert expected[mask > 0].std() > 2.0


def test_a_mask_without_holes_changes_nothing(deepfill):
    picture = np.random.default_rng(0).integers(0, 256, (9, 7, 3), "uint8")
    made = filled(deepfill, picture, np.zeros((9, 7), "uint8"))
    np.testing.assert_array_equal(made, picture)


def test_masks_that_do_not_fit_fail_the_call(deepfill):
    picture = np.zeros((20, 20, 3), "uint8")
    for mask, words in (
        (np.zeros((20, 10), "uint8"), "height and width"),
        (np.full((20, 20), 255, "uint8"), "leave something"),
    ):
        with pytest.raises(tf.errors.InvalidArgumentError, match=words):
            filled(deepfill, picture, mask)
