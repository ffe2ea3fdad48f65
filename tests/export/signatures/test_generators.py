import numpy as np
import pytest
import tensorflow as tf

from keras_productgen import images


def signature(version, name="serving_default"):
    loaded = tf.saved_model.load(str(version))
    function = loaded.signatures[name]
    function.keep_alive = loaded
    return function


def rows(seeds, indices):
    return {
        "seed": tf.constant(seeds, tf.int64),
        "index": tf.constant(indices, tf.int64),
    }


def decoded(png_bytes):
    return np.stack([images.decode(data) for data in png_bytes.numpy()])


def test_latents_give_the_pictures_of_the_keras_model(
    plain_model, plain_version
):
    latents = np.random.default_rng(0).normal(size=(5, 8)).astype("float32")
    made = signature(plain_version, "latents")(latents=latents)["images"]
    expected = plain_model.predict_on_batch(latents)
    assert expected.std() > 5.0
    assert made.dtype == tf.float32
    np.testing.assert_allclose(
        made.numpy() / 127.5, expected / 127.5, rtol=0.0, atol=1e-5
    )


def test_conditional_latents_give_the_pictures_of_the_keras_model(
    conditional_model, conditional_version, conditions
):
    latents = np.random.default_rng(1).normal(size=(4, 6)).astype("float32")
    function = signature(conditional_version, "latents")
    made = function(latents=latents, **conditions)["images"].numpy()
    expected = conditional_model.predict_on_batch(
        {"latents": latents, **conditions}
    )
    assert expected.std() > 0.1
    np.testing.assert_allclose(made, expected, rtol=0.0, atol=1e-5)


def test_serving_default_gives_what_generate_gives(plain_model, plain_version):
    seeds, indices = [7, 7, 2**40, -3], [0, 12, 5, 2**33]
    function = signature(plain_version)
    made = decoded(function(**rows(seeds, indices))["png_bytes"])
    for row, (seed, index) in enumerate(zip(seeds, indices)):
        expected = plain_model.generate(1, seed=seed, first_index=index)[0]
        difference = made[row].astype("int") - np.rint(expected)
        assert np.abs(difference).max() <= 1


def test_serving_default_respects_conditions_and_value_range(
    conditional_model, conditional_version, conditions
):
    function = signature(conditional_version)
    outputs = function(**rows([3] * 4, [0, 1, 2, 3]), **conditions)
    expected = conditional_model.generate(4, seed=3, conditions=conditions)
    levels = np.rint((expected + 1.0) * 127.5)
    difference = decoded(outputs["png_bytes"]).astype("int") - levels
    assert np.abs(difference).max() <= 1


def test_a_row_gives_the_same_bytes_in_every_batch(plain_version):
    function = signature(plain_version)
    together = function(**rows([5] * 16, range(16)))["png_bytes"].numpy()
    assert len(set(together)) == 16
    for index in range(16):
        alone = function(**rows([5], [index]))["png_bytes"].numpy()
        assert alone[0] == together[index]
    shuffled = [9, 3, 14]
    among_others = function(**rows([5] * 3, shuffled))["png_bytes"].numpy()
    assert list(among_others) == [together[index] for index in shuffled]


def test_an_empty_batch_gives_an_empty_answer(plain_version):
    outputs = signature(plain_version)(**rows([], []))
    assert outputs["png_bytes"].shape == (0,)


def test_a_category_that_does_not_exist_fails_the_call(
    conditional_version, conditions
):
    conditions["category"][2] = 3
    function = signature(conditional_version)
    with pytest.raises(
        tf.errors.InvalidArgumentError, match="must be from 0 to 2"
    ):
        function(**rows([3] * 4, [0, 1, 2, 3]), **conditions)


def test_weights_are_stored_once(plain_model, plain_version):
    stored = sum(
        path.stat().st_size for path in (plain_version / "variables").iterdir()
    )
    weights = 4 * plain_model.ema_generator.count_params()
    assert weights < stored < 1.5 * weights
