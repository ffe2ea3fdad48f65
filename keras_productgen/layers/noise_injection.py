import keras
from keras import ops


@keras.saving.register_keras_serializable(package="keras_productgen")
class NoiseInjection(keras.layers.Layer):
    """Adds noise, the same to all channels, times a learned strength.

    In training the noise is new each time. Afterwards it is a picture that was
    drawn when the layer was made and is saved with it, so that what a network
    makes depends on its inputs alone.

    Args:
        seed: optional int, fixes the noise of the training.

    Call arguments:
        features: tensor of shape `(batch, height, width, channels)`.
        training: bool.

    Returns:
        Tensor of the shape of `features`.

    Reference:
    - [Karras et al., 2019](https://arxiv.org/abs/1812.04948), section 2
    """

    def __init__(self, seed=None, **kwargs):
        super().__init__(**kwargs)
        self.seed = seed
        self.seed_generator = keras.random.SeedGenerator(seed)

    def build(self, features_shape):
        _, height, width, _ = features_shape
        self.strength = self.add_weight((), "zeros", name="strength")
        self.fixed_noise = self.add_weight(
            (height, width, 1),
            keras.initializers.RandomNormal(stddev=1.0),
            trainable=False,
            name="fixed_noise",
        )

    def call(self, features, training=False):
        if training:
            shape = (*ops.shape(features)[:-1], 1)
            noise = keras.random.normal(
                shape, dtype=features.dtype, seed=self.seed_generator
            )
        else:
            noise = ops.convert_to_tensor(self.fixed_noise)
        return features + noise * self.strength

    def compute_output_shape(self, features_shape):
        return features_shape

    def get_config(self):
        return {**super().get_config(), "seed": self.seed}
