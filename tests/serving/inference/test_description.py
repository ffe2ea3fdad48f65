"""How large a picture a model takes, as it says so itself."""

import json

import numpy as np
import pytest
import tensorflow as tf

from keras_productgen.serving.inference import largest_picture
from keras_productgen.serving.metrics import ServingMetrics
from keras_productgen.serving.servable import Servable
from keras_productgen.serving.versions import Loader
from tests.serving import saved_models


def describing(text, name="format"):
    """A signature as `export.signatures.describe` has it."""
    spec = tf.TensorSpec([None], tf.int32, name=name)
    return (lambda x: {"description": tf.fill(tf.shape(x), text)}), [spec]


class Told:
    """A servable that says a text, whatever it is asked for."""

    signatures = {"describe": type("Definition", (), {})}

    def __init__(self, text):
        self.text = text
        definition = self.signatures["describe"]
        definition.inputs, definition.outputs = ["format"], ["description"]

    def run(self, signature, feeds, outputs):
        return {"description": np.array([self.text], object)}


@pytest.mark.parametrize(
    "text",
    [
        b"no JSON",
        b"[]",
        b"{}",
        b'{"max_pixels": null}',
        b'{"max_pixels": "many"}',
        b'{"max_pixels": -4}',
        "\udc80",
    ],
)
def test_what_says_nothing_of_use_has_no_bound(text):
    assert largest_picture(Told(text)) is None


def test_a_version_has_the_bound_that_it_tells(tmp_path):
    functions = saved_models.half_plus(2.0)
    functions["describe"] = describing(json.dumps({"max_pixels": 400}))
    path = saved_models.save(functions, tmp_path / "1")
    servable = Loader(ServingMetrics())("half", 1, path)
    assert servable.max_pixels == 400
    servable.close()


def test_a_signature_of_others_with_that_name_is_left_alone(tmp_path):
    functions = {"describe": describing("{}", name="x")}
    path = saved_models.save(functions, tmp_path / "1")
    servable = Servable("other", 1, path)
    assert largest_picture(servable) is None
    servable.close()
