import math

import keras
from keras import ops


@keras.saving.register_keras_serializable(package="keras_productgen")
class EqualizedDense(keras.layers.Layer):
    """Dense layer whose weights all learn at the same rate.

    The kernel starts with deviation 1 and is scaled by `1 / sqrt(channels)`
    each time it is used, so that an optimizer like Adam, whose steps do not
    depend on the size of gradients, moves all layers by the same share.

    Args:
        units: int, number of outputs.
        use_bias: bool.
        initial_bias: float, value of the bias before training.
        learning_rate_multiplier: float, slows the layer down without a change
            of its first outputs.
        activation: optional function, or its name.

    Call arguments:
        inputs: tensor of shape `(batch, channels)`.

    Returns:
        Tensor of shape `(batch, units)`.

    Raises:
        ValueError: if `learning_rate_multiplier` is not above 0.

    Reference:
    - [Karras et al., 2018](https://arxiv.org/abs/1710.10196), section 4.1
    """

    def __init__(
        self,
        units,
        use_bias=True,
        initial_bias=0.0,
        learning_rate_multiplier=1.0,
        activation=None,
        **kwargs,
    ):
        super().__init__(**kwargs)
        if not learning_rate_multiplier > 0.0:
            raise ValueError(
                "`learning_rate_multiplier` must be above 0. Received: "
                f"learning_rate_multiplier={learning_rate_multiplier}"
            )
        self.units = units
        self.use_bias = use_bias
        self.initial_bias = initial_bias
        self.learning_rate_multiplier = learning_rate_multiplier
        self.activation = keras.activations.get(activation)

    def build(self, inputs_shape):
        channels = inputs_shape[-1]
        rate = self.learning_rate_multiplier
        self.scale = rate / math.sqrt(channels)
        self.kernel = self.add_weight(
            (channels, self.units),
            keras.initializers.RandomNormal(stddev=1.0 / rate),
            name="kernel",
        )
        if self.use_bias:
            self.bias = self.add_weight(
                (self.units,),
                keras.initializers.Constant(self.initial_bias / rate),
                name="bias",
            )

    def call(self, inputs):
        outputs = ops.matmul(inputs, self.kernel * self.scale)
        if self.use_bias:
            outputs = outputs + self.bias * self.learning_rate_multiplier
        return self.activation(outputs)

    def compute_output_shape(self, inputs_shape):
        return (*inputs_shape[:-1], self.units)

    def get_config(self):
        return {
            **super().get_config(),
            "units": self.units,
            "use_bias": self.use_bias,
            "initial_bias": self.initial_bias,
            "learning_rate_multiplier": self.learning_rate_multiplier,
            "activation": keras.activations.serialize(self.activation),
        }
