import keras
from keras import ops


@keras.saving.register_keras_serializable(package="Addons")
class WeightNormalization(keras.layers.Wrapper):
    """Learns the length of a kernel apart from its direction.

    The wrapped layer works with `g * kernel / |kernel|`, the length taken for
    each output by itself. A layer that was saved before its first training
    step begins with the lengths its kernel has; tensorflow-addons would have
    chosen them by its first batch.

    Args:
        layer: layer with a `kernel` whose last axis is its output, such as
            `keras.layers.Conv2D` or `Dense`.
        data_init: bool, kept for the config alone.

    Raises:
        ValueError: if `layer` turns out to have no `kernel`.

    Reference:
    - [Salimans and Kingma, 2016](https://arxiv.org/abs/1602.07868)
    """

    def __init__(self, layer, data_init=True, **kwargs):
        super().__init__(layer, **kwargs)
        self.data_init = data_init

    def build(self, input_shape=None):
        super().build(input_shape)
        kernel = getattr(self.layer, "kernel", None)
        if kernel is None:
            raise ValueError(
                f"`layer` must have a `kernel`. Received: layer={self.layer}"
            )
        self.g = self.add_weight((kernel.shape[-1],), "ones", name="g")
        self.initialized = self.add_weight(
            (), "zeros", dtype="bool", trainable=False, name="initialized"
        )

    def call(self, inputs, training=False):
        kernel = self.layer.kernel
        values = {id(v): ops.convert_to_tensor(v) for v in self.layer.variables}
        values[id(kernel)] = self._normalized(kernel, training)
        # Inside the scope the layer finds the normalized kernel for its own.
        mapping = [(v, values[id(v)]) for v in self.layer.variables]
        with keras.StatelessScope(mapping):
            return self.layer(inputs)

    def _normalized(self, kernel, training):
        kernel = ops.convert_to_tensor(kernel)
        axes = tuple(range(len(kernel.shape) - 1))
        norms = ops.sqrt(ops.sum(ops.square(kernel), axes))
        initialized = ops.convert_to_tensor(self.initialized)
        lengths = ops.where(initialized, ops.convert_to_tensor(self.g), norms)
        if training:
            self.g.assign(lengths)
            self.initialized.assign(True)
        return kernel * (lengths / ops.maximum(norms, 1e-6))

    def compute_output_shape(self, input_shape):
        return self.layer.compute_output_shape(input_shape)

    def get_config(self):
        return {**super().get_config(), "data_init": self.data_init}
