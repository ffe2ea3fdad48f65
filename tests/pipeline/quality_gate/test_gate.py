import json

import pytest

from keras_productgen.pipeline import QualityGate
from keras_productgen.pipeline.quality_gate import GiveUp

SCORES = {"size": abs, "sign": lambda value: value / abs(value)}
THRESHOLDS = {"size": (2.0, 5.0), "sign": (0.0, None)}


def gate(max_retries=2):
    return QualityGate(SCORES, THRESHOLDS, max_retries)


class Maker:
    """Gives one of its values an attempt, and remembers what it was told."""

    def __init__(self, *values):
        self.values = values
        self.calls = []

    def __call__(self, attempt, seed, strength):
        self.calls.append((attempt, seed, strength))
        value = self.values[attempt]
        if isinstance(value, BaseException):
            raise value
        return value


def test_the_first_good_one_is_taken_and_nothing_is_made_after_it():
    make = Maker(1.0, 3.0, 4.0)
    result = gate()(make, seed=7)
    assert (result.made, result.accepted, result.best) == (3.0, True, 1)
    assert len(make.calls) == len(result.decisions) == 2


def test_ends_where_nothing_is_ever_good_enough():
    make = Maker(*[0.5] * 10)
    result = gate(max_retries=4)(make)
    assert not result.accepted and len(make.calls) == 5
    assert len(result.decisions) == 5


def test_attempts_get_other_seeds_and_more_strength():
    make = Maker(1.0, 1.0, 1.0)
    gate()(make, seed=7)
    attempts, seeds, strengths = zip(*make.calls)
    assert attempts == (0, 1, 2) and strengths == (0.0, 0.5, 1.0)
    assert seeds[0] == 7 and len(set(seeds)) == 3
    again = Maker(1.0, 1.0, 1.0)
    gate()(again, seed=7)
    assert again.calls == make.calls


def test_no_retries_is_one_attempt():
    make = Maker(1.0)
    gate(max_retries=0)(make)
    assert make.calls == [(0, 0, 0.0)]


def test_the_best_of_bad_ones_fails_least():
    # Two reasons, one by 60 %, one by 20 % of the threshold, unmeasured.
    result = gate(3)(Maker(-1.0, 8.0, 6.0, float("nan")))
    assert (result.made, result.best, result.accepted) == (6.0, 2, False)


def test_every_decision_says_its_reason():
    result = gate()(Maker(-1.0, 8.0, 3.0))
    first, second, third = result.decisions
    assert [reason.score for reason in first.reasons] == ["size", "sign"]
    assert (
        str(second.reasons[0]) == "size is 8, wanted at least 2 and at most 5"
    )
    assert second.reasons[0].miss == pytest.approx(0.6)
    assert third.accepted and third.scores == {"size": 3.0, "sign": 1.0}


def test_a_maker_that_raises_is_logged_and_tried_again():
    result = gate()(Maker(RuntimeError("no light"), 3.0))
    assert result.accepted and result.made == 3.0
    assert result.decisions[0].error == "RuntimeError: no light"
    assert not result.decisions[0].accepted


def test_a_maker_that_only_raises_comes_to_an_end_without_a_picture():
    result = gate()(Maker(*[ValueError("broken")] * 3))
    assert result.made is None and result.best is None
    assert not result.accepted and len(result.decisions) == 3
    assert result.decision is result.decisions[-1]


def test_giving_up_ends_at_once_and_keeps_what_was_made():
    make = Maker(6.0, GiveUp("no product"), 3.0)
    result = gate()(make)
    assert len(make.calls) == 2 and not result.accepted
    assert result.made == 6.0 and result.best == 0


def test_a_user_who_stops_it_is_not_caught():
    with pytest.raises(KeyboardInterrupt):
        gate()(Maker(KeyboardInterrupt()))


def test_a_score_that_raises_is_no_pass():
    broken = QualityGate(
        {"ratio": lambda value: 1 / value}, {"ratio": (0, None)}
    )
    result = broken(lambda *_: 0)
    assert not result.accepted
    assert "ZeroDivisionError" in result.decisions[0].error


@pytest.mark.parametrize("ends", [(0.0, None), (None, 1.0), (-9.0, 9.0)])
def test_what_could_not_be_measured_does_not_pass(ends):
    nan = QualityGate({"score": lambda _: float("nan")}, {"score": ends}, 0)
    result = nan(lambda *_: "picture")
    assert not result.accepted
    assert "unmeasured" in str(result.decisions[0].reasons[0])


def test_what_does_not_apply_is_no_reason():
    silent = QualityGate({"score": lambda _: None}, {"score": (0.0, None)}, 0)
    assert silent(lambda *_: "picture").accepted


def test_ends_belong_to_what_is_accepted():
    assert gate().judge(2.0) == gate().judge(5.0) == []
    assert gate().judge(1.999) and gate().judge(5.001)


def test_the_log_is_json():
    result = gate()(Maker(ValueError("broken"), float("nan"), -1.0))
    rows = [decision.to_dict() for decision in result.decisions]
    found = json.loads(json.dumps(rows, allow_nan=False))
    assert found[0]["error"] == "ValueError: broken"
    assert found[2]["reasons"][1]["text"] == "sign is -1, wanted at least 0"


def test_a_saved_gate_decides_alike(tmp_path):
    before = gate(max_retries=1)
    values = range(1, 41)
    before.calibrate(values, {"small": [-1, -2, -3, -4]}, 0.1, seed=3)
    before.save(tmp_path / "gate.json")
    after = QualityGate.load(tmp_path / "gate.json", SCORES)
    assert after.to_dict() == before.to_dict()
    assert after.calibration == before.calibration
    assert [bool(after.judge(v)) for v in values] == [
        bool(before.judge(v)) for v in values
    ]


def test_a_file_that_is_no_gate_is_refused(tmp_path):
    for text in ("", "[]", "{}", '{"thresholds": 3}'):
        (tmp_path / "gate.json").write_text(text)
        with pytest.raises(ValueError, match="Received: path="):
            QualityGate.load(tmp_path / "gate.json", SCORES)


def test_a_gate_without_thresholds_says_so():
    with pytest.raises(ValueError, match="`thresholds` must be given"):
        QualityGate(SCORES)(Maker(1.0))


@pytest.mark.parametrize(
    "arguments",
    [
        {"scores": {}},
        {"scores": {"size": 3}},
        {"scores": SCORES, "thresholds": {"fit": (0, 1)}},
        {"scores": SCORES, "thresholds": {"size": 1.0}},
        {"scores": SCORES, "thresholds": {"size": (None, None)}},
        {"scores": SCORES, "thresholds": {"size": (3, 1)}},
        {"scores": SCORES, "thresholds": {"size": (float("nan"), None)}},
        {"scores": SCORES, "thresholds": {"size": ("low", None)}},
        {"max_retries": -1},
        {"max_retries": 0.5},
    ],
)
def test_refuses_what_is_no_gate(arguments):
    with pytest.raises(ValueError, match="Received: "):
        QualityGate(**arguments)


def test_the_gate_that_comes_along_has_measured_thresholds():
    shipped = QualityGate()
    assert set(shipped.thresholds) <= set(shipped.scores)
    assert shipped.thresholds["broken_rules"] == (None, 0.0)
    assert {"sharpness", "lightness", "matte_confidence"} <= set(
        shipped.thresholds
    )
