"""Is one set of pictures nearer to the real ones than another, or is it luck?

All of it is arithmetic on kernel matrices: no picture is encoded twice.
"""

import numpy as np

from keras_productgen.evaluation.kernel_distance import polynomial_kernel


def mean_between_different(kernel, counts):
    """Mean kernel value of two different rows, for each of many resamples.

    Args:
        kernel: array `(num_images, num_images)`.
        counts: array `(num_resamples, num_images)`, how often a row is in each
            resample. A row drawn twice is not compared with itself.

    Returns:
        Array `(num_resamples,)`.
    """
    sums = ((counts @ kernel) * counts).sum(-1)
    own = counts**2 @ np.diag(kernel)
    pairs = counts.sum(-1) ** 2 - (counts**2).sum(-1)
    return (sums - own) / pairs


def resampled_kids(real_features, fake_features, num_resamples, generator):
    """KIDs of several models over common bootstrap resamples.

    Every resample draws the same real pictures for all models, and the
    pictures of all models by the same numbers: those of the same seeds stay
    together, and differences between models are differences of pairs.

    Args:
        real_features: array `(num_real, dim)`.
        fake_features: list of arrays `(num_images, dim)`, one for each model.
        num_resamples: int.
        generator: `numpy.random.Generator`.

    Returns:
        Array `(num_models, 1 + num_resamples)`: the KID of all pictures, and
        those of the resamples.
    """
    num_real, num_images = len(real_features), len(fake_features[0])
    real_counts = _counts(num_real, num_resamples, generator)
    counts = _counts(num_images, num_resamples, generator)
    real = mean_between_different(
        polynomial_kernel(real_features, real_features), real_counts
    )
    rows = []
    for features in fake_features:
        own = mean_between_different(
            polynomial_kernel(features, features), counts
        )
        crossed = polynomial_kernel(features, real_features)
        crossed = ((counts @ crossed) * real_counts).sum(-1)
        rows.append(real + own - 2.0 * crossed / (num_images * num_real))
    return np.array(rows)


def _counts(num_rows, num_resamples, generator):
    """The first row is the sample itself."""
    drawn = generator.multinomial(
        num_rows, np.full(num_rows, 1.0 / num_rows), num_resamples
    )
    return np.concatenate([np.ones((1, num_rows)), drawn])


def permutation_p_value(
    real_features, first, second, num_permutations, generator
):
    """How often chance alone makes as large a difference between two KIDs.

    Where both models made the same kind of pictures, the two of a pair could
    change places: each permutation lets a random half of them do so. The test
    is exact whatever the features look like.

    Args:
        real_features: array `(num_real, dim)`.
        first: array `(num_images, dim)`, features of one model's pictures.
        second: array of the same shape, of the other's; rows of the same place
            are a pair.
        num_permutations: int.
        generator: `numpy.random.Generator`.

    Returns:
        float in `(0, 1]`, two-sided.

    Reference:
    - [Phipson and Smyth, 2010](https://doi.org/10.2202/1544-6115.1585)
    """
    both = np.concatenate([first, second])
    kernel = polynomial_kernel(both, both)
    to_real = polynomial_kernel(both, real_features).mean(-1)
    stays = generator.integers(0, 2, (num_permutations, len(first)))
    stays = np.concatenate([np.ones((1, len(first))), stays])
    differences = 0.0
    for chosen, sign in ((stays, 1.0), (1.0 - stays, -1.0)):
        counts = np.concatenate([chosen, 1.0 - chosen], axis=-1)
        own = mean_between_different(kernel, counts)
        crossed = counts @ to_real / len(first)
        differences = differences + sign * (own - 2.0 * crossed)
    sizes = np.abs(differences)
    # Sums of the same numbers in another order are not quite the same.
    slack = 1e-9 * np.abs(to_real).max()
    return float(np.mean(sizes >= sizes[0] - slack))


def holm(p_values):
    """Returns p-values adjusted for there being several of them.

    Reference:
    - [Holm, 1979](https://www.jstor.org/stable/4615733)
    """
    p_values = np.asarray(p_values, "float64")
    order = np.argsort(p_values)
    factors = np.arange(len(p_values), 0, -1)
    adjusted = np.empty_like(p_values)
    adjusted[order] = np.maximum.accumulate(p_values[order] * factors)
    return np.minimum(adjusted, 1.0)
