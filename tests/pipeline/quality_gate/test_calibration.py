import numpy as np
import pytest

from keras_productgen.pipeline import QualityGate
from keras_productgen.pipeline.quality_gate.fitting import fitted


def gate(*names):
    scores = {n: lambda row, n=n: row[n] for n in names or ("score",)}
    return QualityGate(scores)


def rows(values, name="score"):
    return [{name: float(value)} for value in values]


def drawn(count, mean=0.0, seed=0):
    return rows(np.random.default_rng(seed).normal(mean, 1.0, count))


LOW, HIGH = {"score": (True, False)}, {"score": (False, True)}


def test_what_costs_nothing_is_not_paid_for():
    near = rows([-0.001] * 9)
    found = fitted(rows(range(100)), [near], LOW, 0.05)["score"]
    assert found[0] == pytest.approx(-0.0005) and found[1] is None
    found = fitted(rows(range(100)), [rows([99.001] * 9)], HIGH, 0.05)["score"]
    assert found[1] == pytest.approx(99.0005) and found[0] is None


def test_what_may_be_lost_is_spent_where_it_catches():
    # To catch what lies at 4.5 the good ones from 0 to 4 are lost.
    (least, _), (other, _) = (
        fitted(rows(range(100)), [rows([4.5] * 9)], LOW, rate)["score"]
        for rate in (0.05, 0.04)
    )
    assert least == pytest.approx(4.75) and other == 0.0


def test_several_scores_together_lose_no_more():
    generator = np.random.default_rng(0)
    values, bad = generator.normal(0.0, 1.0, (2, 100, 3))
    good, spoilt = (
        [dict(zip("abc", map(float, row))) for row in each]
        for each in (values, bad - 1.5)
    )
    found = fitted(good, [spoilt], dict.fromkeys("abc", (True, False)), 0.06)
    lost = [any(row[n] < found[n][0] for n in "abc") for row in good]
    assert 0.03 <= np.mean(lost) <= 0.06


def test_the_score_that_tells_more_is_spent_on():
    good = [{"dull": float(n), "keen": float(n)} for n in range(50)]
    spoilt = [{"dull": 40.0, "keen": 2.5}] * 9
    found = fitted(
        good, [spoilt], dict.fromkeys(("dull", "keen"), LOW["score"]), 0.1
    )
    assert found["dull"][0] == 0.0 and found["keen"][0] > 2.5


def test_ends_move_half_the_way_to_spoilt_pictures_that_are_far():
    good = rows([10.0] * 9)
    assert fitted(good, [rows([110.0] * 10)], HIGH, 0.0)["score"][1] == 60.0
    assert fitted(good, [rows([-30.0] * 10)], LOW, 0.0)["score"][0] == -10.0
    # Some may come close; a kind that is mostly within says nothing.
    near = rows([11.0] * 9 + [110.0] * 11)
    assert fitted(good, [near], HIGH, 0.0)["score"][1] == 60.0
    within = rows([5.0] * 6 + [110.0] * 4)
    assert fitted(good, [within], HIGH, 0.0)["score"][1] == 10.0


def test_a_kind_moves_the_ends_alone_that_catch_the_most_of_it():
    good = [{"noise": 1.0, "matte": 2.0}] * 9
    noisy = [{"noise": 9.0, "matte": 8.0}] * 9 + [{"noise": 9.0, "matte": 0.0}]
    near = [{"noise": 3.0, "matte": 0.0}] * 10
    sides = dict.fromkeys(("noise", "matte"), (False, True))
    first = fitted(good, [noisy], sides, 0.0)
    assert first == {"noise": (None, 5.0), "matte": (None, 2.0)}
    assert fitted(good, [noisy, near], sides, 0.0)["noise"] == (None, 2.0)


def test_the_end_is_where_the_spoilt_lie():
    low, high = gate(), gate()
    low.calibrate(drawn(40), drawn(40, -5.0, 1))
    high.calibrate(drawn(40), drawn(40, 5.0, 1))
    assert low.thresholds["score"][1] is None
    assert high.thresholds["score"][0] is None


def test_a_score_with_thresholds_keeps_its_ends():
    known = gate()
    known.thresholds = {"score": (0.0, None)}
    known.calibrate(drawn(40), drawn(40, 5.0, 1))
    assert known.thresholds["score"][1] is None


def test_rates_are_those_of_the_halves_that_were_not_looked_at():
    found = gate().calibrate(drawn(2000), drawn(1000, -1.7, 1), 0.05)
    assert found.num_fitted == found.false_reject.count == 1000
    assert found.false_accept.count == 500
    # The end moves a little towards those that are near.
    assert 0.01 < found.false_reject.share < 0.08
    assert 0.4 < found.false_accept.share < 0.6


def test_hopeless_scores_are_told_as_such():
    # Spoilt ones that look like good ones are mostly let through.
    found = gate().calibrate(drawn(400), drawn(400, 0.0, 1), 0.05)
    assert found.false_accept.low > 0.8


def test_rates_are_told_for_each_kind():
    spoilt = {"far": drawn(40, -9.0, 1), "near": drawn(40, 0.0, 2)}
    spoilt["near"] = drawn(40, -0.5, 2)
    found = gate().calibrate(drawn(200), spoilt)
    kinds = found.false_accept_by_kind
    assert kinds["far"].share == 0.0 and kinds["near"].share > 0.5
    total = sum(rate.share * rate.count for rate in kinds.values())
    assert found.false_accept.share == pytest.approx(total / 40)
    assert "  near: " in str(found)


def test_intervals_are_wilsons():
    # 2 of 20: 2.8 % to 30.1 %, as tables have it.
    good = rows([*range(18), -5, -6])
    known = gate()
    known.thresholds = {"score": (0.0, None)}
    found = known.calibrate(good, rows([-9.0] * 4), 0.0, seed=0)
    share, count = found.false_reject.share, found.false_reject.count
    assert count == 10 and 0.0 <= found.false_reject.low <= share
    assert share <= found.false_reject.high <= 1.0


def test_the_same_seed_gives_the_same_thresholds():
    first, second, third = gate(), gate(), gate()
    for one, seed in ((first, 1), (second, 1), (third, 2)):
        one.calibrate(drawn(60), drawn(60, -2.0, 1), seed=seed)
    assert first.to_dict() == second.to_dict() != third.to_dict()


def test_unmeasured_good_ones_count_as_rejected():
    good = drawn(40) + rows([float("nan")] * 40)
    found = gate().calibrate(good, drawn(40, -9.0, 1), 0.05)
    assert found.false_reject.share > 0.3


@pytest.mark.parametrize(
    "arguments",
    [
        ([1.0] * 3, [2.0] * 9),
        ([1.0] * 9, [2.0] * 3),
        ([1.0] * 9, {}),
        ([1.0] * 9, {"few": [1.0]}),
        ([1.0] * 9, [2.0] * 9, 1.5),
        ([1.0] * 9, [2.0] * 9, -0.1),
    ],
    ids=str,
)
def test_refuses_too_few_pictures_and_rates_that_are_none(arguments):
    with pytest.raises(ValueError, match="Received: "):
        QualityGate({"score": float}).calibrate(*arguments)
