import pytest
from tensorflow.core.framework import tensor_pb2

from keras_productgen.serving import tensors
from keras_productgen.serving.errors import ServingError


@pytest.mark.parametrize("dtype", [20, 21, 120, 121, 999])
def test_types_without_arrays_are_refused_by_name(dtype):
    # Resources, variants, references to them, and no type at all.
    with pytest.raises(ServingError, match="tensor parsing error: .*dtype"):
        tensors.to_array(tensor_pb2.TensorProto(dtype=dtype))
