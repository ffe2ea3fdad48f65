import numpy as np
from scipy import linalg


def frechet_distance(real_mean, real_covariance, fake_mean, fake_covariance):
    """Squared Frechet distance between two normal distributions.

    The square root in it is taken of a symmetric matrix, by its eigenvalues,
    in float64: never complex, never below 0, for singular covariances too.

    Args:
        real_mean: array `(dim,)`.
        real_covariance: symmetric array `(dim, dim)`.
        fake_mean: array `(dim,)`.
        fake_covariance: symmetric array `(dim, dim)`.

    Returns:
        Float.

    Raises:
        ValueError: if the shapes do not fit, or a value is not finite.

    Reference:
    - [Dowson and Landau, 1982](https://doi.org/10.1016/0047-259X(82)90077-X)
    """
    means = [np.asarray(mean, "float64") for mean in (real_mean, fake_mean)]
    covariances = [
        np.asarray(covariance, "float64")
        for covariance in (real_covariance, fake_covariance)
    ]
    _check_moments(means, covariances)
    real, fake = covariances
    root = covariance_root(real)
    return distance_of_moments(means[0] - means[1], real, fake, root)


def covariance_root(covariance):
    """Returns `root`, for which `root @ root.T` is the covariance.

    Directions without variance are left out: of shape `(dim, rank)`.
    """
    try:
        return linalg.cholesky(covariance, lower=True)
    except linalg.LinAlgError:  # Singular: slower, by eigenvalues.
        values, vectors = linalg.eigh(covariance, driver="evd")
    noise = len(values) * np.finfo("float64").eps * max(values[-1], 0.0)
    kept = values > noise
    return vectors[:, kept] * np.sqrt(values[kept])


def distance_of_moments(step, real_covariance, fake_covariance, real_root):
    """The distance, given the step between the means and the real root."""
    # Similar to the product of the covariances, and symmetric.
    product = real_root.T @ fake_covariance @ real_root
    values = np.zeros(0)
    if product.size:
        values = linalg.eigh(product, eigvals_only=True, driver="evd")
    overlap = np.sum(np.sqrt(np.maximum(values, 0.0)))
    spread = np.trace(real_covariance) + np.trace(fake_covariance)
    return max(float(step @ step + spread - 2.0 * overlap), 0.0)


def distance_of_rows(real_features, fake_features):
    """The same distance from the rows, quick where they are few.

    The trace of the root of the product of two covariances is the sum of the
    singular values of `centred_real @ centred_fake.T`: of a matrix no larger
    than the numbers of rows, whatever the length of a row.

    Args:
        real_features: array `(num_real, dim)`, at least 2 rows.
        fake_features: array `(num_fake, dim)`, likewise.
    """
    features = (real_features, fake_features)
    rows = [np.asarray(some, "float64") for some in features]
    if not all(np.isfinite(some).all() for some in rows):
        raise ValueError(
            "Features must be finite. Received: values that are infinite or "
            "not a number"
        )
    means = [some.mean(axis=0) for some in rows]
    real, fake = [
        (some - mean) / np.sqrt(len(some) - 1)
        for some, mean in zip(rows, means)
    ]
    overlap = linalg.svdvals(real @ fake.T).sum()
    spread = np.sum(real**2) + np.sum(fake**2)
    step = means[0] - means[1]
    return max(float(step @ step + spread - 2.0 * overlap), 0.0)


def _check_moments(means, covariances):
    shapes = [array.shape for array in (*means, *covariances)]
    dim = means[0].size
    if shapes != [(dim,), (dim,), (dim, dim), (dim, dim)]:
        raise ValueError(
            "Means must have the shape (dim,) and covariances (dim, dim), with "
            f"the same dim. Received: shapes {shapes}"
        )
    if not all(np.isfinite(array).all() for array in (*means, *covariances)):
        raise ValueError(
            "Means and covariances must be finite. Received: values that are "
            "infinite or not a number"
        )
