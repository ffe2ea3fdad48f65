"""The configuration files of TensorFlow Serving."""

import pathlib

from google.protobuf import text_format
from tensorflow_serving.config import model_server_config_pb2

from keras_productgen.serving.batching import Batching
from keras_productgen.serving.config.messages import message
from keras_productgen.serving.config.models import from_protos
from keras_productgen.serving.errors import ServingError
from keras_productgen.serving.gateway.tls import TLS

METRICS_PATH = "/monitoring/prometheus/metrics"
# Tuning that TensorFlow Serving has and nothing here needs.
IGNORED = ("thread_pool_name", "max_execution_batch_size")
UNSUPPORTED = ("pad_variable_length_inputs",)


def read_models(path):
    """Reads a model configuration, `model_config_list { config { ... } }`.

    Args:
        path: the file; base paths that are relative start from its folder.

    Returns:
        List of `ModelConfig`.

    Raises:
        ValueError: if the file is not such a text; it says where.
    """
    config = _read(path, model_server_config_pb2.ModelServerConfig())
    try:
        return from_protos(
            config.model_config_list.config, pathlib.Path(path).parent
        )
    except ServingError as error:
        raise ValueError(f"{error} in {str(path)!r}") from error


def read_batching(path):
    """Reads a file of batching parameters as `Batching`."""
    found = _read(path, message("BatchingParameters")())
    for name in UNSUPPORTED:
        if getattr(found, name):
            raise ValueError(
                f"`{name}` must be false: calls of several shapes are not "
                f"merged here. Received: {name}=True"
            )
    settings = {
        field.name: value.value
        for field, value in found.ListFields()
        if field.message_type is not None and field.name not in IGNORED
    }
    settings.pop("enable_large_batch_splitting", None)
    sizes = tuple(found.allowed_batch_sizes)
    return Batching(**settings, allowed_batch_sizes=sizes)


def read_monitoring(path):
    """Reads a monitoring file: the path of the metrics, None if disabled."""
    found = _read(path, message("MonitoringConfig")()).prometheus_config
    return (found.path or METRICS_PATH) if found.enable else None


def read_tls(path):
    """Reads a file that holds keys and certificates as text, as `TLS`."""
    found = _read(path, message("SSLConfig")())
    return TLS(
        certificate=found.server_cert.encode(),
        key=found.server_key.encode(),
        client_authority=found.custom_ca.encode() or None,
        client_certificates=found.client_verify,
    )


def _read(path, target):
    try:
        text = pathlib.Path(path).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ValueError(
            f"The file must be readable text. Received: {str(path)!r}"
        ) from error
    try:
        return text_format.Parse(text, target)
    except text_format.ParseError as error:
        raise ValueError(
            "Error parsing text-format tensorflow.serving."
            f"{target.DESCRIPTOR.name}: {error}. Received: {str(path)!r}"
        ) from error
