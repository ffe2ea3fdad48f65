"""What a comparison of models says."""

import dataclasses


@dataclasses.dataclass(frozen=True)
class ModelScore:
    """A model in a `Comparison`.

    Args:
        name: str.
        kid: float, kernel inception distance to the real pictures.
        low: float, lower end of its bootstrap interval at 95 % confidence.
        high: float, its upper end.
    """

    name: str
    kid: float
    low: float
    high: float


@dataclasses.dataclass(frozen=True)
class PairTest:
    """Two models in a `Comparison`.

    Args:
        first: str, the name of a model.
        second: str, the name of another.
        difference: float, the KID of the first less that of the second: below
            0 where the first is better.
        low: float, lower end of its bootstrap interval at 95 % confidence.
        high: float, its upper end.
        p_value: float, of the paired permutation test.
        adjusted_p_value: float, by Holm's method for all pairs.
    """

    first: str
    second: str
    difference: float
    low: float
    high: float
    p_value: float
    adjusted_p_value: float


@dataclasses.dataclass(frozen=True)
class Comparison:
    """What `compare` found.

    Args:
        models: list of `ModelScore`, the best first.
        pairs: list of `PairTest`, all pairs of models.
        num_real: int, real pictures.
        num_images: int, pictures of each model.
        notices: list of sentences that a reader must know.
    """

    models: list
    pairs: list
    num_real: int
    num_images: int
    notices: list = dataclasses.field(default_factory=list)

    def as_dict(self):
        """All of it as plain values, for JSON."""
        return dataclasses.asdict(self)
