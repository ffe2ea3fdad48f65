import keras
from keras import ops


@keras.saving.register_keras_serializable(package="Addons")
class Maxout(keras.layers.Layer):
    """Keeps the largest of every few features.

    Feature `i` of the outputs is the largest of the features `i`,
    `i + num_units`, `i + 2 * num_units`, ... of the inputs.

    Args:
        num_units: int, features that are left. It divides those of the inputs.
        axis: int, axis of the features.

    Raises:
        ValueError: if `num_units` does not divide the features.

    Reference:
    - [Goodfellow et al., 2013](https://arxiv.org/abs/1302.4389)
    """

    def __init__(self, num_units, axis=-1, **kwargs):
        super().__init__(**kwargs)
        self.num_units = num_units
        self.axis = axis

    def build(self, input_shape):
        features = input_shape[self.axis]
        if features % self.num_units:
            raise ValueError(
                "`num_units` must divide the number of features. "
                f"Received: num_units={self.num_units}, features={features}"
            )

    def call(self, inputs):
        num_groups = inputs.shape[self.axis] // self.num_units
        groups = ops.split(inputs, num_groups, self.axis)
        return ops.max(ops.stack(groups), 0)

    def compute_output_shape(self, input_shape):
        shape = list(input_shape)
        shape[self.axis] = self.num_units
        return tuple(shape)

    def get_config(self):
        return {
            **super().get_config(),
            "num_units": self.num_units,
            "axis": self.axis,
        }
