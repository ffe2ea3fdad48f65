"""Exported translations give what `translate` gives."""

import json

import keras
import numpy as np
import pytest
import tensorflow as tf

from keras_productgen import export
from keras_productgen import images
from keras_productgen import models
from keras_productgen.export.signatures import signatures
from keras_productgen.export.warm_up import example
from tests.export.conftest import vivid


@pytest.fixture(scope="module")
def pix2pix():
    keras.utils.set_random_seed(0)
    return vivid(
        models.Pix2Pix(
            image_size=16,
            width=2,
            source_channels=1,
            discriminator_layers=1,
            value_range=(-1, 1),
        )
    )


@pytest.fixture(scope="module")
def cyclegan():
    keras.utils.set_random_seed(0)
    return vivid(
        models.CycleGAN(8, width=2, num_blocks=1, discriminator_layers=1)
    )


@pytest.fixture(scope="module")
def stargan():
    keras.utils.set_random_seed(0)
    return vivid(
        models.StarGAN(
            {"pattern": 3},
            {"color": 3},
            image_size=8,
            width=2,
            num_blocks=1,
            discriminator_layers=1,
        )
    )


def served(model, directory):
    version = export.saved_model(model, directory / "model", batch_sizes=(1,))
    loaded = tf.saved_model.load(str(version))
    card = version / "assets.extra/productgen.json"
    return loaded, json.loads(card.read_text())


def as_files(pictures):
    return tf.constant([images.encode_png(picture) for picture in pictures])


def decoded(png_bytes):
    return np.stack([images.decode(data) for data in png_bytes.numpy()])


def test_pix2pix_takes_files_and_the_number_of_the_noise(pix2pix, tmp_path):
    loaded, card = served(pix2pix, tmp_path)
    levels = np.random.default_rng(0).integers(0, 256, (3, 16, 16, 1))
    sources = levels / 127.5 - 1.0
    expected = pix2pix.translate(sources, seed=7, first_index=2)
    assert expected.std() > 0.1
    numbers = dict(
        seed=tf.constant([7] * 3, tf.int64),
        index=tf.constant([2, 3, 4], tf.int64),
    )
    made = loaded.signatures["images"](
        images=tf.constant(sources, tf.float32), **numbers
    )["images"]
    np.testing.assert_allclose(made.numpy(), expected, atol=1e-5)
    files = as_files(np.repeat(levels, 3, -1).astype("uint8"))
    made = loaded.signatures["serving_default"](image_bytes=files, **numbers)
    made = decoded(made["png_bytes"]).astype("int")
    assert np.abs(made - np.rint((expected + 1.0) * 127.5)).max() <= 1
    assert set(card["signatures"]) == {
        "serving_default",
        "translate",
        "images",
        "noise",
        "describe",
    }
    assert card["latent_dim"] is None


def test_cyclegan_goes_both_ways_at_any_size(cyclegan, tmp_path):
    loaded, card = served(cyclegan, tmp_path)
    generator = np.random.default_rng(0)
    pictures = generator.integers(0, 256, (2, 12, 16, 3)).astype("uint8")
    for ending, direction in (("", "a_to_b"), ("_b_to_a", "b_to_a")):
        expected = cyclegan.translate(pictures, direction)
        assert expected.std() > 5.0
        function = loaded.signatures[f"images{ending}"]
        made = function(images=tf.constant(pictures, tf.float32))["images"]
        np.testing.assert_allclose(made.numpy(), expected, atol=2e-3)
        function = loaded.signatures[f"translate{ending}"]
        made = function(image_bytes=as_files(pictures))
        made = decoded(made["png_bytes"]).astype("int")
        assert np.abs(made - np.rint(expected)).max() <= 1
    assert len(card["signatures"]) == 6  # Two ways, a default, describe.


def test_stargan_takes_the_conditions_that_pictures_are_to_have(
    stargan, tmp_path
):
    loaded, card = served(stargan, tmp_path)
    generator = np.random.default_rng(0)
    pictures = generator.integers(0, 256, (2, 8, 8, 3)).astype("uint8")
    rows = {
        "pattern": np.array([0, 2], "int32"),
        "color": generator.uniform(size=(2, 3)).astype("float32"),
    }
    expected = stargan.translate(pictures, rows)
    assert expected.std() > 5.0
    tensors = {name: tf.constant(values) for name, values in rows.items()}
    made = loaded.signatures["images"](
        images=tf.constant(pictures, tf.float32), **tensors
    )["images"]
    np.testing.assert_allclose(made.numpy(), expected, atol=2e-3)
    made = loaded.signatures["serving_default"](
        image_bytes=as_files(pictures), **tensors
    )
    made = decoded(made["png_bytes"]).astype("int")
    assert np.abs(made - np.rint(expected)).max() <= 1
    assert card["conditions"]["pattern"] == {"kind": "category", "size": 3}
    function, _ = signatures(stargan)["images"]
    with pytest.raises(tf.errors.InvalidArgumentError, match="from 0 to 2"):
        function(
            tf.constant(pictures, tf.float32),
            tf.constant([0, 3]),
            tensors["color"],
        )


def test_a_picture_of_another_size_fails_the_call(pix2pix, cyclegan):
    for model, side in ((pix2pix, 8), (cyclegan, 10)):
        function, specs = signatures(model)["serving_default"]
        files = as_files(np.zeros((1, side, side, 3), "uint8"))
        rows = [np.zeros(1, "int64") for _ in specs[1:]]
        with pytest.raises(
            tf.errors.InvalidArgumentError, match="Height and width"
        ):
            function(files, *rows)


def test_every_signature_takes_its_warm_up_request(pix2pix, cyclegan, stargan):
    for model in (pix2pix, cyclegan, stargan):
        for function, specs in signatures(model).values():
            rows = [
                tf.constant(example(spec, 2, model.image_shape))
                for spec in specs
            ]
            (outputs,) = function(*rows).values()
            assert len(outputs) == 2


def test_refuses_channels_that_no_file_has():
    model = models.Pix2Pix(16, 2, source_channels=5, discriminator_layers=1)
    with pytest.raises(ValueError, match=r"1 or 3 channels.*\[3, 5\]"):
        signatures(model)
