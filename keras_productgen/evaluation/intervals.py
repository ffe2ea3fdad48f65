"""How sure a score is: intervals that need no further pictures.

Drawing rows with replacement, the usual bootstrap, is wrong here: a row that
comes twice is a pair of equal pictures, which lifts the kernel distance and
shrinks the neighbourhoods of precision and coverage to nothing.
"""

import numpy as np
from scipy import stats

LEVEL = 0.95


def kid_standard_error(real_features, fake_features):
    """Standard error of the unbiased kernel distance, by the jackknife.

    Leaves out one picture at a time, in closed form: the kernel matrices are
    made once. Where both sets come from one distribution the jackknife is
    known to be too large, so an interval is then too wide, not too narrow.

    Args:
        real_features: array `(num_real, dim)`, at least 3 rows.
        fake_features: array `(num_fake, dim)`, at least 3 rows.

    Returns:
        float.

    Reference:
    - [Efron and Stein, 1981](https://doi.org/10.1214/aos/1176345462)
    """
    real = np.asarray(real_features, "float64")
    fake = np.asarray(fake_features, "float64")
    crossed = _kernel(real, fake)
    without_real = _leaving_one_out(_kernel(real, real), crossed)
    without_fake = _leaving_one_out(_kernel(fake, fake), crossed.T)
    variance = (len(real) - 1) * without_real.var()
    variance += (len(fake) - 1) * without_fake.var()
    return float(np.sqrt(variance))


def kernel_distance(real_features, fake_features):
    """The kernel inception distance, in float64 and without a backend.

    `metrics.kernel_inception_distance` is the same for tensors; halving the
    pictures many times over asks for something quicker on few rows.
    """
    real = np.asarray(real_features, "float64")
    fake = np.asarray(fake_features, "float64")
    crossed = _kernel(real, fake).mean()
    return float(_between_others(real) + _between_others(fake) - 2.0 * crossed)


def _between_others(rows):
    kernel = _kernel(rows, rows)
    return (kernel.sum() - np.trace(kernel)) / (len(rows) * (len(rows) - 1))


def _kernel(a, b):
    products = a @ b.T / a.shape[1] + 1.0
    return products * products * products


def _leaving_one_out(within, crossed):
    """What the distance loses with each row, up to a constant."""
    m, n = crossed.shape
    rows = within.sum(1) - np.diag(within)
    same = (rows.sum() - 2.0 * rows) / ((m - 1) * (m - 2))
    return same - 2.0 * (crossed.sum() - crossed.sum(1)) / ((m - 1) * n)


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
        # As many independent pictures as would make this error.
        count = min(count, max(share * (1 - share), 1e-9) / standard_error**2)
    z = stats.norm.ppf(0.5 + level / 2)
    weight = z**2 / count
    middle = (share + weight / 2) / (1 + weight)
    reach = np.sqrt(share * (1 - share) * weight + weight**2 / 4) / (1 + weight)
    return max(0.0, float(middle - reach)), min(1.0, float(middle + reach))
