"""What an exported model says of itself, by plain Predict."""

import json

import numpy as np
import pytest
import tensorflow as tf

from keras_productgen import export
from keras_productgen import models
from keras_productgen.models.networks import weights_digest


def told(version, rows=1):
    """What a version says, as a client reads it that knows TensorFlow alone."""
    function = tf.saved_model.load(str(version)).signatures["describe"]
    (texts,) = function(format=tf.ones([rows], tf.int32)).values()
    assert texts.shape == (rows,)
    assert len(set(texts.numpy())) == 1
    return json.loads(texts.numpy()[0].decode("ascii"))


def test_names_come_in_their_order(conditional_version):
    found = told(conditional_version, rows=3)
    assert found["format"] == 1
    assert found["model"] == "ConditionalGAN"
    assert found["image_shape"] == [8, 8, 3]
    assert found["value_range"] == [-1, 1]
    assert found["conditions"] == {
        "category": {
            "kind": "category",
            "size": 3,
            "values": ["dress", "hat", "shoes"],
        },
        "pattern": {"kind": "category", "size": 4},
        "color": {"kind": "vector", "size": 3},
    }
    assert list(found["conditions"]) == ["category", "pattern", "color"]
    assert found["signatures"]["generate"] == {
        "takes": ["seed", "index", "category", "pattern", "color"],
        "gives": ["png_bytes"],
    }


def test_a_model_without_conditions_says_so(plain_version):
    found = told(plain_version)
    assert found["conditions"] == {}
    assert found["image_shape"] == [16, 16, 3]
    assert found["max_pixels"] is None and found["tiles"] is None


def test_conditions_with_a_natural_value_say_it(tmp_path):
    model = models.ConditionalGAN(
        categories={"pattern": ["dots", "plain"], "category": ["a", "b"]},
        image_size=8,
        latent_dim=4,
        width=4,
    )
    version = export.saved_model(
        model, tmp_path / "m", signatures=("generate",), batch_sizes=(1,)
    )
    conditions = told(version)["conditions"]
    assert conditions["pattern"]["default"] == "plain"
    assert "default" not in conditions["category"]


def test_a_translation_has_no_defaults(tmp_path):
    """What it is not asked to change must stay."""
    model = models.StarGAN(
        categories={"pattern": ["dots", "plain"]},
        image_size=8,
        width=4,
        num_blocks=1,
        discriminator_layers=2,
    )
    version = export.saved_model(
        model, tmp_path / "m", signatures=("translate",), batch_sizes=(1,)
    )
    assert "default" not in told(version)["conditions"]["pattern"]


@pytest.mark.parametrize(
    ("signatures", "cut"),
    [
        (("restore", "restore_tile"), {"reach": 3, "stride": 1}),
        (("restore",), None),
    ],
)
def test_restorations_say_what_they_take_and_how_to_cut(
    tmp_path, signatures, cut
):
    model = models.DnCNN(depth=3, width=2)
    version = export.saved_model(
        model,
        tmp_path / "m",
        signatures=signatures,
        batch_sizes=(1,),
        max_pixels=4321,
    )
    found = told(version)
    assert (found["max_pixels"], found["tiles"]) == (4321, cut)
    assert found["scale"] == 1


def test_what_is_asked_for_says_it_too(tmp_path):
    """`signatures` chooses the others; names are not to be lost by it."""
    model = models.ConditionalGAN(
        labels={"details": ["Gürtel", "裾"]},
        image_size=8,
        latent_dim=4,
        width=4,
    )
    version = export.saved_model(
        model, tmp_path / "m", signatures=("latents",), batch_sizes=(1,)
    )
    found = told(version)
    assert found["conditions"]["details"]["values"] == ["Gürtel", "裾"]
    digest = weights_digest(model.ema_generator)
    assert found["weights_sha256"] == digest
    assert set(found["signatures"]) == {"serving_default", "latents"}


@pytest.mark.slow
def test_a_model_that_fills_holes_says_that_it_takes_masks(tmp_path):
    model = models.DeepFill(image_size=32, width=4)
    version = export.saved_model(
        model, tmp_path / "m", signatures=("restore",), batch_sizes=(1,)
    )
    takes = told(version)["signatures"]["restore"]["takes"]
    assert takes == ["image_bytes", "mask_bytes"]


@pytest.mark.parametrize("wanted", [0, 1, 999])
def test_whatever_a_client_reads_it_gets_what_there_is(plain_version, wanted):
    function = tf.saved_model.load(str(plain_version)).signatures["describe"]
    (texts,) = function(format=tf.constant([wanted])).values()
    assert json.loads(texts.numpy()[0])["format"] == 1


def test_a_copy_says_what_its_original_said(conditional_version, tmp_path):
    copied = export.saved_model(conditional_version, tmp_path / "copy")
    assert told(copied) == told(conditional_version)
    assert np.isfinite(told(copied)["image_shape"]).all()
