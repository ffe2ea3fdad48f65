import keras
from keras import ops


@keras.saving.register_keras_serializable(package="keras_productgen")
class LearnedConstant(keras.layers.Layer):
    """Gives the same learned features for every picture of a batch.

    Args:
        shape: tuple `(height, width, channels)`.

    Call arguments:
        inputs: any tensor with as many rows as there are pictures; its values
            are not looked at.

    Returns:
        Tensor of shape `(batch, height, width, channels)`.

    Reference:
    - [Karras et al., 2019](https://arxiv.org/abs/1812.04948), section 2
    """

    def __init__(self, shape, **kwargs):
        super().__init__(**kwargs)
        self.shape = tuple(shape)

    def build(self, inputs_shape):
        self.constant = self.add_weight(
            self.shape,
            keras.initializers.RandomNormal(stddev=1.0),
            name="constant",
        )

    def call(self, inputs):
        features = ops.convert_to_tensor(self.constant)
        return ops.broadcast_to(features, (ops.shape(inputs)[0], *self.shape))

    def compute_output_shape(self, inputs_shape):
        return (inputs_shape[0], *self.shape)

    def get_config(self):
        return {**super().get_config(), "shape": self.shape}
