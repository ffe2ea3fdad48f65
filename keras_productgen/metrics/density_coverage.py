import typing

import keras
import numpy as np

from keras_productgen.metrics.features import check_at_least
from keras_productgen.metrics.features import check_features
from keras_productgen.metrics.features import to_rows
from keras_productgen.metrics.neighbor_metric import NeighborMetric
from keras_productgen.metrics.neighbors import distance_tiles
from keras_productgen.metrics.neighbors import neighbor_radii


class DensityCoverageScores(typing.NamedTuple):
    """Density, near 1 for equal sets, and coverage, a share from 0 to 1."""

    density: float
    coverage: float


def density_coverage(real_features, fake_features, num_neighbors=5):
    """How densely fake pictures lie among real ones, and how many they cover.

    Around each real row lies a ball that reaches to its `num_neighbors`-th
    nearest real row. Density counts the balls that each fake row lies in, over
    `num_neighbors`; it can be above 1. Coverage is the share of balls with a
    fake row in them, borders included. Unlike precision and recall, neither
    looks at balls around fake rows, and one outlier changes little.

    Args:
        real_features: array `(num_real, dim)`.
        fake_features: array `(num_fake, dim)`.
        num_neighbors: int.

    Returns:
        `DensityCoverageScores`, a tuple `(density, coverage)`.

    Raises:
        ValueError: if `num_neighbors` is below 1, a set does not have more rows
            than that, or the lengths of the features differ.

    Reference:
    - [Naeem et al., 2020](https://arxiv.org/abs/2002.09797)
    """
    real_features, fake_features = (
        to_rows(real_features),
        to_rows(fake_features),
    )
    check_at_least("num_neighbors", num_neighbors, 1)
    check_features(real_features, fake_features, at_least=num_neighbors + 1)
    radii = neighbor_radii(real_features, num_neighbors)
    num_within = 0
    is_covered = np.zeros(len(real_features), bool)
    for real, _, distances in distance_tiles(real_features, fake_features):
        within = distances <= radii[real, None]
        num_within += int(within.sum())
        is_covered[real] |= within.any(axis=1)
    density = num_within / (num_neighbors * len(fake_features))
    return DensityCoverageScores(density, float(is_covered.mean()))


@keras.saving.register_keras_serializable(package="keras_productgen")
class DensityCoverage(NeighborMetric):
    """Density and coverage of generated pictures, by nearest features.

    The latest features are kept and compared in `result()`, which returns a
    dict of "density" and "coverage", as Keras' logs take it. It computes in
    numpy, outside of compiled functions. They are not numbers before there are
    more than `num_neighbors` pictures of each kind.

    Scores of two encoders cannot be compared: `encoder_identity` says whose
    they are.

    Args:
        encoder: `keras.Model` from RGB pictures `(batch, height, width, 3)`
            with values 0-255 to feature vectors `(batch, dim)`. Defaults to
            `encoders.load()`.
        name: name of the metric.
        value_range: pair of floats, the values of black and white in the
            pictures that come.
        num_neighbors: int, up to which neighbour the balls reach.
        max_images: int, how many pictures of each kind count: the latest.
        dtype: optional dtype of the results.

    Raises:
        ValueError: if `value_range` is not a pair that rises, `num_neighbors`
            is below 1, or `max_images` is not above it.

    Reference:
    - [Naeem et al., 2020](https://arxiv.org/abs/2002.09797)
    """

    names = DensityCoverageScores._fields

    def __init__(
        self,
        encoder=None,
        name="density_coverage",
        value_range=(0, 255),
        num_neighbors=5,
        max_images=10_000,
        dtype=None,
    ):
        super().__init__(
            encoder, name, value_range, num_neighbors, max_images, dtype
        )

    def compare(self, real_features, fake_features):
        """Returns the `DensityCoverageScores` of two sets of features."""
        return density_coverage(
            real_features, fake_features, self.num_neighbors
        )
