import keras
from keras import ops

from keras_productgen import backend


@keras.saving.register_keras_serializable(package="keras_productgen")
class Conv2DTranspose(keras.layers.Conv2DTranspose):
    """Keras' `Conv2DTranspose`, faster to train on a CPU.

    Same arguments, same weights, same results. On JAX and TensorFlow the
    gradient of the kernel is computed in another way, on torch the borders are
    left out and not cut off. See `docs/design.md`.
    """

    def call(self, inputs):
        if (
            self.data_format != "channels_last"
            or self.padding != "same"
            or tuple(self.dilation_rate) != (1, 1)
            or self.output_padding is not None
        ):
            return super().call(inputs)
        outputs = backend.conv2d_transpose(
            inputs,
            ops.convert_to_tensor(self.kernel),
            tuple(self.strides),
            self.padding,
        )
        if self.use_bias:
            outputs = outputs + ops.convert_to_tensor(self.bias)
        return outputs if self.activation is None else self.activation(outputs)
