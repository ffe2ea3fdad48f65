import warnings

import keras
import numpy as np

from keras_productgen.metrics.feature_metric import FeatureMetric
from keras_productgen.metrics.feature_moments import FeatureMoments
from keras_productgen.metrics.features import check_features
from keras_productgen.metrics.features import to_rows
from keras_productgen.metrics.frechet_distance import distance_of_rows
from keras_productgen.metrics.frechet_distance import frechet_distance


def frechet_inception_distance(real_features, fake_features):
    """Frechet distance between two sets of features, as if both were normal.

    Biased: too large for few pictures, by an amount that depends on the model
    that made them. Compare at equal numbers of pictures, or take
    `fid_infinity` or the kernel inception distance.

    Args:
        real_features: array `(num_real, dim)`.
        fake_features: array `(num_fake, dim)`.

    Returns:
        Float.

    Raises:
        ValueError: if a set has fewer than 2 rows, the lengths of the features
            differ, or a value is not finite.

    Reference:
    - [Heusel et al., 2017](https://arxiv.org/abs/1706.08500)
    """
    real_features, fake_features = (
        to_rows(real_features),
        to_rows(fake_features),
    )
    check_features(real_features, fake_features)
    counts = len(real_features), len(fake_features)
    warn_of_bias(*counts, real_features.shape[1])
    if min(counts) < real_features.shape[1]:
        return distance_of_rows(real_features, fake_features)
    real, fake = moments_of(real_features), moments_of(fake_features)
    return frechet_distance(
        real.mean, real.covariance(), fake.mean, fake.covariance()
    )


def moments_of(features):
    """Returns the `FeatureMoments` of a whole set."""
    moments = FeatureMoments(features.shape[1])
    moments.add(features)
    return moments


def warn_of_bias(num_real, num_fake, dim):
    """Warns where the value is more a count of pictures than a distance."""
    smaller = min(num_real, num_fake)
    if smaller < 2 * dim:
        warnings.warn(
            f"The Frechet distance of {smaller} pictures with {dim} features "
            f"is far too large: fewer than {2 * dim} pictures make a poor "
            "covariance. Compare it at this number of pictures only, or "
            "measure the kernel inception distance, which has no such bias.",
            stacklevel=3,
        )


@keras.saving.register_keras_serializable(package="keras_productgen")
class FrechetInceptionDistance(FeatureMetric):
    """Frechet inception distance (FID) between real and generated pictures.

    Streams: keeps means and covariances in float64 and no picture, so that the
    result does not depend on how the pictures were put in batches. It computes
    in numpy, outside of compiled functions, and is not a number before there
    are two pictures of each kind.

    It is biased: two sets of `n` pictures of one source are as far apart as
    about `dim / (2 n)` of the variance of features that vary alike in all
    directions. Below `2 * dim` pictures it warns.

    The default encoder is trained on products, not on ImageNet: its distances
    cannot be compared with published ones, nor those of any two encoders.
    `encoder_identity` says whose they are.

    Args:
        encoder: `keras.Model` from RGB pictures `(batch, height, width, 3)`
            with values 0-255 to feature vectors `(batch, dim)`. Defaults to
            `encoders.load()`.
        name: name in the logs.
        value_range: pair of floats, the values of black and white in the
            pictures that come.
        dtype: optional dtype of the result.

    Raises:
        ValueError: if `value_range` is not a pair that rises.

    Reference:
    - [Heusel et al., 2017](https://arxiv.org/abs/1706.08500)
    - [Chong and Forsyth, 2020](https://arxiv.org/abs/1911.07023), on the bias
    """

    def __init__(
        self, encoder=None, name="fid", value_range=(0, 255), dtype=None
    ):
        super().__init__(encoder, name, value_range, dtype)
        self.real_moments = FeatureMoments(self.dim)
        self.fake_moments = FeatureMoments(self.dim)

    def update_features(self, real_features, fake_features):
        """Adds pictures by their features; their numbers may differ."""
        self.real_moments.add(real_features)
        self.fake_moments.add(fake_features)

    def result(self):
        real, fake = self.real_moments, self.fake_moments
        if min(real.count, fake.count) < 2:
            return self._as_result(np.nan)
        warn_of_bias(real.count, fake.count, self.dim)
        return self._as_result(
            frechet_distance(
                real.mean, real.covariance(), fake.mean, fake.covariance()
            )
        )

    def reset_state(self):
        self.real_moments.clear()
        self.fake_moments.clear()
