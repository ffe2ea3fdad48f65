"""Requests that a server runs on a new version before it serves it."""

import importlib.util

import numpy as np
import tensorflow as tf

ROWS = (1, 4)


def write_warm_up(path, name, endpoints, image_shape):
    """Writes a request of 1 and one of 4 rows for every signature.

    Args:
        path: folder of the version.
        name: what the server calls the model.
        endpoints: dict from signature to `(function, input_signature)`.
        image_shape: tuple `(height, width, channels)` of the pictures that a
            signature may take.

    Returns:
        A dict for the model card: `requests`, the number written, or `skipped`,
        the reason.
    """
    if importlib.util.find_spec("tensorflow_serving") is None:
        return {
            "skipped": "tensorflow-serving-api is not installed: "
            "pip install keras-productgen[serving]"
        }
    folder = path / "assets.extra"
    folder.mkdir(exist_ok=True)
    requests = [
        _record(name, signature, specs, rows, image_shape)
        for signature, (_, specs) in endpoints.items()
        for rows in ROWS
    ]
    file_path = str(folder / "tf_serving_warmup_requests")
    with tf.io.TFRecordWriter(file_path) as writer:
        for request in requests:
            writer.write(request.SerializeToString())
    return {"requests": len(requests)}


def _record(name, signature, specs, rows, image_shape):
    from tensorflow_serving.apis import predict_pb2
    from tensorflow_serving.apis import prediction_log_pb2

    request = predict_pb2.PredictRequest()
    request.model_spec.name = name
    request.model_spec.signature_name = signature
    for spec in specs:
        values = example(spec, rows, image_shape)
        request.inputs[spec.name].CopyFrom(tf.make_tensor_proto(values))
    return prediction_log_pb2.PredictionLog(
        predict_log=prediction_log_pb2.PredictLog(request=request)
    )


def example(spec, rows, image_shape):
    """Returns zeros that suit a spec; where it takes files, black pictures."""
    if spec.dtype == tf.string:
        png_bytes = tf.io.encode_png(np.zeros(image_shape, "uint8")).numpy()
        return np.array([png_bytes] * rows, object)
    shape = spec.shape[1:] if spec.shape.rank < 4 else image_shape
    return np.zeros((rows, *shape), spec.dtype.as_numpy_dtype)
