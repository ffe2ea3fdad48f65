"""Does a model make the category it is asked for?"""

import dataclasses

import numpy as np

from keras_productgen.evaluation import intervals
from keras_productgen.evaluation.control.probe import fit_probe


@dataclasses.dataclass
class CategoryControl:
    """How often the category is recognized that was asked for.

    Args:
        share: float.
        interval: `(low, high)`, 95 %.
        real_share: float, the same of real pictures, each judged by a
            classifier that has not seen it: what a perfect model would get.
        chance: float, what a model gets that does not listen.
        shares: dict from id to the share of its pictures.
        real_shares: dict from id to that of the real ones.
        num_judged: int, generated pictures of categories that can be told.
        num_fitted: int, real pictures that the classifier has learned from.
    """

    share: float
    interval: tuple
    real_share: float
    chance: float
    shares: dict
    real_shares: dict
    num_judged: int
    num_fitted: int


def category_control(labelled_features, labels, fake_features, asked):
    """Returns the `CategoryControl`, `None` where nothing can be told.

    Args:
        labelled_features: array `(num_labelled, dim)`, of real pictures.
        labels: int array `(num_labelled,)`, what they show.
        fake_features: array `(num_fake, dim)`.
        asked: int array `(num_fake,)`, in the same numbering.
    """
    probe = fit_probe(labelled_features, labels)
    if probe is None:
        return None
    judged = np.isin(asked, probe.ids)
    if not judged.any():
        return None
    asked = asked[judged]
    found = probe.predict(fake_features[judged])
    right = found == asked
    values = [int(value) for value in np.unique(asked)]
    return CategoryControl(
        float(right.mean()),
        intervals.around_share(right.mean(), None, len(right)),
        float(np.mean([probe.recalls[int(value)] for value in asked])),
        # As if what was found belonged to another picture.
        float(sum((asked == v).mean() * (found == v).mean() for v in values)),
        {value: float(right[asked == value].mean()) for value in values},
        probe.recalls,
        len(right),
        probe.num_pictures,
    )
