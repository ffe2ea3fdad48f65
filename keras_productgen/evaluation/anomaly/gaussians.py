import numpy as np


class Gaussians:
    """A normal distribution of features for every place of a picture.

    Args:
        shrinkage: float, share of the mean variance that is added to all
            variances: there are hardly more pictures than features. With too
            little of it, directions in which good pictures happen to agree
            drown the faults.

    Reference:
    - [Defard et al., 2020](https://arxiv.org/abs/2011.08785), PaDiM
    """

    def __init__(self, shrinkage=0.2):
        self.shrinkage = shrinkage

    def fit(self, features):
        """Takes float32 features `(num_images, rows, columns, dim)`."""
        num_images, rows, columns, dim = features.shape
        self.means = features.mean(0)
        self.whitening = np.empty((rows, columns, dim, dim), "float32")
        for row in range(rows):
            centred = (features[:, row] - self.means[row]).transpose(1, 0, 2)
            covariances = centred.transpose(0, 2, 1) @ centred / num_images
            self.whitening[row] = covariances
        diagonal = np.einsum("rcdd->rcd", self.whitening)
        diagonal += self.shrinkage * diagonal.mean() + 1e-8
        for row in range(rows):
            inverse = np.linalg.inv(self.whitening[row].astype("float64"))
            self.whitening[row] = np.linalg.cholesky(inverse)

    def distances(self, features):
        """Mahalanobis distances `(batch, rows, columns)`."""
        centred = (features - self.means).transpose(1, 2, 0, 3)
        white = centred @ self.whitening
        return np.linalg.norm(white, axis=-1).transpose(2, 0, 1)
