import typing

import numpy as np

from keras_productgen.metrics.features import check_at_least
from keras_productgen.metrics.features import check_features
from keras_productgen.metrics.features import to_rows
from keras_productgen.metrics.frechet_distance import covariance_root
from keras_productgen.metrics.frechet_distance import distance_of_moments
from keras_productgen.metrics.frechet_inception_distance import moments_of


class FIDExtrapolation(typing.NamedTuple):
    """The distance for endlessly many generated pictures, and its evidence.

    Args:
        value: float, the extrapolated distance.
        num_images: int array, how many generated pictures were measured.
        distances: float array, the distances of so many.
        fit: float, the share of their variance that the line explains; where
            it is not near 1, do not trust the value.
    """

    value: float
    num_images: np.ndarray
    distances: np.ndarray
    fit: float


def fid_infinity(
    real_features, fake_features, smallest=None, num_sizes=15, seed=0
):
    """Frechet inception distance, freed of its bias for few fake pictures.

    The distance of `n` generated pictures falls on a line over `1 / n`, which
    is followed to endlessly many. The line is straight where `n` is well above
    the length of a feature vector. What few *real* pictures add stays: compare
    models against the same ones.

    Args:
        real_features: array `(num_real, dim)`.
        fake_features: array `(num_fake, dim)`.
        smallest: int, how few generated pictures are measured. Defaults to 5000
            as in the paper, or half of them where that is less.
        num_sizes: int, how many numbers of pictures, at even steps.
        seed: int, of the random choice of them.

    Returns:
        `FIDExtrapolation`.

    Raises:
        ValueError: if a set has fewer than 4 rows, the lengths of the features
            differ, `num_sizes` is below 2, or `smallest` is not from 2 to
            below `num_fake`.

    Reference:
    - [Chong and Forsyth, 2020](https://arxiv.org/abs/1911.07023)
    """
    real_features, fake_features = (
        to_rows(real_features),
        to_rows(fake_features),
    )
    check_features(real_features, fake_features, at_least=4)
    check_at_least("num_sizes", num_sizes, 2)
    num_fake = len(fake_features)
    if smallest is None:
        smallest = min(5000, num_fake // 2)
    if not 2 <= smallest < num_fake:
        raise ValueError(
            "`smallest` must be from 2 to below the number of fake pictures. "
            f"Received: smallest={smallest}, fake pictures: {num_fake}"
        )
    sizes = np.linspace(smallest, num_fake, num_sizes).astype(int)
    distances = _distances(real_features, fake_features, sizes, seed)
    slope, value = np.polyfit(1.0 / sizes, distances, 1)
    errors = distances - (slope / sizes + value)
    fit = 1.0 - np.sum(errors**2) / max(
        np.sum((distances - distances.mean()) ** 2), np.finfo(float).tiny
    )
    return FIDExtrapolation(float(value), sizes, distances, float(fit))


def _distances(real_features, fake_features, sizes, seed):
    """Distances of random choices of the fake pictures from all real ones."""
    generator = np.random.default_rng(seed)
    real = moments_of(real_features)
    covariance = real.covariance()
    root = covariance_root(covariance)
    distances = []
    for size in sizes:
        rows = generator.choice(len(fake_features), size, replace=False)
        fake = moments_of(fake_features[rows])
        distances.append(
            distance_of_moments(
                real.mean - fake.mean, covariance, fake.covariance(), root
            )
        )
    return np.array(distances)
