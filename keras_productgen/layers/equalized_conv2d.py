import math

import keras
from keras import ops

from keras_productgen import backend
from keras_productgen.layers.blur import blurred


@keras.saving.register_keras_serializable(package="keras_productgen")
class EqualizedConv2D(keras.layers.Layer):
    """Convolution whose weights all learn at the same rate, padding "same".

    See `EqualizedDense`.

    Args:
        filters: int, number of outputs.
        kernel_size: int, an odd number.
        downsample: bool, whether height and width, which must be even, are
            halved. The images are blurred first, so that no fine pattern
            turns into a coarse one.
        use_bias: bool.
        activation: optional function, or its name.

    Call arguments:
        inputs: tensor of shape `(batch, height, width, channels)`.

    Returns:
        Tensor of shape `(batch, height, width, filters)`, or
        `(batch, height / 2, width / 2, filters)`.

    Reference:
    - [Karras et al., 2018](https://arxiv.org/abs/1710.10196), section 4.1
    """

    def __init__(
        self,
        filters,
        kernel_size,
        downsample=False,
        use_bias=True,
        activation=None,
        **kwargs,
    ):
        super().__init__(**kwargs)
        self.filters = filters
        self.kernel_size = kernel_size
        self.downsample = downsample
        self.use_bias = use_bias
        self.activation = keras.activations.get(activation)

    def build(self, inputs_shape):
        size, channels = self.kernel_size, inputs_shape[-1]
        self.scale = 1.0 / math.sqrt(size * size * channels)
        self.kernel = self.add_weight(
            (size, size, channels, self.filters),
            keras.initializers.RandomNormal(stddev=1.0),
            name="kernel",
        )
        if self.use_bias:
            self.bias = self.add_weight((self.filters,), "zeros", name="bias")

    def call(self, inputs):
        kernel = self.kernel * self.scale
        if self.downsample:
            outputs = backend.conv2d(inputs, blurred(kernel), (2, 2), "same")
        else:
            outputs = backend.conv2d(inputs, kernel, (1, 1), "same")
        if self.use_bias:
            outputs = outputs + ops.convert_to_tensor(self.bias)
        return self.activation(outputs)

    def compute_output_shape(self, inputs_shape):
        batch, height, width, _ = inputs_shape
        if self.downsample:
            height, width = height // 2, width // 2
        return batch, height, width, self.filters

    def get_config(self):
        return {
            **super().get_config(),
            "filters": self.filters,
            "kernel_size": self.kernel_size,
            "downsample": self.downsample,
            "use_bias": self.use_bias,
            "activation": keras.activations.serialize(self.activation),
        }
