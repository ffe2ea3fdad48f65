import keras
from keras import ops


@keras.saving.register_keras_serializable(package="keras_productgen")
class InstanceNormalization(keras.layers.Layer):
    """Normalizes every feature map of every image by itself.

    Its second derivatives are right on every backend, which those of
    `keras.layers.GroupNormalization(groups=-1)` on TensorFlow are not.

    Args:
        epsilon: float, keeps the division by the deviation finite.
        affine: bool, whether a learned scale and offset follow.

    Call arguments:
        inputs: tensor of shape `(batch, height, width, channels)`.

    Returns:
        Tensor of the shape of `inputs`.

    Reference:
    - [Ulyanov et al., 2016](https://arxiv.org/abs/1607.08022)
    """

    axes = (1, 2)

    def __init__(self, epsilon=1e-3, affine=True, **kwargs):
        super().__init__(**kwargs)
        self.epsilon = epsilon
        self.affine = affine

    def build(self, input_shape):
        if not self.affine:
            return
        channels = (input_shape[-1],)
        self.gamma = self.add_weight(channels, "ones", name="gamma")
        self.beta = self.add_weight(channels, "zeros", name="beta")

    def call(self, inputs):
        values = ops.cast(inputs, "float32")
        # Not `ops.moments`: TensorFlow's stops the gradient of the mean.
        mean = ops.mean(values, self.axes, keepdims=True)
        variance = ops.mean((values - mean) ** 2, self.axes, keepdims=True)
        normalized = (values - mean) * ops.rsqrt(variance + self.epsilon)
        normalized = ops.cast(normalized, self.compute_dtype)
        if not self.affine:
            return normalized
        return normalized * self.gamma + self.beta

    def compute_output_shape(self, input_shape):
        return input_shape

    def get_config(self):
        return {
            **super().get_config(),
            "epsilon": self.epsilon,
            "affine": self.affine,
        }
