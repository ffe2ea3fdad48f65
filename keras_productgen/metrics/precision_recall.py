import typing

import keras
import numpy as np

from keras_productgen.metrics.features import check_at_least
from keras_productgen.metrics.features import check_features
from keras_productgen.metrics.features import to_rows
from keras_productgen.metrics.neighbor_metric import NeighborMetric
from keras_productgen.metrics.neighbors import distance_tiles
from keras_productgen.metrics.neighbors import neighbor_radii


class PrecisionRecallScores(typing.NamedTuple):
    """Shares from 0 to 1: of good pictures, and of pictures that are made."""

    precision: float
    recall: float


def precision_recall(real_features, fake_features, num_neighbors=3):
    """How many fake pictures look real, and how many real ones are covered.

    Each set spans the balls around its rows that reach to their
    `num_neighbors`-th nearest. Precision is the share of fake rows within the
    real balls, recall the share of real rows within the fake balls, borders
    included. Blurred or broken pictures lower precision, missing kinds of
    pictures recall. A single far outlier has a large ball, which flatters both:
    `density_coverage` has no such weakness.

    Both depend on the numbers of rows: compare at equal ones.

    Args:
        real_features: array `(num_real, dim)`.
        fake_features: array `(num_fake, dim)`.
        num_neighbors: int.

    Returns:
        `PrecisionRecallScores`, a tuple `(precision, recall)`.

    Raises:
        ValueError: if `num_neighbors` is below 1, a set does not have more rows
            than that, or the lengths of the features differ.

    Reference:
    - [Kynkaanniemi et al., 2019](https://arxiv.org/abs/1904.06991)
    """
    real_features, fake_features = (
        to_rows(real_features),
        to_rows(fake_features),
    )
    check_at_least("num_neighbors", num_neighbors, 1)
    check_features(real_features, fake_features, at_least=num_neighbors + 1)
    real_radii = neighbor_radii(real_features, num_neighbors)
    fake_radii = neighbor_radii(fake_features, num_neighbors)
    is_real_like = np.zeros(len(fake_features), bool)
    is_covered = np.zeros(len(real_features), bool)
    for real, fake, distances in distance_tiles(real_features, fake_features):
        within_real = distances <= real_radii[real, None]
        within_fake = distances <= fake_radii[fake]
        is_real_like[fake] |= within_real.any(axis=0)
        is_covered[real] |= within_fake.any(axis=1)
    return PrecisionRecallScores(
        float(is_real_like.mean()), float(is_covered.mean())
    )


@keras.saving.register_keras_serializable(package="keras_productgen")
class PrecisionRecall(NeighborMetric):
    """Precision and recall of generated pictures, by nearest features.

    The latest features are kept and compared in `result()`, which returns a
    dict of "precision" and "recall", as Keras' logs take it. It computes in
    numpy, outside of compiled functions. They are not numbers before there are
    more than `num_neighbors` pictures of each kind.

    Shares of two encoders cannot be compared: `encoder_identity` says whose
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
    - [Kynkaanniemi et al., 2019](https://arxiv.org/abs/1904.06991)
    """

    names = PrecisionRecallScores._fields

    def __init__(
        self,
        encoder=None,
        name="precision_recall",
        value_range=(0, 255),
        num_neighbors=3,
        max_images=10_000,
        dtype=None,
    ):
        super().__init__(
            encoder, name, value_range, num_neighbors, max_images, dtype
        )

    def compare(self, real_features, fake_features):
        """Returns the `PrecisionRecallScores` of two sets of features."""
        return precision_recall(
            real_features, fake_features, self.num_neighbors
        )
