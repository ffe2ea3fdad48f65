import numpy as np
import pytest

from keras_productgen.evaluation import intervals
from keras_productgen.evaluation import score_kinds
from keras_productgen.evaluation import scores
from keras_productgen.evaluation.kernel_distance import standard_error
from keras_productgen.metrics import kernel_inception_distance

DIM = 8


def gaussians(generator, count, shift=0.0):
    real = generator.normal(size=(count, DIM))
    return real, shift + generator.normal(size=(count, DIM))


def expected_kid(shift):
    """The kernel distance of two unit Gaussians, a shift in each dimension.

    The kernel is a cubic polynomial of `t = <x, y> / dim`, so its mean needs
    only the first three moments of `t`.
    """

    def mean_of_kernel(a, b):
        # Of independent x ~ N(a, 1), y ~ N(b, 1), in every dimension.
        first, second, third = a * b, (1 + a * a) * (1 + b * b), (
            (a**3 + 3 * a) * (b**3 + 3 * b)
        )  # fmt: skip
        d = DIM
        one = d * first
        two = d * second + d * (d - 1) * first**2
        three = (
            d * third
            + 3 * d * (d - 1) * second * first
            + d * (d - 1) * (d - 2) * first**3
        )
        return 1 + 3 * one / d + 3 * two / d**2 + three / d**3

    return (
        mean_of_kernel(0, 0)
        + mean_of_kernel(shift, shift)
        - 2 * mean_of_kernel(0, shift)
    )


@pytest.mark.parametrize("shift", [0.3, 1.0])
def test_95_percent_intervals_of_the_kid_hold_the_truth(shift):
    truth, held = expected_kid(shift), 0
    generator = np.random.default_rng(0)
    for _ in range(200):
        _, (low, high) = scores.value_and_interval(
            score_kinds.KID, *gaussians(generator, 80, shift)
        )
        held += low <= truth <= high
    assert 0.9 <= held / 200 <= 0.98


def test_intervals_of_equal_distributions_hold_zero():
    generator = np.random.default_rng(0)
    held = 0
    for _ in range(200):
        _, (low, high) = scores.value_and_interval(
            score_kinds.KID, *gaussians(generator, 60)
        )
        held += low <= 0.0 <= high
    # The jackknife is too wide here, and known to be.
    assert held / 200 >= 0.95


def test_drawing_with_replacement_would_not_hold_the_truth():
    generator = np.random.default_rng(0)
    held = 0
    for _ in range(10):
        real, fake = gaussians(generator, 60)
        drawn = [
            kernel_inception_distance(
                real[generator.integers(60, size=60)],
                fake[generator.integers(60, size=60)],
            )
            for _ in range(40)
        ]
        low, high = np.quantile(drawn, [0.025, 0.975])
        held += low <= 0.0 <= high
    assert held <= 5


def test_leaving_one_out_in_closed_form_is_leaving_one_out():
    real, fake = gaussians(np.random.default_rng(0), 7, 0.5)
    fake = fake[:6]

    def without(rows):
        return [np.delete(rows, row, axis=0) for row in range(len(rows))]

    def kid(a, b):
        return float(kernel_inception_distance(a, b))

    by_real = np.array([kid(rest, fake) for rest in without(real)])
    by_fake = np.array([kid(real, rest) for rest in without(fake)])
    variance = 6 * by_real.var() + 5 * by_fake.var()
    found = standard_error(real, fake)
    assert found == pytest.approx(np.sqrt(variance), rel=1e-4)


def test_deviation_over_halves_is_the_standard_error():
    # Of the difference of two means it is known: the root of 2 / 100.
    generator = np.random.default_rng(0)
    errors = []
    for _ in range(30):
        real, fake = generator.normal(size=(2, 100))
        differences = [
            real[a].mean() - fake[f].mean()
            for a, _, f in intervals.halves(100, 100, 40)
        ]
        errors.append(np.std(differences, ddof=1))
    assert np.mean(errors) == pytest.approx(np.sqrt(2 / 100), rel=0.1)


def test_halves_have_no_picture_in_common():
    for real, other, fake in intervals.halves(21, 9, 5):
        assert len(real) == len(other) == 10
        assert len(fake) == len({*fake}) == 4
        assert not {*real} & {*other}


def test_an_interval_of_a_share_stays_within_its_limits():
    low, high = intervals.around_share(1.0, 0.0, 100)
    # Wilson's interval: 1 / (1 + z**2 / n).
    assert low == pytest.approx(0.9630, abs=1e-4)
    assert high == 1.0
    assert intervals.around_share(0.0, None, 100)[0] == 0.0


def test_a_share_of_one_is_not_unknown_because_halves_differ():
    low, high = intervals.around_share(1.0, 0.02, 59)
    assert 0.8 < low < intervals.around_share(1.0, None, 59)[0]
    assert high == 1.0


def test_a_larger_error_makes_a_wider_interval_of_a_share():
    narrow = intervals.around_share(0.4, 0.02, 10_000)
    wide = intervals.around_share(0.4, 0.08, 10_000)
    assert narrow[0] == pytest.approx(0.4 - 1.96 * 0.02, abs=0.002)
    assert wide[0] < narrow[0] < 0.4 < narrow[1] < wide[1]
