"""How sure a kernel inception distance is."""

import numpy as np


def polynomial_kernel(a, b):
    """The kernel of the KID, `(num_a, num_b)`, between rows of features."""
    a, b = np.asarray(a, "float64"), np.asarray(b, "float64")
    products = a @ b.T / a.shape[1] + 1.0
    return products * products * products


def standard_error(real_features, fake_features):
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
    crossed = polynomial_kernel(real_features, fake_features)
    variance = 0.0
    for rows, to_others in (
        (real_features, crossed),
        (fake_features, crossed.T),
    ):
        without = _leaving_one_out(polynomial_kernel(rows, rows), to_others)
        variance += (len(rows) - 1) * without.var()
    return float(np.sqrt(variance))


def _leaving_one_out(within, crossed):
    """What the distance loses with each row, up to a constant."""
    m, n = crossed.shape
    rows = within.sum(1) - np.diag(within)
    same = (rows.sum() - 2.0 * rows) / ((m - 1) * (m - 2))
    return same - 2.0 * (crossed.sum() - crossed.sum(1)) / ((m - 1) * n)
