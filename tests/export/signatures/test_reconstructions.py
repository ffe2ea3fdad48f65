"""Pictures drawn again, judged, or made by other Keras models."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from keras_productgen import images
from keras_productgen import metrics
from keras_productgen import models
from keras_productgen.export.signatures import signatures
from tests.export.conftest import vivid
from tests.models.cases import CASES
from tests.models.cases import RECONSTRUCTING


def pictures_of(count, side):
    generator = np.random.default_rng(0)
    return generator.integers(0, 256, (count, side, side, 3), "uint8")


def as_files(pictures):
    return tf.constant([images.encode_png(picture) for picture in pictures])


def decoded(png_bytes):
    return np.stack([images.decode(png) for png in png_bytes.numpy()])


def test_photos_are_drawn_again_as_reconstruct_does_it():
    keras.utils.set_random_seed(0)
    model = vivid(CASES["FeatureGAN"]())
    pictures = pictures_of(3, 8)
    found = signatures(model)
    made = found["reconstruct"][0](as_files(pictures))["reconstructed_bytes"]
    expected = model.reconstruct(pictures)
    assert np.abs(decoded(made) - expected).max() <= 1
    rows = {
        "category": np.array([2, 0, 1], "int32"),
        "color": np.full((3, 3), 0.4, "float32"),
    }
    changed = found["change"][0](as_files(pictures), *rows.values())
    changed = decoded(changed["reconstructed_bytes"])
    expected = model.reconstruct(pictures, rows)
    assert np.abs(changed - expected).max() <= 1
    assert np.abs(changed - decoded(made).astype(int)).max() > 3


def test_an_autoencoder_draws_again_what_call_gives():
    keras.utils.set_random_seed(0)
    model = RECONSTRUCTING["Autoencoder"]()
    pictures = pictures_of(2, 8)
    function, _ = signatures(model)["reconstruct"]
    made = decoded(function(as_files(pictures))["reconstructed_bytes"])
    expected = keras.ops.convert_to_numpy(model(pictures.astype("float32")))
    assert np.abs(made - expected).max() <= 1


def test_a_truncation_is_that_of_generate():
    keras.utils.set_random_seed(0)
    for name in ({}, {"categories": {"category": 3}}):
        model = vivid(models.StyleGAN2(8, 4, width=4, mapping_layers=2, **name))
        asked = {"category": np.array([1], "int32")} if name else None
        found = signatures(model)
        rows = [asked["category"]] if name else []
        numbers = [np.array([7], "int64"), np.array([2], "int64")]
        for truncation in (0.0, 0.5, 1.0):
            strength = np.array([truncation], "float32")
            made = found["generate_truncated"][0](*numbers, strength, *rows)
            expected = model.generate(
                1, 7, asked, first_index=2, truncation=truncation
            )
            assert np.abs(decoded(made["png_bytes"]) - expected).max() <= 1
        plain = found["generate"][0](*numbers, *rows)["png_bytes"]
        assert plain.numpy() == made["png_bytes"].numpy()
        assert list(found)[:2] == ["serving_default", "generate"]


def test_a_score_is_what_the_discriminator_says():
    keras.utils.set_random_seed(0)
    model = CASES["ConditionalGAN"]()
    pictures = pictures_of(3, 8)
    assert "score" not in signatures(model)
    found = signatures(model, ["score"])
    rows = [np.array([0, 1, 2], "int32"), np.full((3, 3), 0.3, "float32")]
    function, _ = found["serving_default"]
    logits = function(as_files(pictures), *rows)["logits"].numpy()
    tensors = [tf.constant(row) for row in rows]
    conditions = dict(zip(("category", "color"), tensors))
    inputs = model.to_network(pictures.astype("float32"))
    expected = model.logits(inputs, conditions, training=False)
    np.testing.assert_allclose(logits, np.ravel(expected), atol=1e-5)
    with pytest.raises(tf.errors.InvalidArgumentError, match="must be 8"):
        function(as_files(pictures_of(1, 4)), *[row[:1] for row in rows])


def test_the_quality_gate_takes_pictures_of_mixed_sizes():
    pictures = [pictures_of(1, side)[0] for side in (64, 16)]
    function, _ = signatures(metrics.LearnedQuality())["score"]
    outputs = function(as_files(pictures))
    for row, picture in enumerate(pictures):
        quality = metrics.learned_quality(picture[None])
        for name, values in outputs.items():
            expected = float(getattr(quality, name)[0])
            assert float(values[row]) == pytest.approx(expected, abs=1e-4)


def test_other_keras_models_are_called_as_they_are():
    latents = keras.Input((4,), name="z")
    x = keras.layers.Dense(48, activation="tanh")(latents)
    model = keras.Model(latents, keras.layers.Reshape((4, 4, 3), name="y")(x))
    found = signatures(model, value_range=(-1, 1))
    rows = np.random.default_rng(0).normal(size=(2, 4)).astype("float32")
    function, specs = found["serving_default"]
    assert [spec.name for spec in specs] == ["z"]
    np.testing.assert_allclose(
        function(tf.constant(rows))["y"], model(rows), atol=1e-6
    )
    numbers = [tf.constant([7], tf.int64)] * 2
    made = decoded(found["generate"][0](*numbers)["png_bytes"])
    noise = tf.random.stateless_normal([4], [7, 7], alg="philox")
    expected = (np.asarray(model(noise[None])) + 1.0) * 127.5
    assert np.abs(made - expected).max() <= 1


def test_refuses_files_for_a_model_that_gives_no_picture():
    model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(2)])
    with pytest.raises(ValueError, match="`value_range` is for models"):
        signatures(model, value_range=(0, 1))
