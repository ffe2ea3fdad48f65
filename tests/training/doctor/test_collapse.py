"""Rules of collapse, on vitals that were made up."""

import pytest

from keras_productgen.training.doctor.collapse import collapse
from keras_productgen.training.doctor.vitals import Check


def found(coverage, every=20, **vitals):
    count = len(coverage)
    vitals = {"diversity": [0.7] * count, **vitals}
    checks = [
        Check(every * row, {"coverage": value}, {}, every)
        for row, value in enumerate(coverage)
    ]
    for name, values in vitals.items():
        for check, value in zip(checks, values):
            check.vitals[name] = value
    return [suspicion.kind for suspicion in collapse(None, checks)]


@pytest.mark.parametrize(
    "coverage,kinds",
    [
        ((0.0, 0.3, 0.6, 0.05, 0.04, 0.03), ["coverage"]),
        # Two bad checks may be chance.
        ((0.0, 0.3, 0.6, 0.4, 0.04, 0.03), []),
        ((0.0, 0.3, 0.6, 0.4, 0.3, 0.25), []),
        # Never good: the training has only begun.
        ((0.0, 0.15, 0.1, 0.0, 0.0, 0.0), []),
        ((0.0, 0.01, 0.1, 0.2, 0.5, 0.6), []),
    ],
)
def test_coverage_that_falls_for_good_is_a_collapse(coverage, kinds):
    assert found(coverage) == kinds


def test_nothing_is_said_before_a_training_has_settled():
    coverage = (0.0, 0.3, 0.6, 0.05, 0.04, 0.03)
    assert found(coverage, every=4) == []
    within = {"diversity_within": [0.1] * 6}
    assert found([0.1] * 6, every=4, **within) == []
    assert found([0.1] * 6, **within) == ["within_wish"]


def test_a_wish_with_one_product_is_named_after_three_checks():
    rows = [0.1] * 6
    assert found(rows, diversity_within=[1.0, 0.6, 0.4, 0.2, 0.2, 0.2]) == [
        "within_wish"
    ]
    assert found(rows, diversity_within=[0.2, 0.2, 0.2, 0.4, 0.2, 0.2]) == []
    # Models that take no conditions do not have it.
    assert found(rows) == []


def test_where_all_pictures_are_alike_that_alone_is_said():
    fallen = {"diversity": [0.7, 0.7, 0.7, 0.7, 0.1, 0.1]}
    within = {"diversity_within": [0.1] * 6}
    assert found([0.1] * 6, **fallen, **within) == ["fallen"]
