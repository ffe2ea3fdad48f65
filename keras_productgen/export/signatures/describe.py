"""What a model says of itself, as a signature that any server answers."""

import json

import tensorflow as tf

DESCRIBE = "describe"
# Of the layout below. A client sends the newest that it reads.
FORMAT = 1


def description(told):
    """Returns `(function, input_signature)` of `describe`.

    TensorFlow Serving tells the shapes of inputs, but not what the values of a
    category are called. So the model does, by plain Predict. A row is asked
    for and a row is given, as servers want it that merge requests.

    Args:
        told: dict that JSON can hold.
    """
    # Other letters than those of ASCII would be text to some servers only.
    text = json.dumps({"format": FORMAT, **told}, ensure_ascii=True)

    def describe(format):
        return {"description": tf.fill(tf.shape(format), text)}

    return describe, [tf.TensorSpec([None], tf.int32, name="format")]
