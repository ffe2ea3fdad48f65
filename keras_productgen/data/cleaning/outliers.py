"""Pictures that are like no other of the folder."""

import numpy as np

from keras_productgen.data.cleaning.neighbors import feature_scaling
from keras_productgen.data.cleaning.neighbors import scaled
from keras_productgen.data.splits import position

BLOCK = 1024
NUM_NEIGHBORS = 10
# With fewer pictures, "like no other" says nothing.
LEAST_PICTURES = 50
# More than this many take no part as neighbours, though all are judged: the
# time grows with the pictures, not with their square.
MOST_REFERENCES = 4096


def outlier_scores(analysis, usable, progress):
    """How far each picture is from its nearest, against the others.

    Args:
        analysis: `Analysis`.
        usable: bool array, the pictures that may be neighbours.
        progress: Function of `(stage, done, total)`.

    Returns:
        float32 array: the logarithm of the mean distance to the ten nearest
        pictures, in robust standard deviations from the median; 0 where there
        are too few pictures or there is no encoder.
    """
    scores = np.zeros(len(analysis), "float32")
    scaling = feature_scaling(analysis)
    references = _references(analysis, usable)
    if scaling is None or len(references) < LEAST_PICTURES:
        return scores
    rows = np.sort(analysis.rows[references])
    known = scaled(analysis.store.features.take(rows), scaling)
    for start, stop in analysis.blocks(BLOCK):
        block = analysis.store.features.take(analysis.rows[start:stop])
        scores[start:stop] = _distances(scaled(block, scaling), known)
        progress("outliers", stop, len(analysis))
    return _robust(np.log(scores + 1e-6))


def _references(analysis, usable):
    numbers = np.flatnonzero(usable)
    if len(numbers) <= MOST_REFERENCES:
        return numbers
    # By their names, so that the same folder is judged the same way.
    order = np.argsort([position(analysis.paths[n]) for n in numbers])
    return numbers[order[:MOST_REFERENCES]]


def _distances(features, known):
    products = features @ known.T
    squares = (features**2).sum(1)[:, None] + (known**2).sum(1)[None]
    distances = np.maximum(squares - 2 * products, 0.0)
    # A picture is its own nearest, and so is a copy of it.
    distances[distances < 1e-2 * features.shape[1]] = np.inf
    count = min(NUM_NEIGHBORS, distances.shape[1])
    nearest = np.sqrt(np.partition(distances, count - 1, axis=1)[:, :count])
    nearest[~np.isfinite(nearest)] = 0.0
    return nearest.mean(1)


def _robust(values):
    center = np.median(values)
    spread = 1.4826 * np.median(np.abs(values - center))
    return ((values - center) / max(spread, 1e-6)).astype("float32")
