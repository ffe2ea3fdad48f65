"""The distance of each category by itself."""

import dataclasses

import numpy as np

from keras_productgen.evaluation import scores
from keras_productgen.evaluation.score_kinds import KID

# Below this the interval says little, whatever the score.
FEW = 50
FEWEST = 8


@dataclasses.dataclass
class CategoryScore:
    """The KID of one category.

    Args:
        name: str.
        num_real: int.
        num_fake: int.
        value: float, `None` with fewer than 8 pictures of a kind.
        interval: `(low, high)`, 95 %, or `None`.
        few: bool, whether there are fewer than 50 pictures of a kind.
    """

    name: str
    num_real: int
    num_fake: int
    value: float | None
    interval: tuple | None
    few: bool


def by_category(real_features, real_ids, fake_features, fake_ids, names):
    """Returns a dict from id to `CategoryScore`, in the order of the ids.

    Args:
        real_features: array `(num_real, dim)`.
        real_ids: int array `(num_real,)`.
        fake_features: array `(num_fake, dim)`.
        fake_ids: int array `(num_fake,)`, in the same numbering.
        names: list of str, the words behind the ids.
    """
    found = {}
    for value in np.union1d(real_ids, fake_ids):
        real = real_features[real_ids == value]
        fake = fake_features[fake_ids == value]
        smaller = min(len(real), len(fake))
        score, interval = None, None
        if smaller >= FEWEST:
            score, interval = scores.value_and_interval(KID, real, fake)
        found[int(value)] = CategoryScore(
            names[value] if value < len(names) else str(value),
            len(real),
            len(fake),
            score,
            interval,
            smaller < FEW,
        )
    return found
