"""What somebody likes, as weights and not as a list of what they looked at."""

import dataclasses
import json

import numpy as np
from sklearn.cluster import KMeans

_MOST_POINTS = 4


@dataclasses.dataclass
class Preference:
    """Weights of conditions, and a direction among features.

    It holds no picture, no name and no history: sums alone.

    Args:
        shares: dict from the name of a category to a float array
            `(num_values,)` of sum 1: how often each value is to come.
        points: dict from the name of a vector to a pair: float array
            `(num_points, dim)`, at most 4 middles of what is liked, and their
            shares, of sum 1.
        taste: float array `(dim,)` of norm 1, from what everybody is shown to
            what is liked, in the encoder's features; `None` where no picture
            was liked.
        num_liked: int, how many products it was made of.
    """

    shares: dict
    points: dict
    taste: np.ndarray | None
    num_liked: int

    @property
    def is_empty(self):
        """Whether it says nothing, as nothing was liked or disliked."""
        return not self.shares and not self.points and self.taste is None

    def to_json(self):
        """Returns it as text."""
        return json.dumps(
            {
                "shares": {n: rows.tolist() for n, rows in self.shares.items()},
                "points": {
                    name: [points.tolist(), shares.tolist()]
                    for name, (points, shares) in self.points.items()
                },
                "taste": None if self.taste is None else self.taste.tolist(),
                "num_liked": self.num_liked,
            }
        )

    @classmethod
    def from_json(cls, text):
        """Returns the `Preference` of a text that `to_json` has written.

        Raises:
            ValueError: if it is another text.
        """
        try:
            return cls(**_read(json.loads(text)))
        except (AttributeError, KeyError, TypeError, ValueError):
            raise ValueError(
                "`text` must be what `Preference.to_json` has written. "
                f"Received: text={str(text)[:60]!r}"
            ) from None


def _read(found):
    """The fields of a `Preference`, of what its JSON says."""
    taste = found["taste"]
    return {
        **found,
        "shares": {
            name: _array(rows) for name, rows in found["shares"].items()
        },
        "points": {
            name: (_array(points), _array(shares))
            for name, (points, shares) in found["points"].items()
        },
        "taste": None if taste is None else _array(taste),
        "num_liked": int(found["num_liked"]),
    }


def _array(rows):
    return np.array(rows, "float64")


def shares_of(liked, disliked, num_values, smoothing):
    """How often each value is to come.

    Each of the two is counted as if all values had been liked, and disliked,
    `smoothing` times in all before: one dress is a hint, ten are a taste.

    Args:
        liked: int array of ids.
        disliked: int array of ids.
        num_values: int.
        smoothing: float above 0.

    Returns:
        float array `(num_values,)` of sum 1.
    """
    weights = np.ones(num_values)
    for ids, power in ((liked, 1), (disliked, -1)):
        counts = np.bincount(np.asarray(ids, int), minlength=num_values)
        smoothed = counts + smoothing / num_values
        weights *= (smoothed / smoothed.sum()) ** power
    return weights / weights.sum()


def points_of(liked, seed=0):
    """At most 4 middles of liked vectors, and the shares of each.

    Args:
        liked: float array `(num_liked, dim)`, at least one row.
        seed: int.
    """
    liked = np.asarray(liked, "float64")
    count = min(_MOST_POINTS, len(np.unique(liked, axis=0)))
    found = KMeans(count, n_init=4, random_state=seed).fit(liked)
    shares = np.bincount(found.labels_, minlength=count) / len(liked)
    return found.cluster_centers_, shares
