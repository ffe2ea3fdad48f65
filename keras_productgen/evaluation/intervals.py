"""How sure a score is: intervals that need no further pictures.

Drawing rows with replacement, the usual bootstrap, is wrong here: a row that
comes twice is a pair of equal pictures, which lifts the kernel distance and
shrinks the neighbourhoods of precision and coverage to nothing.
"""

import numpy as np
from scipy import stats

LEVEL = 0.95


def halves(num_real, num_fake, num_splits, seed=0):
    """Yields `(half, other half, fake half)`: indices without repetition.

    The deviation of a score over the pairs of `half` and `fake half` is the
    standard error of the score on all pictures: leaving out half of them
    changes it as much as its error is (the delete-half jackknife).

    Args:
        num_real: int, at least 4.
        num_fake: int, at least 4.
        num_splits: int.
        seed: int.

    Reference:
    - [Shao and Wu, 1989](https://doi.org/10.1214/aos/1176347263)
    """
    generator = np.random.default_rng(seed)
    for _ in range(num_splits):
        real = generator.permutation(num_real)
        fake = generator.permutation(num_fake)
        middle = num_real // 2
        yield real[:middle], real[middle : 2 * middle], fake[: num_fake // 2]


def around(value, standard_error, num_images, level=LEVEL):
    """Student's interval `(low, high)` around a value.

    Args:
        value: float.
        standard_error: float.
        num_images: int, the size of the smaller set.
        level: float, how often the interval should hold the truth.
    """
    reach = stats.t.ppf(0.5 + level / 2, num_images - 1) * standard_error
    return float(value - reach), float(value + reach)


def around_share(share, standard_error, num_images, level=LEVEL):
    """Wilson's interval `(low, high)` around a share, within `[0, 1]`.

    Args:
        share: float in `[0, 1]`.
        standard_error: float; `None` for independent pictures.
        num_images: int.
        level: float.

    Reference:
    - [Wilson, 1927](https://doi.org/10.2307/2276774)
    """
    count = float(num_images)
    if standard_error:
        # As many independent pictures as would make this error. A share of 0
        # or 1 has no variance of its own: half a picture is added either way.
        likely = (share * count + 0.5) / (count + 1.0)
        count = min(count, likely * (1.0 - likely) / standard_error**2)
    z = stats.norm.ppf(0.5 + level / 2)
    weight = z**2 / count
    middle = (share + weight / 2) / (1 + weight)
    reach = np.sqrt(share * (1 - share) * weight + weight**2 / 4) / (1 + weight)
    low, high = float(middle - reach), float(middle + reach)
    # At 0 and 1 the end is the share itself, but for rounding.
    return max(0.0, min(low, share)), min(1.0, max(high, share))


def equal_parts(*parts):
    """Cuts index arrays in random order to the length of the shortest."""
    shortest = min(map(len, parts))
    return tuple(part[:shortest] for part in parts)


def around_median(values, level=LEVEL):
    """Interval `(low, high)` around the median, by the ranks of the values.

    Args:
        values: float array `(num_images,)`.
        level: float.

    Reference:
    - [Thompson, 1936](https://doi.org/10.1214/aoms/1177732502)
    """
    values = np.sort(values)
    rank = int(stats.binom.ppf(0.5 - level / 2, len(values), 0.5))
    rank = max(0, rank - 1)
    return float(values[rank]), float(values[-1 - rank])


def around_ratio(parts, wholes, level=LEVEL, num_draws=2000, seed=0):
    """Interval `(low, high)` around the ratio of two sums over groups.

    Whole groups are drawn anew, with replacement: what a group consists of,
    such as the pictures of one wish, is not independent.

    Args:
        parts: float array `(num_groups,)`.
        wholes: float array `(num_groups,)`, above 0.
        level: float.
        num_draws: int.
        seed: int.

    Reference:
    - [Efron, 1979](https://doi.org/10.1214/aos/1176344552), the bootstrap
    """
    generator = np.random.default_rng(seed)
    rows = generator.integers(len(parts), size=(num_draws, len(parts)))
    ratios = parts[rows].sum(1) / np.maximum(wholes[rows].sum(1), 1e-12)
    low, high = np.quantile(ratios, (0.5 - level / 2, 0.5 + level / 2))
    return float(low), float(high)


def around_groups(values, groups, level=LEVEL):
    """Student's interval `(low, high)` around a mean of values in groups.

    Args:
        values: float array `(num_values,)`.
        groups: int array `(num_values,)`; see `error_of_groups`.
        level: float.
    """
    error, count = error_of_groups(values, groups)
    return around(float(np.mean(values)), error, count, level)


def around_share_of_groups(right, groups, level=LEVEL):
    """Wilson's interval `(low, high)` of a share among values in groups.

    Args:
        right: bool array `(num_values,)`.
        groups: int array `(num_values,)`; see `error_of_groups`.
        level: float.
    """
    count = len(right)
    error = None
    if len(right) > len(np.unique(groups)) > 1:
        error, count = error_of_groups(right.astype("float64"), groups)
    return around_share(float(right.mean()), error, count, level)


def error_of_groups(values, groups):
    """The standard error of a mean of values that come in groups.

    Values of a group may be alike; groups are independent. Where all are of
    one group, each counts as one.

    Args:
        values: float array `(num_values,)`, at least 2.
        groups: int array `(num_values,)`.

    Returns:
        `(error, num_groups)`.

    Reference:
    - [Liang and Zeger, 1986](https://doi.org/10.1093/biomet/73.1.13)
    """
    _, places = np.unique(groups, return_inverse=True)
    if places.max() == 0:
        places = np.arange(len(values))
    sums = np.bincount(places, np.asarray(values) - np.mean(values))
    count = len(sums)
    error = np.sqrt(np.sum(sums**2) * count / (count - 1)) / len(values)
    return float(error), count
