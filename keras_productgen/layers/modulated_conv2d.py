import math

import keras
from keras import ops

from keras_productgen import backend
from keras_productgen.layers.blur import blurred
from keras_productgen.layers.equalized_dense import EqualizedDense


@keras.saving.register_keras_serializable(package="keras_productgen")
class ModulatedConv2D(keras.layers.Layer):
    """Convolution whose kernel is scaled for every picture by its style.

    A style, made of a vector by a learned affine map, scales the kernel's
    input channels; demodulation then scales each of its filters to norm 1.
    Instead of a kernel for each picture, the features are scaled before and
    after one convolution, which comes to the same.

    Args:
        filters: int, number of outputs.
        kernel_size: int, an odd number.
        upsample: bool, whether height and width are doubled, by a transposed
            convolution and a blur.
        demodulate: bool.

    Call arguments:
        features: tensor of shape `(batch, height, width, channels)`.
        styles: tensor of shape `(batch, style_dim)`.

    Returns:
        Tensor of shape `(batch, height, width, filters)`, or
        `(batch, 2 * height, 2 * width, filters)`.

    Reference:
    - [Karras et al., 2020](https://arxiv.org/abs/1912.04958), equations 1-3
    """

    def __init__(
        self, filters, kernel_size, upsample=False, demodulate=True, **kwargs
    ):
        # Styles and the sums of squares below stay in float32 even where the
        # convolution does not: they would leave the range of float16.
        super().__init__(autocast=False, **kwargs)
        self.filters = filters
        self.kernel_size = kernel_size
        self.upsample = upsample
        self.demodulate = demodulate

    def build(self, features_shape, styles_shape):
        size, channels = self.kernel_size, features_shape[-1]
        self.scale = 1.0 / math.sqrt(size * size * channels)
        self.affine = EqualizedDense(
            channels, initial_bias=1.0, dtype="float32"
        )
        self.affine.build(styles_shape)
        self.kernel = self.add_weight(
            (size, size, channels, self.filters),
            keras.initializers.RandomNormal(stddev=1.0),
            name="kernel",
        )
        self.bias = self.add_weight((self.filters,), "zeros", name="bias")

    def call(self, features, styles):
        styles = self.affine(styles)
        kernel = self.kernel * self.scale
        outputs = self._cast(features) * self._per_channel(styles)
        outputs = self._convolve(outputs, self._cast(kernel))
        if self.demodulate:
            squares = ops.matmul(styles**2, ops.sum(kernel**2, (0, 1)))
            outputs = outputs * self._per_channel(ops.rsqrt(squares + 1e-8))
        return outputs + self._cast(ops.convert_to_tensor(self.bias))

    def _convolve(self, features, kernel):
        if not self.upsample:
            return backend.conv2d(features, kernel, (1, 1), "same")
        kernel = ops.swapaxes(blurred(kernel, gain=4.0), 2, 3)
        return backend.conv2d_transpose(features, kernel, (2, 2), "same")

    def _per_channel(self, factors):
        return ops.reshape(self._cast(factors), (-1, 1, 1, factors.shape[-1]))

    def _cast(self, tensor):
        return ops.cast(tensor, self.compute_dtype)

    def compute_output_shape(self, features_shape, styles_shape):
        batch, height, width, _ = features_shape
        if self.upsample:
            height, width = 2 * height, 2 * width
        return batch, height, width, self.filters

    def get_config(self):
        return {
            **super().get_config(),
            "filters": self.filters,
            "kernel_size": self.kernel_size,
            "upsample": self.upsample,
            "demodulate": self.demodulate,
        }
