import numpy as np
from scipy.linalg import blas

from keras_productgen.metrics.features import to_rows


class FeatureMoments:
    """Mean and covariance of features that come in batches.

    Constant memory, `dim * dim` float64 numbers, whatever the backend. Batches
    are centred before they are squared, by the pairwise update: features far
    from 0 lose no digits.

    Args:
        dim: int, length of a feature vector.

    Reference:
    - [Chan et al., 1983](https://doi.org/10.1080/00031305.1983.10483115)
    """

    def __init__(self, dim):
        self.dim = dim
        self.clear()

    def clear(self):
        self.count = 0
        self.mean = np.zeros(self.dim)
        # BLAS adds to a matrix in Fortran's order without a copy of it.
        self._scatter = np.zeros((self.dim, self.dim), order="F")

    def add(self, features):
        """Adds features of shape `(batch, dim)`."""
        features = to_rows(features)
        if features.shape[1] != self.dim:
            raise ValueError(
                f"Features must have the shape (num_images, {self.dim}). "
                f"Received: shape {features.shape}"
            )
        num_new = len(features)
        if num_new == 0:
            return
        total = self.count + num_new
        mean = features.mean(axis=0, dtype="float64")
        shift = mean - self.mean
        # The step between the means counts as one row more.
        rows = np.empty((num_new + 1, self.dim))
        np.subtract(features, mean, out=rows[:-1])
        rows[-1] = shift * np.sqrt(self.count * num_new / total)
        # One triangle is enough, and half the work.
        self._scatter = blas.dsyrk(
            1.0, rows.T, beta=1.0, c=self._scatter, overwrite_c=1
        )
        self.mean += shift * (num_new / total)
        self.count = total

    def covariance(self):
        """Returns the unbiased covariance, float64 `(dim, dim)`."""
        upper = np.triu(self._scatter)
        full = upper + np.triu(upper, 1).T
        return full / (self.count - 1)
