import keras
import numpy as np
import pytest
from keras import ops

from keras_productgen.metrics.features import FeatureMemory
from keras_productgen.metrics.features import to_rows

pytestmark = pytest.mark.backends


def remembered(memory):
    return sorted(memory.rows()[:, 0].tolist())


def test_the_latest_rows_are_kept():
    memory = FeatureMemory(4, 1)
    values = np.arange(20.0)[:, None]
    memory.add(values[:3])
    assert remembered(memory) == [0, 1, 2]
    memory.add(values[3:6])
    assert remembered(memory) == [2, 3, 4, 5]
    memory.add(values[6:17])
    assert remembered(memory) == [13, 14, 15, 16]
    memory.add(values[17:19])
    assert remembered(memory) == [15, 16, 17, 18]
    memory.clear()
    assert remembered(memory) == []


def test_tensors_become_arrays():
    rows = to_rows(ops.ones((2, 3)))
    assert isinstance(rows, np.ndarray) and rows.shape == (2, 3)


def test_refuses_what_is_no_table():
    with pytest.raises(ValueError, match=r"shape \(3,\)"):
        to_rows(np.ones(3))


@pytest.mark.skipif(
    keras.config.backend() == "torch", reason="torch has no compiled steps"
)
def test_says_what_to_do_inside_a_compiled_step():
    class Compiled(keras.Model):
        def call(self, inputs):
            return ops.sum(to_rows(inputs))

    with pytest.raises(ValueError, match="run_eagerly"):
        Compiled().predict(np.ones((4, 3)), verbose=0)
