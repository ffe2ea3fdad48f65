import keras
import numpy as np

from keras_productgen.metrics.feature_metric import RememberingMetric
from keras_productgen.metrics.features import check_at_least
from keras_productgen.metrics.features import check_features
from keras_productgen.metrics.features import to_rows

# How many projections are sorted at once, to bound the memory.
_PROJECTIONS = 64


def sliced_wasserstein_distance(
    real_features, fake_features, num_projections=512, order=1, seed=0
):
    """Mean distance of two distributions, seen from random directions.

    Along a line, the Wasserstein distance of two sets is exact and cheap: their
    sorted values are compared. It sees the shape of distributions, of which
    the Frechet distance sees mean and covariance alone. It is biased: two
    finite sets of one source are a little apart.

    Args:
        real_features: array `(num_real, dim)`.
        fake_features: array `(num_fake, dim)`; the numbers may differ.
        num_projections: int, number of directions.
        order: int, 1 for the mean way that features have to go, 2 for the root
            of the mean of its square.
        seed: int, of the directions.

    Returns:
        Float, in the units of the features.

    Raises:
        ValueError: if a set is empty, the lengths of the features differ, or
            `num_projections` or `order` is below 1.

    Reference:
    - [Rabin et al., 2011](https://doi.org/10.1007/978-3-642-24785-9_37)
    - [Bonneel et al., 2015](https://doi.org/10.1007/s10851-014-0506-3)
    """
    real_features, fake_features = (
        to_rows(real_features),
        to_rows(fake_features),
    )
    check_features(real_features, fake_features, at_least=1)
    check_at_least("num_projections", num_projections, 1)
    check_at_least("order", order, 1)
    generator = np.random.default_rng(seed)
    dim = real_features.shape[1]
    directions = generator.normal(size=(num_projections, dim))
    directions /= np.linalg.norm(directions, axis=1, keepdims=True)
    total = 0.0
    for start in range(0, num_projections, _PROJECTIONS):
        some = directions[start : start + _PROJECTIONS]
        real = _sorted_along(some, real_features)
        fake = _sorted_along(some, fake_features)
        total += _cost_of_sorted(real, fake, order).sum(dtype="float64")
    return float((total / num_projections) ** (1.0 / order))


def _sorted_along(directions, features):
    """Returns the sorted projections, one direction a row."""
    # In the precision of the features: a copy of them would be large.
    dtype = np.result_type(features, "float32")
    return np.sort(directions.astype(dtype) @ features.T, axis=1)


def _cost_of_sorted(real, fake, order):
    """Cost of moving each row of `real` onto that of `fake`."""
    num_real, num_fake = real.shape[1], fake.shape[1]
    if num_real == num_fake:
        return np.mean(np.abs(real - fake) ** order, axis=1, dtype="float64")
    # Between two cuts, each side moves a piece of one of its rows. Counted in
    # parts of `num_real * num_fake`, the cuts are whole numbers.
    cuts = np.union1d(
        np.arange(1, num_real + 1) * num_fake,
        np.arange(1, num_fake + 1) * num_real,
    )
    pieces = np.diff(cuts, prepend=0) / (num_real * num_fake)
    steps = real[:, (cuts - 1) // num_fake] - fake[:, (cuts - 1) // num_real]
    return np.abs(steps) ** order @ pieces


@keras.saving.register_keras_serializable(package="keras_productgen")
class SlicedWassersteinDistance(RememberingMetric):
    """Sliced Wasserstein distance (SWD) between the features of pictures.

    The latest features are kept. It computes in numpy, outside of compiled
    functions, and is not a number before there are two pictures of each kind.
    `laplacian_sliced_wasserstein` compares patches of pictures, without an
    encoder.

    Distances of two encoders cannot be compared: `encoder_identity` says whose
    they are.

    Args:
        encoder: `keras.Model` from RGB pictures `(batch, height, width, 3)`
            with values 0-255 to feature vectors `(batch, dim)`. Defaults to
            `encoders.load()`.
        name: name in the logs.
        value_range: pair of floats, the values of black and white in the
            pictures that come.
        num_projections: int, number of random directions.
        order: int, see `sliced_wasserstein_distance`.
        seed: int, of the directions.
        max_images: int, how many pictures of each kind count: the latest.
        dtype: optional dtype of the result.

    Raises:
        ValueError: if `value_range` is not a pair that rises, `max_images` is
            below 2, or `num_projections` or `order` below 1.

    Reference:
    - [Rabin et al., 2011](https://doi.org/10.1007/978-3-642-24785-9_37)
    """

    def __init__(
        self,
        encoder=None,
        name="swd",
        value_range=(0, 255),
        num_projections=512,
        order=1,
        seed=0,
        max_images=10_000,
        dtype=None,
    ):
        super().__init__(encoder, name, value_range, max_images, dtype)
        check_at_least("num_projections", num_projections, 1)
        check_at_least("order", order, 1)
        self.num_projections = num_projections
        self.order = order
        self.seed = seed

    def result(self):
        sets = self._remembered()
        if sets is None:
            return self._as_result(np.nan)
        distance = sliced_wasserstein_distance(
            *sets, self.num_projections, self.order, self.seed
        )
        return self._as_result(distance)

    def get_config(self):
        return {
            **super().get_config(),
            "num_projections": self.num_projections,
            "order": self.order,
            "seed": self.seed,
        }
