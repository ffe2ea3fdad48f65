"""Small SavedModels, and the requests that they answer."""

import pathlib

import numpy as np
import tensorflow as tf

SPEC = tf.TensorSpec
# What a graph calls in Python lives as long as the function around it.
KEPT = []
EXAMPLE = {"x": tf.io.FixedLenFeature([1], tf.float32)}


def save(functions, path):
    """Writes `{name: (function, specs)}` as a SavedModel of signatures."""
    module = tf.Module()
    KEPT.append(module)
    module.traced = {
        name: tf.function(function, input_signature=specs)
        for name, (function, specs) in functions.items()
    }
    signatures = {
        name: function.get_concrete_function()
        for name, function in module.traced.items()
    }
    tf.saved_model.save(module, str(path), signatures)
    return pathlib.Path(path)


def half_plus(number):
    """What TensorFlow Serving's examples compute: x / 2 + number."""

    def of(x):
        return 0.5 * x + number

    def from_examples(inputs):
        return of(tf.io.parse_example(inputs, EXAMPLE)["x"])

    x = [SPEC([None], tf.float32, name="x")]
    examples = [SPEC([None], tf.string, name="inputs")]
    return {
        "serving_default": (lambda x: {"y": of(x)}, x),
        "two_inputs": (
            lambda x, n: {"sum": x + tf.cast(n, tf.float32), "n": n},
            [*x, SPEC([None], tf.int32, name="n")],
        ),
        "classify_x_to_y": (
            lambda inputs: {"scores": from_examples(inputs)},
            examples,
        ),
        "regress_x_to_y": (
            lambda inputs: {"outputs": from_examples(inputs)},
            examples,
        ),
    }


def for_pictures():
    """Signatures that take files, and some that fail or take their time."""

    def one(data):
        image = tf.io.decode_image(data, 3, expand_animations=False)
        image.set_shape((None, None, 3))
        return tf.io.encode_png(255 - image)

    def invert(image_bytes):
        return {
            "png_bytes": tf.map_fn(
                one, image_bytes, fn_output_signature=SPEC([], tf.string)
            )
        }

    def echo(text, data):
        return {"text": text, "data_bytes": data}

    def divide(x):
        whole = tf.debugging.assert_positive(x, "x must be above 0")
        with tf.control_dependencies([whole]):
            return {"y": tf.math.log(x)}

    def wait(seconds):
        def sleep(values):
            import time

            time.sleep(float(values.max()))
            return values

        slept = tf.numpy_function(sleep, [seconds], tf.float32)
        return {"slept": tf.ensure_shape(slept, [None])}

    floats = SPEC([None], tf.float32, name="x")
    return {
        "serving_default": (
            invert,
            [SPEC([None], tf.string, name="image_bytes")],
        ),
        "echo": (
            echo,
            [
                SPEC([None], tf.string, name="text"),
                SPEC([None], tf.string, name="data"),
            ],
        ),
        "logarithm": (divide, [floats]),
        "total": (lambda x: {"total": tf.reduce_sum(x)}, [floats]),
        "wait": (wait, [SPEC([None], tf.float32, name="seconds")]),
    }


def for_holes():
    """White where a mask is above 0; and noise that tells its numbers."""

    def decoded(data, channels):
        image = tf.io.decode_image(data, channels, expand_animations=False)
        image.set_shape((None, None, channels))
        return image

    def filled(row):
        image, mask = decoded(row[0], 3), decoded(row[1], 1)
        fits = tf.debugging.assert_equal(
            tf.shape(image)[:2], tf.shape(mask)[:2]
        )
        with tf.control_dependencies([fits]):
            white = tf.constant(255, tf.uint8)
            return tf.io.encode_png(tf.where(mask > 0, white, image))

    def numbered(row):
        image = decoded(row[0], 3)
        numbers = tf.cast(tf.stack(row[1:]), tf.uint8)[None, :, None]
        return tf.io.encode_png(image + numbers)

    def each(function):
        return lambda *rows: {
            "restored_bytes": tf.map_fn(
                function, rows, fn_output_signature=SPEC([], tf.string)
            )
        }

    picture = SPEC([None], tf.string, name="image_bytes")
    numbers = [SPEC([None], tf.int64, name=name) for name in ("seed", "index")]
    return {
        "restore": (
            each(filled),
            [picture, SPEC([None], tf.string, name="mask_bytes")],
        ),
        "noise": (each(numbered), [picture, *numbers]),
    }


def spoil(path):
    """Makes a version that does not load."""
    (path / "saved_model.pb").write_bytes(b"no graph at all" * 9)


def floats(*values):
    return np.array(values, "float32")
