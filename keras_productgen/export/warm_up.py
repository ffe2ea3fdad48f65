"""Requests that a server runs on a new version before it serves it."""

import importlib.util
import math

import numpy as np
import tensorflow as tf

FILE = "assets.extra/tf_serving_warmup_requests"
# TensorFlow Serving refuses a version with more.
MAX_RECORDS = 1000
# Of pictures whose size a model leaves open.
SIDE = 64


def example_shape(model, max_pixels=SIDE**2):
    """`(height, width, channels)` of pictures that a model takes.

    Args:
        model: the model.
        max_pixels: int, of the largest picture that its version takes.
    """
    shape = getattr(model, "image_shape", (None, None, 3))
    stride = getattr(model, "stride", 1)
    side = min(SIDE, math.isqrt(max_pixels))
    side = max(1, side // stride) * stride
    return tuple(side if length is None else length for length in shape)


def requests(specs, batch_sizes, image_shape):
    """Returns `(signature, inputs)`, one for each signature and batch size.

    Args:
        specs: dict from signatures to lists of `tf.TensorSpec`.
        batch_sizes: tuple of ints.
        image_shape: tuple `(height, width, channels)` of the pictures that a
            signature may take.
    """
    return [
        (
            signature,
            {spec.name: example(spec, rows, image_shape) for spec in inputs},
        )
        for signature, inputs in specs.items()
        for rows in batch_sizes
    ]


def write(path, name, calls):
    """Writes what `requests` gives into a version.

    Args:
        path: `pathlib.Path` of the version.
        name: what the server calls the model.
        calls: list of `(signature, inputs)`.

    Returns:
        A dict for the model card: `requests`, the number written, or `skipped`,
        the reason.

    Raises:
        ValueError: if there are more than 1000.
    """
    if len(calls) > MAX_RECORDS:
        raise ValueError(
            f"There must be at most {MAX_RECORDS} warm-up requests, one for "
            f"each signature and batch size. Received: {len(calls)}"
        )
    if importlib.util.find_spec("tensorflow_serving") is None:
        return {
            "skipped": "tensorflow-serving-api is not installed: "
            "pip install keras-productgen[serving]"
        }
    file_path = path / FILE
    file_path.parent.mkdir(exist_ok=True)
    with tf.io.TFRecordWriter(str(file_path)) as writer:
        for signature, inputs in calls:
            record = _record(name, signature, inputs)
            writer.write(record.SerializeToString())
    return {"requests": len(calls)}


def _record(name, signature, inputs):
    from tensorflow_serving.apis import predict_pb2
    from tensorflow_serving.apis import prediction_log_pb2

    request = predict_pb2.PredictRequest()
    request.model_spec.name = name
    request.model_spec.signature_name = signature
    for key, values in inputs.items():
        request.inputs[key].CopyFrom(tf.make_tensor_proto(values))
    return prediction_log_pb2.PredictionLog(
        predict_log=prediction_log_pb2.PredictLog(request=request)
    )


def example(spec, rows, image_shape):
    """Returns zeros that suit a spec; where it takes files, black pictures.

    Masks have a hole, so that it is filled.
    """
    if spec.dtype == tf.string:
        picture = np.zeros(image_shape, "uint8")
        if spec.name.startswith("mask"):
            picture[: image_shape[0] // 4, : image_shape[1] // 4] = 255
        png_bytes = tf.io.encode_png(picture).numpy()
        return np.array([png_bytes] * rows, object)
    shape = spec.shape.as_list()
    if len(shape) == 4:
        shape[1:3] = [
            length or side for length, side in zip(shape[1:3], image_shape)
        ]
    if shape and shape[0] is None:
        shape[0] = rows
    shape = [length or SIDE for length in shape]
    return np.zeros(shape, spec.dtype.as_numpy_dtype)
