"""Exports a trained generator for TensorFlow Serving, and tries it.

    python examples/export.py runs/catalog/model.keras saved_models/catalog

Writes the next version, `saved_models/catalog/1`, then does what the server
does: loads it without this package, calls the signature, and gets PNG bytes.
The pictures are held against those the model makes in Python. Takes seconds;
after `train.py` with its defaults they differed by 0 of 255 levels.
"""

import argparse
import pathlib

import keras
import numpy as np
import tensorflow as tf

import keras_productgen as kpg


def example_request(signature, num_rows, seed):
    """Tensors for any of our signatures; conditions are all zeros."""
    _, specs = signature.structured_input_signature
    request = {
        name: tf.zeros([num_rows, *spec.shape[1:]], spec.dtype)
        for name, spec in specs.items()
    }
    request["seed"] = tf.fill([num_rows], tf.constant(seed, tf.int64))
    request["index"] = tf.range(num_rows, dtype=tf.int64)
    return request


def same_in_python(model, request):
    conditions = {
        name: tensor.numpy()
        for name, tensor in request.items()
        if name not in ("seed", "index")
    }
    num_rows = len(request["index"])
    return model.generate(num_rows, int(request["seed"][0]), conditions)


def export(arguments):
    model = keras.saving.load_model(arguments.model)
    version = kpg.export.saved_model(model, arguments.directory)
    print("exported", version)

    signature = tf.saved_model.load(str(version)).signatures["serving_default"]
    request = example_request(signature, arguments.num, arguments.seed)
    for name, tensor in request.items():
        print(f"  takes {name}: {tensor.dtype.name} {tuple(tensor.shape)}")
    answer = signature(**request)["png_bytes"].numpy()
    print(f"  gives png_bytes: {len(answer)} x {len(answer[0])} bytes")

    served = np.stack([kpg.images.decode(png) for png in answer])
    expected = kpg.images.to_uint8(same_in_python(model, request))
    levels = np.abs(served.astype(int) - expected).max()
    print(f"  differs from Python by {levels} of 255 levels at most")
    kpg.images.save(arguments.sheet, kpg.images.grid(served))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("model", help="a `.keras` file")
    parser.add_argument("directory", help="of all versions of this model")
    parser.add_argument("--num", type=int, default=8)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--sheet", type=pathlib.Path, default="served.png")
    export(parser.parse_args())
