import numpy as np
import pytest
import tensorflow as tf
from tensorflow.core.framework import tensor_pb2

from keras_productgen.serving import tensors
from keras_productgen.serving.errors import ServingError


@pytest.mark.parametrize("dtype", [20, 21, 120, 121, 999])
def test_types_without_arrays_are_refused_by_name(dtype):
    # Resources, variants, references to them, and no type at all.
    with pytest.raises(ServingError, match="tensor parsing error: .*dtype"):
        tensors.to_array(tensor_pb2.TensorProto(dtype=dtype))


FLOATS = [0.0, -0.0, 1 / 3, float("nan"), float("inf"), -float("inf"), 1e-45]
ARRAYS = {
    "a number": np.array(7.5),
    "nothing": np.zeros((0, 3)),
    "all kinds": np.array(FLOATS * 20),
    "a picture": np.random.default_rng(0).uniform(0, 255, (1, 33, 17, 3)),
    "turned": np.arange(6.0).reshape(2, 3).T,
    "in another order of bytes": np.arange(6.0).astype(">f8"),
}


@pytest.mark.parametrize("dtype", ["float32", "float64", "int64"])
@pytest.mark.parametrize("name", ARRAYS)
def test_a_field_holds_what_it_holds_number_by_number(name, dtype):
    array = np.nan_to_num(ARRAYS[name]) if dtype == "int64" else ARRAYS[name]
    array = array.clip(-1e6, 1e6).astype(dtype)
    kind = tf.dtypes.as_dtype(dtype)
    wanted = tensor_pb2.TensorProto(dtype=kind.as_datatype_enum)
    for side in array.shape:
        wanted.tensor_shape.dim.add().size = side
    values = getattr(wanted, tensors.FIELDS[kind])
    for value in array.ravel():
        values.append(value)
    found = tensors.to_proto(array, kind.as_datatype_enum)
    assert found.SerializeToString() == wanted.SerializeToString()
    back = tensors.to_array(found)
    assert back.dtype == dtype
    assert back.tobytes() == array.tobytes()


def test_one_value_fills_a_tensor():
    """As TensorFlow has it, and writes it."""
    proto = tensor_pb2.TensorProto(dtype=1, float_val=[2.5])
    proto.tensor_shape.dim.add().size = 3
    assert tensors.to_array(proto).tolist() == [2.5] * 3


def test_numbers_that_do_not_fill_a_tensor_are_refused():
    proto = tensor_pb2.TensorProto(dtype=1, float_val=[1.0, 2.0, 3.0, 4.0])
    proto.tensor_shape.dim.add().size = 3
    with pytest.raises(ServingError, match="tensor parsing error"):
        tensors.to_array(proto)


@pytest.mark.parametrize("dtype", ["uint8", "int16", "int8"])
def test_numbers_that_their_type_has_no_room_for_are_refused(dtype):
    kind = tf.dtypes.as_dtype(dtype).as_datatype_enum
    proto = tensor_pb2.TensorProto(dtype=kind, int_val=[-778604834])
    with pytest.raises(ServingError, match="tensor parsing error"):
        tensors.to_array(proto)
