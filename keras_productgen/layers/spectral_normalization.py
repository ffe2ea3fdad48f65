import keras
from keras import ops


@keras.saving.register_keras_serializable(package="keras_productgen")
class SpectralNormalization(keras.layers.Wrapper):
    """Divides the kernel of a layer by its largest singular value.

    The normalized kernel is a function of the kernel, which itself stays as it
    is. `keras.layers.SpectralNormalization` overwrites the kernel in its call,
    and then trains differently on JAX than on TensorFlow and torch.

    Args:
        layer: layer with a `kernel` whose last axis is its output, such as
            `keras.layers.Conv2D` or `Dense`, or with `embeddings`.
        power_iterations: int, steps of the power method in a training call.

    Raises:
        ValueError: if `power_iterations` is below 1, or if `layer` turns out
            to have neither `kernel` nor `embeddings`.

    Reference:
    - [Miyato et al., 2018](https://arxiv.org/abs/1802.05957), algorithm 1
    """

    def __init__(self, layer, power_iterations=1, **kwargs):
        super().__init__(layer, **kwargs)
        if power_iterations < 1:
            raise ValueError(
                "`power_iterations` must be at least 1. "
                f"Received: power_iterations={power_iterations}"
            )
        self.power_iterations = power_iterations

    def build(self, input_shape):
        super().build(input_shape)
        self.left_vector = self.add_weight(
            (1, self._kernel().shape[-1]),
            "random_normal",
            trainable=False,
            autocast=False,
            name="left_vector",
        )

    def call(self, inputs, training=False):
        kernel = self._kernel()
        values = {id(v): ops.convert_to_tensor(v) for v in self.layer.variables}
        values[id(kernel)] = self._normalized(kernel, training)
        # Inside the scope the layer finds the normalized kernel for its own.
        mapping = [(v, values[id(v)]) for v in self.layer.variables]
        with keras.StatelessScope(mapping):
            return self.layer(inputs)

    def _kernel(self):
        for name in ("_kernel", "kernel", "_embeddings", "embeddings"):
            variable = getattr(self.layer, name, None)
            if isinstance(variable, keras.Variable):
                return variable
        raise ValueError(
            "`layer` must have a `kernel` or `embeddings`. "
            f"Received: layer={self.layer}"
        )

    def _normalized(self, kernel, training):
        matrix = ops.cast(ops.convert_to_tensor(kernel), "float32")
        matrix = ops.reshape(matrix, (-1, kernel.shape[-1]))
        constant = ops.stop_gradient(matrix)
        left = ops.convert_to_tensor(self.left_vector)
        for _ in range(self.power_iterations):
            right = ops.normalize(left @ ops.transpose(constant))
            left = ops.normalize(right @ constant)
        if training:
            self.left_vector.assign(left)
        left, right = ops.stop_gradient(left), ops.stop_gradient(right)
        largest_singular_value = ops.sum((right @ matrix) * left)
        return ops.reshape(matrix / largest_singular_value, kernel.shape)

    def compute_output_shape(self, input_shape):
        return self.layer.compute_output_shape(input_shape)

    def get_config(self):
        return {
            **super().get_config(),
            "power_iterations": self.power_iterations,
        }
