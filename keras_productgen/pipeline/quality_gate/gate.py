import json
import os
import pathlib

from keras_productgen import images
from keras_productgen.editing.checks import checked_number
from keras_productgen.editing.checks import checked_whole
from keras_productgen.pipeline.quality_gate import calibration
from keras_productgen.pipeline.quality_gate.decisions import Decision
from keras_productgen.pipeline.quality_gate.decisions import GateResult
from keras_productgen.pipeline.quality_gate.decisions import GiveUp
from keras_productgen.pipeline.quality_gate.decisions import best_of
from keras_productgen.pipeline.quality_gate.decisions import seed_of
from keras_productgen.pipeline.quality_gate.scores import SCORES
from keras_productgen.pipeline.quality_gate.thresholds import checked_thresholds
from keras_productgen.pipeline.quality_gate.thresholds import reasons_of

SHIPPED = pathlib.Path(__file__).with_name("thresholds.json")


class QualityGate:
    """Makes a picture until it is good enough, a few times at most.

    ```python
    gate = kpg.pipeline.QualityGate(
        {"realism": kpg.pipeline.discriminator_score(model)},
        {"realism": (0.0, None)},
    )
    result = gate(lambda attempt, seed, strength: make(seed), seed=7)
    result.made, result.accepted, result.decisions
    ```

    Args:
        scores: optional dict from names to functions of what the maker
            returns, to a float; or to None where the score does not apply.
            Defaults to `SCORES`, which take a `Candidate` or an RGB picture.
        thresholds: optional dict from names to pairs `(least, most)`, either
            None. Defaults to those that come along, of the default scores.
        max_retries: int of at least 0, how often more than once is tried.

    Raises:
        ValueError: if an argument is none of these.
    """

    def __init__(self, scores=None, thresholds=None, max_retries=2):
        if thresholds is None and scores is None:
            thresholds = json.loads(SHIPPED.read_text("utf-8"))["thresholds"]
        self.scores = dict(SCORES if scores is None else scores)
        if not self.scores or not all(map(callable, self.scores.values())):
            raise ValueError(
                "`scores` must be a dict from names to functions. "
                f"Received: scores={scores!r}"
            )
        self.thresholds = checked_thresholds(thresholds or {}, self.scores)
        self.max_retries = checked_whole("max_retries", max_retries, 0)
        self.calibration = None

    def __call__(self, make, seed=0):
        """Calls a maker until what it makes is good enough.

        Args:
            make: function of `attempt` (int, from 0), `seed` (int, another
                each time) and `strength` (float, from 0 at first to 1 at last).
                What it raises counts as a failed attempt; `GiveUp` ends it.
            seed: int of at least 0, that of the first attempt.

        Returns:
            `GateResult`: the first that is good enough, or the one that fails
            in the fewest scores, by the least.

        Raises:
            ValueError: if there are no thresholds yet.
        """
        if not self.thresholds:
            raise ValueError(
                "`thresholds` must be given, or found by `calibrate`. "
                f"Received: thresholds={self.thresholds}"
            )
        seed = checked_whole("seed", seed, 0)
        decisions, made = [], []
        for attempt in range(1 + self.max_retries):
            one, decision, ends = self._attempt(make, attempt, seed)
            made.append(one)
            decisions.append(decision)
            if decision.accepted or ends:
                break
        best = best_of(decisions)
        return GateResult(
            None if best is None else made[best],
            decisions[-1].accepted,
            best,
            decisions,
        )

    def _attempt(self, make, attempt, seed):
        """`(made, Decision, whether to end)`."""
        facts = (
            attempt,
            seed_of(seed, attempt),
            attempt / max(1, self.max_retries),
        )
        try:
            made = make(*facts)
            scores = self.measure(made)
        # Whatever goes wrong in an attempt is logged, and the loop ends.
        except Exception as error:
            words = f"{type(error).__name__}: {error}"
            decision = Decision(*facts, {}, [], words, error)
            return None, decision, isinstance(error, GiveUp)
        reasons = reasons_of(scores, self.thresholds)
        return made, Decision(*facts, scores, reasons), False

    def measure(self, made):
        """Returns a dict of all scores, floats or None."""
        values = {name: score(made) for name, score in self.scores.items()}
        return {n: None if v is None else float(v) for n, v in values.items()}

    def judge(self, made):
        """Returns the reasons why it is not good enough, a list of `Reason`."""
        return reasons_of(self.measure(made), self.thresholds)

    def calibrate(self, good, spoilt, false_reject_rate=0.05, seed=0):
        """Chooses the thresholds, and measures what they let through.

        One half chooses the thresholds: what may be lost of the good ones is
        spent where it catches the most spoilt ones, and ends with room beside
        them keep away from the good ones. The other halves, which were not
        looked at, say what the thresholds are worth. A score that has a
        threshold keeps its ends; others get the one on which the spoilt
        pictures lie.

        Args:
            good: list of what scores take, at least 4.
            spoilt: list of the same that must not pass; or dict from kinds to
                such lists, for rates of each.
            false_reject_rate: float in `[0, 1]`, share of the good ones that
                may be rejected.
            seed: int, by which the halves are drawn.

        Returns:
            `Calibration`, also kept as `calibration`.

        Raises:
            ValueError: if there are too few pictures, or the rate is none.
        """
        rate = checked_number("false_reject_rate", false_reject_rate, 0.0, 1.0)
        good, kinds = calibration.checked_pictures(good, spoilt)
        sides = {
            name: tuple(end is not None for end in self.thresholds[name])
            if name in self.thresholds
            else None
            for name in self.scores
        }
        rows = [self.measure(one) for one in good]
        others = {k: list(map(self.measure, v)) for k, v in kinds.items()}
        self.thresholds, self.calibration = calibration.calibrated(
            rows, others, sides, rate, seed
        )
        return self.calibration

    def save(self, path: str | os.PathLike):
        """Writes thresholds and what was measured of them, as JSON."""
        images.write_json(path, self.to_dict())

    def to_dict(self):
        """What decides, as JSON can hold it; scores are named alone."""
        found = self.calibration
        return {
            "thresholds": {k: list(v) for k, v in self.thresholds.items()},
            "max_retries": self.max_retries,
            "calibration": None if found is None else found.to_dict(),
        }

    @classmethod
    def load(cls, path: str | os.PathLike, scores=None):
        """The gate that `save` wrote.

        Args:
            path: its file.
            scores: optional dict, as of the constructor: functions are not
                saved.

        Raises:
            ValueError: if the file is none, or a score of it is not given.
        """
        try:
            values = json.loads(pathlib.Path(path).read_text("utf-8"))
            found = values["calibration"]
            gate = cls(scores, values["thresholds"], values["max_retries"])
            if found is not None:
                gate.calibration = calibration.Calibration.from_dict(found)
        except (KeyError, TypeError, json.JSONDecodeError) as error:
            raise ValueError(
                "`path` must be a file that `save` wrote. "
                f"Received: path={str(path)!r} ({error!r})"
            ) from error
        return gate
