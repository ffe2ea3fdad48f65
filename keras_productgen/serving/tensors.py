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
# Their fields hold what arrays of them hold, bit for bit.
OWN_FIELDS = (tf.float32, tf.float64, tf.int32, tf.int64, tf.uint32, tf.uint64)
FIXED_SIZE = (tf.float32, tf.float64)
BYTES_FOLLOW = 2  # The kind of a field in protobuf's wire format.


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
    values = getattr(proto, FIELDS[dtype]) if dtype in OWN_FIELDS else ()
    if values and len(values) == math.prod(sides):
        # As one block: TensorFlow takes 10 ms for a picture of 256 x 256.
        return np.array(values, dtype.as_numpy_dtype).reshape(sides)
    try:
        return tf.make_ndarray(proto)
    except (ValueError, TypeError, KeyError, OverflowError) as error:
        # A KeyError is of a type that TensorFlow has no arrays for; an
        # OverflowError of a number that its type has no room for.
        found = f"shape {sides}, dtype {dtype.name}"
        raise invalid(f"tensor parsing error: {found}") from error


def to_proto(array, dtype):
    """Returns a TensorProto, see `fill`."""
    proto = tensor_pb2.TensorProto()
    fill(proto, array, dtype)
    return proto


def fill(proto, array, dtype):
    """Puts values into the typed field of a TensorProto, as clients expect.

    Args:
        proto: an empty TensorProto.
        array: array, or a scalar.
        dtype: number of a DataType, as in a SignatureDef.
    """
    array, kind = np.asarray(array), tf.dtypes.as_dtype(dtype)
    field = FIELDS.get(kind)
    if field is None:
        proto.CopyFrom(tf.make_tensor_proto(array, dtype))
        return
    proto.dtype = dtype
    for side in array.shape:
        proto.tensor_shape.dim.add().size = side
    if kind in FIXED_SIZE and array.size:
        # On the wire they are an array's bytes; number by number a picture of
        # 256 x 256 takes 10 ms.
        values = array.astype(np.dtype(kind.as_numpy_dtype).newbyteorder("<"))
        proto.MergeFromString(_field(proto, field, values.tobytes()))
    else:
        getattr(proto, field).extend(array.ravel().tolist())


def _field(proto, name, data):
    """A field of bytes in protobuf's wire format."""
    number = proto.DESCRIPTOR.fields_by_name[name].number
    head, size = bytearray([number << 3 | BYTES_FOLLOW]), len(data)
    while size >= 128:
        head.append(size & 127 | 128)
        size >>= 7
    return bytes([*head, size]) + data
