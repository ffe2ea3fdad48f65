import keras
from keras import ops


@keras.saving.register_keras_serializable(package="Addons")
class FilterResponseNormalization(keras.layers.Layer):
    """Divides every feature map by the root of its mean square.

    Initializers, regularizers and constraints of old configs are accepted and
    left out: they matter to a training alone.

    Args:
        epsilon: float, keeps the division finite.
        learned_epsilon: bool, whether a learned number is added to `epsilon`.

    Call arguments:
        inputs: tensor of shape `(batch, height, width, channels)`.

    Returns:
        Tensor of the shape of `inputs`.

    Reference:
    - [Singh and Krishnan, 2019](https://arxiv.org/abs/1911.09737)
    """

    def __init__(self, epsilon=1e-6, learned_epsilon=False, **kwargs):
        super().__init__(**kwargs)
        self.epsilon = epsilon
        self.learned_epsilon = learned_epsilon

    @classmethod
    def from_config(cls, config):
        unused = ("_initializer", "_regularizer", "_constraint", "axis")
        return cls(
            **{k: v for k, v in config.items() if not k.endswith(unused)}
        )

    def build(self, input_shape):
        if self.learned_epsilon:
            small = keras.initializers.Constant(1e-4)
            self.added_epsilon = self.add_weight((1,), small, name="epsilon")
        shape = (1, 1, 1, input_shape[-1])
        self.gamma = self.add_weight(shape, "ones", name="gamma")
        self.beta = self.add_weight(shape, "zeros", name="beta")

    def call(self, inputs):
        epsilon = abs(self.epsilon)
        if self.learned_epsilon:
            epsilon = epsilon + ops.abs(self.added_epsilon)
        mean_square = ops.mean(ops.square(inputs), (1, 2), keepdims=True)
        normalized = inputs * ops.rsqrt(mean_square + epsilon)
        return self.gamma * normalized + self.beta

    def compute_output_shape(self, input_shape):
        return input_shape

    def get_config(self):
        return {
            **super().get_config(),
            "epsilon": self.epsilon,
            "learned_epsilon": self.learned_epsilon,
        }
