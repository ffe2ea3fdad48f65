"""What a step works on, and the losses by hand."""

import keras
import numpy as np
import pytest

from keras_productgen import models
from keras_productgen.models.batch import Batch
from tests.checks import to_numpy


@pytest.fixture
def model(conditional, striped):
    conditional.compile(exchanged_share=0.25, drawn_share=0.5)
    conditional.adapt(*striped)
    return conditional


@pytest.fixture
def batch(model, striped):
    images, conditions = model.unpack(
        keras.tree.map_structure(lambda rows: rows[:8], striped)
    )
    return Batch(images, conditions, model.draw_inputs(images, conditions))


@pytest.mark.backends
def test_rows_are_drawn_then_exchanged_then_the_pictures_own(model, batch):
    own = to_numpy(model.space.latents(model.standard_features(batch.images)))
    latents = to_numpy(batch.inputs["latents"])
    np.testing.assert_allclose(latents[4:], own[4:], atol=1e-5)
    assert np.abs(latents[:4] - own[:4]).max(axis=1).min() > 0.1
    kept = [True] * 4 + [False] * 2 + [True] * 2
    for name, rows in batch.conditions.items():
        given = to_numpy(batch.inputs["conditions"][name])
        rows = to_numpy(rows)
        np.testing.assert_array_equal(given[kept], rows[kept])
        np.testing.assert_array_equal(given[4:6], rows[3:5])
    is_own = to_numpy(batch.inputs["is_own"])
    np.testing.assert_array_equal(is_own, [False] * 6 + [True] * 2)


def test_without_conditions_none_are_exchanged(make, striped):
    model = make()
    model.compile(exchanged_share=0.5, drawn_share=0.25)
    images, _ = model.unpack(striped[0][:8])
    is_own = to_numpy(model.draw_inputs(images, None)["is_own"])
    np.testing.assert_array_equal(is_own, [False] * 2 + [True] * 6)


def test_penalties_judge_each_picture_by_its_own_conditions(model, batch):
    """Rows 4 and 5 were made for the conditions of the rows before them."""
    judged = []

    def judge(images, conditions, training):
        judged.append((to_numpy(images), to_numpy(conditions["color"])))
        return images[:, 0, 0, 0]

    object.__setattr__(model, "judged", judge)
    fake_images = model.fake_images(batch, training=False)
    real, asked = batch.conditions, batch.inputs["conditions"]
    assert np.any(to_numpy(real["color"]) != to_numpy(asked["color"]))
    expected = dict(
        r1_weight=real, r2_weight=asked, gradient_penalty_weight=real
    )
    for name, conditions in expected.items():
        model.compile(**{name: 1.0}, run_eagerly=True)
        judged.clear()
        model.slope_penalty(fake_images, batch, training=True)
        assert len(judged) == 1
        images, colors = judged[0]
        np.testing.assert_array_equal(colors, to_numpy(conditions["color"]))
        if name == "r2_weight":
            np.testing.assert_array_equal(images, to_numpy(fake_images))


@pytest.mark.backends
def test_generator_loss_is_the_sum_of_three(model, batch):
    fake_images = model.fake_images(batch, training=False)
    losses = {}
    for weights in ((0.0, 0.0), (3.0, 0.0), (0.0, 2.0)):
        model.l1_weight, model.feature_weight = weights
        loss = model.generator_loss(fake_images, batch, training=False)
        losses[weights] = float(to_numpy(loss))
    real, fake = to_numpy(batch.images), to_numpy(fake_images)
    l1_loss = np.abs(real - fake)[6:].mean()
    pictures = (fake + 1.0) * 127.5
    features = pictures.reshape(8, 4, 2, 4, 2, 3).mean((2, 4)).reshape(8, 48)
    made = to_numpy(model.space.standard(features))
    expected = to_numpy(
        model.expected_features(
            batch.inputs["latents"], batch.inputs["conditions"]
        )
    )
    feature_loss = np.abs(made - expected).mean()
    adversarial = losses[0.0, 0.0]
    assert losses[3.0, 0.0] == pytest.approx(adversarial + 3 * l1_loss, 1e-4)
    assert losses[0.0, 2.0] == pytest.approx(
        adversarial + 2 * feature_loss, 1e-4
    )
    # -log D(G(x)), as the article has it.
    logits = to_numpy(
        model.logits(fake_images, batch.inputs["conditions"], training=False)
    )
    softplus = np.log1p(np.exp(-logits)).mean()
    assert adversarial == pytest.approx(softplus, rel=1e-4)


def test_fake_images_are_judged_with_what_they_were_asked_for(model, batch):
    fake_images = model.fake_images(batch, training=False)
    asked, others = batch.inputs["conditions"], batch.conditions
    real, fake, wrong = (
        to_numpy(model.logits(images, conditions, training=False))
        for images, conditions in (
            (batch.images, others),
            (fake_images, asked),
            (fake_images, others),
        )
    )
    loss = model.discriminator_loss(fake_images, batch, training=False)
    softplus = np.log1p(np.exp(-real)).mean() + np.log1p(np.exp(fake)).mean()
    assert float(to_numpy(loss)) == pytest.approx(softplus, rel=1e-4)
    assert np.abs(fake - wrong).max() > 1e-4


@pytest.mark.skipif(
    keras.config.backend() != "tensorflow", reason="others compile resizing"
)
def test_xla_is_left_out_where_the_encoder_resizes():
    model = models.FeatureGAN(image_size=8, width=2)
    model.compile()
    assert model.jit_compile is False
    with pytest.raises(ValueError, match="'auto' on TensorFlow"):
        model.compile(jit_compile=True)


@pytest.mark.parametrize(
    "settings, message",
    [
        ({"l1_weight": -1.0}, "Received: l1_weight=-1.0"),
        ({"feature_weight": -0.1}, "Received: feature_weight=-0.1"),
        ({"drawn_share": -0.5}, "Received: drawn_share=-0.5"),
        ({"drawn_share": 0.75}, "exchanged_share=0.25, drawn_share=0.75"),
    ],
)
def test_settings_out_of_range(make, settings, message):
    with pytest.raises(ValueError, match=message):
        make().compile(**settings)
