"""A version computes what it was sent along before it serves."""

import pathlib

import tensorflow as tf
from google.protobuf.message import DecodeError
from tensorflow_serving.apis import prediction_log_pb2

from keras_productgen.serving import inference
from keras_productgen.serving.errors import Code
from keras_productgen.serving.errors import ServingError

FILE = "assets.extra/tf_serving_warmup_requests"
MAX_RECORDS = 1000
KINDS = {
    "predict_log": inference.predict,
    "classify_log": inference.classify,
    "regress_log": inference.regress,
    "multi_inference_log": inference.multi_inference,
}


def warm_up(servable, path, iterations=1):
    """Answers the requests that lie beside a SavedModel.

    Args:
        servable: `Servable`.
        path: folder of the SavedModel.
        iterations: int, how many times.

    Returns:
        int, how many requests there are.

    Raises:
        ServingError: if one cannot be read or answered, or there are more
            than 1000: such a version is not to be served.
    """
    file_path = pathlib.Path(path) / FILE
    if not file_path.exists():
        return 0
    requests = [_request(record) for record in _records(file_path)]
    for _ in range(iterations):
        for number, (kind, request) in enumerate(requests):
            try:
                KINDS[kind](servable, request)
            except ServingError as error:
                raise ServingError(
                    error.code, f"Warm-up request {number}: {error.message}"
                ) from error
    return len(requests)


def _records(file_path):
    records = []
    try:
        for record in tf.data.TFRecordDataset(str(file_path)):
            records.append(record.numpy())
            if len(records) > MAX_RECORDS:
                break
    except tf.errors.OpError as error:
        raise _unreadable("the file is damaged") from error
    if len(records) > MAX_RECORDS:
        raise _unreadable(f"there are more than {MAX_RECORDS}")
    return records


def _request(record):
    try:
        log = prediction_log_pb2.PredictionLog.FromString(record)
    except DecodeError as error:
        raise _unreadable("a record is no PredictionLog") from error
    kind = log.WhichOneof("log_type")
    if kind not in KINDS:
        raise _unreadable(f"a record holds {kind}")
    return kind, getattr(log, kind).request


def _unreadable(reason):
    return ServingError(
        Code.DATA_LOSS, f"Warm-up requests cannot be read: {reason}"
    )
