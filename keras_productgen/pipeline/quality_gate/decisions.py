"""What a gate decided, and why."""

import dataclasses
import math

import numpy as np

from keras_productgen.evaluation.plain import plain


class GiveUp(ValueError):
    """Raised by a maker to say that no further attempt can be better."""


@dataclasses.dataclass(frozen=True)
class Reason:
    """Why a picture was not good enough.

    Args:
        score: str, name of the score.
        measured: float; NaN where it could not be measured.
        wanted: str, such as `"at least 0.2"`.
        miss: float of at least 0, how far it is off, as a share of the
            threshold; for choosing the best of those that all fail.
    """

    score: str
    measured: float
    wanted: str
    miss: float

    def __str__(self):
        return f"{self.score} is {self.measured:.3g}, wanted {self.wanted}"


@dataclasses.dataclass(frozen=True)
class Decision:
    """One attempt, what was measured of it, and the verdict.

    Args:
        attempt: int, 0 for the first.
        seed: int, given to the maker.
        strength: float in `[0, 1]`, given to the maker: 0 at first, 1 at last.
        scores: dict of floats by name; None where a score does not apply.
        reasons: list of `Reason`, empty where it was accepted.
        error: optional str, why there is no picture, or no score of it.
        cause: optional exception, which that tells of.
    """

    attempt: int
    seed: int
    strength: float
    scores: dict
    reasons: list
    error: str | None = None
    cause: Exception | None = dataclasses.field(default=None, repr=False)

    @property
    def accepted(self):
        return self.error is None and not self.reasons

    def to_dict(self):
        """All of it, as JSON can hold it."""
        values = plain({k: v for k, v in vars(self).items() if k != "cause"})
        values["reasons"] = [
            {**row, "text": str(reason)}
            for row, reason in zip(values["reasons"], self.reasons)
        ]
        return values | {"accepted": self.accepted}

    def __str__(self):
        verdict = "accepted" if self.accepted else "rejected"
        why = [self.error] if self.error else map(str, self.reasons)
        return f"attempt {self.attempt}: {'; '.join([verdict, *why])}"


@dataclasses.dataclass(frozen=True)
class GateResult:
    """What came through a gate, or the best of what did not.

    Args:
        made: what the maker returned at the best attempt; None where every
            attempt failed with an error.
        accepted: bool, whether that one is good enough.
        best: optional int, which attempt it was.
        decisions: list of `Decision`, one an attempt.
    """

    made: object
    accepted: bool
    best: int | None
    decisions: list

    @property
    def decision(self):
        """The `Decision` about the best attempt, or else the last one."""
        return self.decisions[-1 if self.best is None else self.best]


def seed_of(seed, attempt):
    """The seed as it came at first, then others that follow from it."""
    if attempt == 0:
        return seed
    drawn = np.random.SeedSequence((seed, attempt)).generate_state(1)
    return int(drawn[0])


def best_of(decisions):
    """The number of the one with the least to be said of it, or None."""
    numbers = [n for n, each in enumerate(decisions) if each.error is None]
    return min(numbers, key=lambda n: _badness(decisions[n]), default=None)


def _badness(decision):
    misses = math.fsum(reason.miss for reason in decision.reasons)
    return len(decision.reasons), misses
