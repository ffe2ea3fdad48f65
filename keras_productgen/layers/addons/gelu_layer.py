import keras


@keras.saving.register_keras_serializable(package="Addons")
class GELU(keras.layers.Layer):
    """`keras.activations.gelu` as a layer.

    Args:
        approximate: bool, whether tanh stands in for the error function.
    """

    def __init__(self, approximate=True, **kwargs):
        super().__init__(**kwargs)
        self.approximate = approximate

    def call(self, inputs):
        return keras.activations.gelu(inputs, self.approximate)

    def compute_output_shape(self, input_shape):
        return input_shape

    def get_config(self):
        return {**super().get_config(), "approximate": self.approximate}
