"""A classifier on the features of real pictures."""

import dataclasses

import numpy as np
from sklearn.linear_model import RidgeClassifier
from sklearn.model_selection import StratifiedKFold
from sklearn.model_selection import cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

NUM_FOLDS = 5
FEWEST = 2 * NUM_FOLDS
ALPHA = 100.0


@dataclasses.dataclass
class Probe:
    """A linear classifier with what it is known to be worth.

    Args:
        classifier: fitted scikit-learn estimator.
        ids: int array, the categories it can tell: those with enough pictures.
        accuracy: float, on pictures that it was not fitted on.
        recalls: dict from id to the share of its pictures that it recognized.
        num_pictures: int, that it was fitted on.
    """

    classifier: object
    ids: np.ndarray
    accuracy: float
    recalls: dict
    num_pictures: int

    def predict(self, features):
        return self.classifier.predict(features)


def fit_probe(features, ids):
    """Fits a `Probe`, or returns `None` where fewer than two categories do.

    Its accuracy is that of five-fold cross-validation: each picture is judged
    by a classifier that has not seen it.

    Args:
        features: array `(num_images, dim)`.
        ids: int array `(num_images,)`.
    """
    values, counts = np.unique(ids, return_counts=True)
    values = values[counts >= FEWEST]
    if len(values) < 2:
        return None
    rows = np.isin(ids, values)
    features, ids = features[rows], ids[rows]
    classifier = make_pipeline(StandardScaler(), RidgeClassifier(ALPHA))
    folds = StratifiedKFold(NUM_FOLDS, shuffle=True, random_state=0)
    found = cross_val_predict(classifier, features, ids, cv=folds)
    return Probe(
        classifier.fit(features, ids),
        values,
        float((found == ids).mean()),
        {int(v): float((found == v)[ids == v].mean()) for v in values},
        len(ids),
    )
