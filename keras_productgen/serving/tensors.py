"""TensorProto <-> arrays."""

import math

import numpy as np
import tensorflow as tf
from tensorflow.core.framework import tensor_pb2

from keras_productgen.serving.errors import invalid

# A few bytes can announce a tensor of any size, filled with one value.
MAX_BYTES = 2**28
FIELDS = {
    tf.float32: "float_val",
    tf.float64: "double_val",
    tf.int32: "int_val",
    tf.int16: "int_val",
    tf.int8: "int_val",
    tf.uint8: "int_val",
    tf.int64: "int64_val",
    tf.uint32: "uint32_val",
    tf.uint64: "uint64_val",
    tf.bool: "bool_val",
    tf.string: "string_val",
}


def shape_of(proto):
    """Returns the shape that a TensorProto claims to have, as a list."""
    return [dim.size for dim in proto.tensor_shape.dim]


def to_array(proto):
    """Returns what a TensorProto holds, strings as objects of bytes.

    Raises:
        ServingError: if it is no tensor, or too large.
    """
    sides = shape_of(proto)
    try:
        dtype = tf.dtypes.as_dtype(proto.dtype)
        size = math.prod(sides) * max(dtype.size or 0, 8)
    except (TypeError, KeyError) as error:
        raise invalid("tensor parsing error: unknown dtype") from error
    if min(sides, default=0) < 0 or size > MAX_BYTES:
        raise invalid(f"tensor parsing error: a tensor of shape {sides}")
    try:
        return tf.make_ndarray(proto)
    except (ValueError, TypeError, KeyError) as error:
        # A KeyError is of a type that TensorFlow has no arrays for.
        found = f"shape {sides}, dtype {dtype.name}"
        raise invalid(f"tensor parsing error: {found}") from error


def to_proto(array, dtype):
    """Returns a TensorProto with values in the typed field, as clients expect.

    Args:
        array: array, or a scalar.
        dtype: number of a DataType, as in a SignatureDef.
    """
    array = np.asarray(array)
    field = FIELDS.get(tf.dtypes.as_dtype(dtype))
    if field is None:
        return tf.make_tensor_proto(array, dtype)
    proto = tensor_pb2.TensorProto(dtype=dtype)
    for side in array.shape:
        proto.tensor_shape.dim.add().size = side
    getattr(proto, field).extend(array.ravel().tolist())
    return proto
