"""Measures of agreement, by the examples of their papers."""

import numpy as np
import pytest

from keras_productgen import evaluation

NONE = np.nan
# Krippendorff (2011), section C: four observers, twelve units.
OBSERVERS = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, NONE, NONE, NONE],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, NONE, 3],
    [NONE, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, NONE],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, NONE],
]
# Fleiss (1971) in the common textbook form: ten items, fourteen raters.
DIAGNOSES = [
    [0, 0, 0, 0, 14],
    [0, 2, 6, 4, 2],
    [0, 0, 3, 5, 6],
    [0, 3, 9, 2, 0],
    [2, 2, 8, 1, 1],
    [7, 7, 0, 0, 0],
    [3, 2, 6, 3, 0],
    [2, 5, 3, 2, 2],
    [6, 5, 2, 1, 0],
    [0, 2, 2, 3, 7],
]


@pytest.mark.parametrize(
    "level, alpha",
    [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849)],
)
def test_alpha_of_the_published_example(level, alpha):
    found = evaluation.krippendorff_alpha(OBSERVERS, level)
    assert found == pytest.approx(alpha, abs=5e-4)


def test_alpha_of_full_agreement_of_chance_and_of_nothing():
    same = np.tile([1, 2, 3, 4], (3, 1))
    assert evaluation.krippendorff_alpha(same, "ordinal") == 1.0
    chance = np.random.default_rng(0).integers(1, 6, (5, 4000))
    assert abs(evaluation.krippendorff_alpha(chance)) < 0.01
    assert np.isnan(evaluation.krippendorff_alpha([[1, NONE], [NONE, 2]]))
    assert np.isnan(evaluation.krippendorff_alpha([[2, 2], [2, 2]]))


def test_fleiss_of_the_published_example():
    assert evaluation.fleiss_kappa(DIAGNOSES) == pytest.approx(0.210, abs=5e-4)


def test_cohen_by_hand():
    # 20 yes-yes, 5 yes-no, 10 no-yes, 15 no-no: (0.7 - 0.5) / (1 - 0.5).
    first = np.repeat([1, 1, 0, 0], [20, 5, 10, 15])
    second = np.repeat([1, 0, 1, 0], [20, 5, 10, 15])
    assert evaluation.cohen_kappa(first, second) == pytest.approx(0.4)
    assert np.isnan(evaluation.cohen_kappa([1, 1], [1, 1]))


def test_refuses_what_is_no_table_of_ratings():
    with pytest.raises(ValueError, match="level='ratio'"):
        evaluation.krippendorff_alpha(OBSERVERS, "ratio")
    with pytest.raises(ValueError, match="shape"):
        evaluation.krippendorff_alpha([1, 2, 3])
    with pytest.raises(ValueError, match="3 and 2 answers"):
        evaluation.cohen_kappa([1, 2, 3], [1, 2])
    with pytest.raises(ValueError, match="same sum"):
        evaluation.fleiss_kappa([[1, 2], [2, 2]])


def test_strengths_of_two_players_by_hand():
    # 7 to 2, with half a win added each way: the log of 7.5 / 2.5, halved.
    strengths = evaluation.bradley_terry([[0, 7], [2, 0]])
    expected = np.log(7.5 / 2.5) / 2
    np.testing.assert_allclose(strengths, [expected, -expected], rtol=1e-9)


def test_strengths_of_many_games_are_those_they_were_played_with():
    true = np.array([1.0, 0.2, -0.3, -0.9])
    chance = 1 / (1 + np.exp(true[None] - true[:, None]))
    wins = 20_000 * chance * (1 - np.eye(4))
    np.testing.assert_allclose(evaluation.bradley_terry(wins), true, atol=2e-3)


def test_strengths_of_players_that_never_met_are_not_known():
    wins = np.zeros((4, 4))
    wins[0, 1] = wins[2, 3] = 5
    assert np.isnan(evaluation.bradley_terry(wins)).all()
    wins[1, 2] = 1
    assert np.isfinite(evaluation.bradley_terry(wins)).all()
