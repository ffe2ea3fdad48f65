import math

from keras_productgen.metrics.feature_metric import RememberingMetric
from keras_productgen.metrics.features import check_at_least


class NeighborMetric(RememberingMetric):
    """Base of the metrics that look at nearest features.

    Subclasses define `names`, those of the scores, and
    `compare(real_features, fake_features)`, which returns them in this order.

    Args:
        encoder: see `RememberingMetric`, as `name`, `value_range`,
            `max_images` and `dtype`.
        num_neighbors: int, up to which neighbour balls reach.
    """

    names = ()

    def __init__(
        self, encoder, name, value_range, num_neighbors, max_images, dtype
    ):
        check_at_least("num_neighbors", num_neighbors, 1)
        self.num_neighbors = num_neighbors
        super().__init__(encoder, name, value_range, max_images, dtype)

    @property
    def least_images(self):
        return self.num_neighbors + 1

    def compare(self, real_features, fake_features):
        raise NotImplementedError

    def result(self):
        sets = self._remembered()
        scores = self.compare(*sets) if sets else [math.nan] * len(self.names)
        return {k: self._as_result(v) for k, v in zip(self.names, scores)}

    def get_config(self):
        return {**super().get_config(), "num_neighbors": self.num_neighbors}
