import keras
from keras import ops

from keras_productgen import backend


@keras.saving.register_keras_serializable(package="keras_productgen")
class Conv2D(keras.layers.Conv2D):
    """Keras' `Conv2D`, faster to train on TensorFlow on a CPU.

    Same arguments, same weights, same results. The gradient of a kernel that
    leads from many channels to many filters is computed in another way. See
    `docs/design.md`.
    """

    def call(self, inputs):
        if (
            self.data_format != "channels_last"
            or self.padding != "same"
            or tuple(self.dilation_rate) != (1, 1)
            or self.groups != 1
        ):
            return super().call(inputs)
        outputs = backend.conv2d(
            inputs,
            ops.convert_to_tensor(self.kernel),
            tuple(self.strides),
            self.padding,
        )
        if self.use_bias:
            outputs = outputs + ops.convert_to_tensor(self.bias)
        return outputs if self.activation is None else self.activation(outputs)
