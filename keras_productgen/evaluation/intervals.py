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
