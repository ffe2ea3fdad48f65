import pytest

from keras_productgen.evaluation.report import formats


@pytest.mark.parametrize(
    "value, text",
    [(0.0426, "0.0426"), (-0.5, "−0.500"), (120.0, "120"), (None, "–")],
)
def test_numbers_have_three_digits(value, text):
    assert formats.number(value) == text


@pytest.mark.parametrize(
    "value, deviation, text",
    [
        (-0.029, 0.13, "−0.03 ± 0.13"),
        (118.24, 8.81, "118.2 ± 8.8"),
        (-0.0001, 0.13, "0.00 ± 0.13"),
        (0.5, 0.0, "0.500"),
    ],
)
def test_a_value_has_the_digits_that_its_deviation_allows(
    value, deviation, text
):
    assert formats.give_or_take(value, deviation) == text


def test_shares_and_their_intervals_are_per_cents():
    assert formats.percent(0.0834) == "8.3 %"
    assert formats.percents((0.5, 1.0)) == "50.0 % to 100.0 %"
    assert formats.interval((-1.0, 2.5)) == "−1.00 to 2.50"
    assert formats.interval(None) == "–"


def test_colors_outside_of_the_range_are_brought_into_it():
    assert formats.hexadecimal((1.2, -0.1, 0.5)) == "#ff0080"
