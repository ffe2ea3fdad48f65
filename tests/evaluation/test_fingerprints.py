"""Texts that tell one model or function from another, in any process."""

import functools
import os
import pathlib
import subprocess
import sys

import keras

from keras_productgen.evaluation.cross_validation import fingerprints
from tests.evaluation.test_cross_validation import gan
from tests.evaluation.test_cross_validation import stepped


def branched():
    """Names that are values, too: a softmax, and layers that meet."""
    pictures = keras.Input((8, 8, 3))
    x = keras.layers.GlobalAveragePooling2D()(pictures)
    first = keras.layers.Dense(2, activation="softmax")(x)
    second = keras.layers.Softmax()(keras.layers.Dense(2)(x))
    model = keras.Model(pictures, keras.layers.Add()([first, second]))
    model.compile("adam", "mse", metrics=["mae"])
    return model


class Written(keras.Model):
    """Has no `get_config` that would tell its layers."""

    def __init__(self, activation):
        super().__init__()
        self.hidden = keras.layers.Dense(2, activation)

    def call(self, inputs):
        return self.hidden(keras.ops.mean(inputs, (1, 2)))


def written(activation):
    model = Written(activation)
    model.compile("sgd", "mse")
    return model


def seeded(build):
    keras.utils.set_random_seed(0)
    return build()


def test_fingerprints_outlast_other_names_of_the_same_layers():
    one, same = stepped(), stepped()
    assert one.layers[1].name != same.layers[1].name
    assert fingerprints.of_model(one) == fingerprints.of_model(same)
    assert fingerprints.of_training(one) == fingerprints.of_training(same)
    for build in (gan, branched):
        one, same = (seeded(build) for _ in range(2))
        assert fingerprints.of_model(one) == fingerprints.of_model(same)
        assert fingerprints.of_training(one) == fingerprints.of_training(same)


def test_fingerprints_tell_models_of_equal_weights_apart():
    of_layers = {
        fingerprints.of_model(model)
        for model in (
            stepped(),
            stepped(activation="relu"),
            stepped(activation="tanh"),
            written("relu"),
            written("tanh"),
        )
    }
    assert len(of_layers) == 5
    of_training = {
        fingerprints.of_training(model)
        for model in (stepped(), stepped(0.2), stepped(loss="mae"))
    }
    assert len(of_training) == 3


def test_fingerprints_tell_functions_apart_by_code_and_values():
    def scaled(factor):
        return lambda model, images, labels: {"mean": factor * images.mean()}

    def inner(x):
        return {"largest"} if x in {"a", "b", "c"} else set()

    functions = [
        scaled(1.0),
        scaled(2.0),
        lambda model, images, labels: {"mean": 1.0},
        lambda model, images, labels: {"mean": 2.0},
        lambda model, images, labels: inner(labels),
        functools.partial(scaled, 1.0),
        functools.partial(scaled, 2.0),
        stepped,
    ]
    found = [fingerprints.of_function(function) for function in functions]
    assert len({*found}) == len(functions)
    assert fingerprints.of_function(scaled(1.0)) == found[0]
    assert fingerprints.of_function(None) is None


class Scaling:
    """Can be called, and is part of a circle."""

    def __init__(self, factor):
        self.factor, self.itself = factor, self

    def __call__(self, model, images, labels):
        return {"mean": self.factor * images.mean()}


def test_objects_are_told_by_what_they_are_made_of():
    def of_layer(size, layer=keras.layers.Resizing):
        made = layer(size, size)
        return lambda model, images, labels: {"mean": made(images).mean()}

    def of_metric(made):
        return lambda model, images, labels: {"mean": made(images, labels)}

    def of_all(made):
        return [fingerprints.of_function(function) for function in made]

    found, same = (
        of_all(
            [Scaling(1.0), Scaling(2.0), of_layer(4), of_layer(8),
             of_metric(keras.metrics.MeanSquaredError()),
             of_metric(keras.metrics.MeanAbsoluteError()),
             of_layer(4, keras.layers.CenterCrop),
             of_metric(keras.metrics.mean_squared_error)]
        )
        for _ in range(2)
    )  # fmt: skip
    assert found == same
    assert len({*found}) == len(found)


PRINTED = """
from tests.evaluation import test_fingerprints as own
print(*own.of_several())
"""


def of_several():
    made = [seeded(build) for build in (branched, stepped, gan)]
    return [
        *map(fingerprints.of_model, made),
        *map(fingerprints.of_training, made),
        *map(fingerprints.of_function, (branched, stepped, Written)),
    ]


def test_fingerprints_are_the_same_in_another_process():
    process = subprocess.run(
        [sys.executable, "-c", PRINTED],
        cwd=pathlib.Path(__file__).parents[2],
        env={**os.environ, "PYTHONHASHSEED": "7"},
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    assert process.stdout.split() == of_several()
