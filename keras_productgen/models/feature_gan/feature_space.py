import keras
import numpy as np
from keras import ops

from keras_productgen.models.feature_gan.linear_split import linear_split


@keras.saving.register_keras_serializable(package="keras_productgen")
class FeatureSpace(keras.Layer):
    """Between an encoder's features, and latents with conditions.

    Until `fit` it takes the first features as latents. What it has fitted is
    saved with its weights.

    Args:
        feature_dim: int, length of the encoder's features.
        latent_dim: int, length of the latents.
        condition_dim: int, columns of all conditions, categories one-hot.
        num_hidden: int, components of the features that are left to the
            conditions.
    """

    def __init__(
        self, feature_dim, latent_dim, condition_dim, num_hidden, **kwargs
    ):
        super().__init__(trainable=False, dtype="float32", **kwargs)
        self.latent_dim = latent_dim
        self.num_hidden = num_hidden
        shapes = {
            "features_mean": (feature_dim,),
            "features_deviation": (feature_dim,),
            "to_latents": (feature_dim, latent_dim),
            "from_latents": (latent_dim, feature_dim),
        }
        if condition_dim:
            shapes |= {
                "to_conditions": (feature_dim, condition_dim),
                "from_conditions": (condition_dim, feature_dim),
                "conditions_mean": (condition_dim,),
                "conditions_lowest": (condition_dim,),
                "conditions_highest": (condition_dim,),
            }
        self._values = {
            name: self.add_weight(
                shape, _initializer(name), trainable=False, name=name
            )
            for name, shape in shapes.items()
        }
        self.num_images = self.add_weight(
            (), "zeros", dtype="int32", trainable=False, name="num_images"
        )
        self.built = True

    def fit(self, features, conditions):
        """Learns from arrays, one row a picture; see `linear_split`."""
        split = linear_split(
            features, conditions, self.latent_dim, self.num_hidden
        )
        for name, variable in self._values.items():
            variable.assign(split[name])
        self.num_images.assign(len(features))

    def standard(self, features):
        """Features with a mean of 0 and a variance of 1."""
        features = ops.cast(features, "float32")
        centered = features - self._values["features_mean"]
        return centered / self._values["features_deviation"]

    def latents(self, standard):
        """What standard features say beyond the conditions."""
        return ops.matmul(standard, self._values["to_latents"])

    def expected(self, latents, conditions):
        """The standard features of both; `conditions` may be None."""
        standard = ops.matmul(latents, self._values["from_latents"])
        if conditions is None:
            return standard
        centered = conditions - self._values["conditions_mean"]
        return standard + ops.matmul(centered, self._values["from_conditions"])

    def guessed_conditions(self, standard):
        """What standard features say of the conditions, within their range."""
        guess = ops.matmul(standard, self._values["to_conditions"])
        lowest, highest = (
            ops.convert_to_tensor(self._values[f"conditions_{end}"])
            for end in ("lowest", "highest")
        )
        return ops.clip(
            guess + self._values["conditions_mean"], lowest, highest
        )


def _initializer(name):
    if name in ("to_latents", "from_latents"):
        return lambda shape, dtype: ops.cast(np.eye(*shape), dtype)
    ones = ("features_deviation", "conditions_highest")
    return "ones" if name in ones else "zeros"
