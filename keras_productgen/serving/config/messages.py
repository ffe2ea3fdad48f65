"""TensorFlow Serving's messages that no package brings, made by their names."""

import functools

from google.protobuf import descriptor_pb2
from google.protobuf import descriptor_pool
from google.protobuf import message_factory
from google.protobuf import wrappers_pb2

PACKAGE = "keras_productgen.serving"
INT64 = wrappers_pb2.Int64Value.DESCRIPTOR.full_name
STRING = wrappers_pb2.StringValue.DESCRIPTOR.full_name
BOOL = wrappers_pb2.BoolValue.DESCRIPTOR.full_name
FieldType = descriptor_pb2.FieldDescriptorProto
# Names and types as in session_bundle_config.proto, ssl_config.proto and
# monitoring_config.proto; a name ending in `*` is repeated.
MESSAGES = {
    "BatchingParameters": {
        "max_batch_size": INT64,
        "batch_timeout_micros": INT64,
        "max_enqueued_batches": INT64,
        "num_batch_threads": INT64,
        "thread_pool_name": STRING,
        "allowed_batch_sizes*": FieldType.TYPE_INT64,
        "pad_variable_length_inputs": FieldType.TYPE_BOOL,
        "enable_large_batch_splitting": BOOL,
        "max_execution_batch_size": INT64,
    },
    "SSLConfig": {
        "server_key": FieldType.TYPE_STRING,
        "server_cert": FieldType.TYPE_STRING,
        "custom_ca": FieldType.TYPE_STRING,
        "client_verify": FieldType.TYPE_BOOL,
    },
    "PrometheusConfig": {
        "enable": FieldType.TYPE_BOOL,
        "path": FieldType.TYPE_STRING,
    },
    "MonitoringConfig": {"prometheus_config": f"{PACKAGE}.PrometheusConfig"},
}


@functools.cache
def message(name):
    """Returns the class of a message of `MESSAGES`."""
    pool = _pool()
    found = pool.FindMessageTypeByName(f"{PACKAGE}.{name}")
    return message_factory.GetMessageClass(found)


@functools.cache
def _pool():
    # A pool of its own: the names are not to meet those of other packages.
    pool = descriptor_pool.DescriptorPool()
    pool.AddSerializedFile(wrappers_pb2.DESCRIPTOR.serialized_pb)
    file = descriptor_pb2.FileDescriptorProto(
        name="keras_productgen/serving.proto",
        package=PACKAGE,
        syntax="proto3",
        dependency=[wrappers_pb2.DESCRIPTOR.name],
    )
    for name, fields in MESSAGES.items():
        described = file.message_type.add(name=name)
        for number, (field, kind) in enumerate(fields.items(), start=1):
            _add_field(described, field, kind, number)
    pool.AddSerializedFile(file.SerializeToString())
    return pool


def _add_field(described, name, kind, number):
    repeated = name.endswith("*")
    field = described.field.add(name=name.rstrip("*"), number=number)
    field.label = (
        FieldType.LABEL_REPEATED if repeated else FieldType.LABEL_OPTIONAL
    )
    if isinstance(kind, str):
        field.type = FieldType.TYPE_MESSAGE
        field.type_name = f".{kind}"
    else:
        field.type = kind
