"""What the inception score needs of predictions."""

import numpy as np

from keras_productgen.metrics.estimate import Estimate
from keras_productgen.metrics.features import to_rows

# Rows that are gathered before they are computed with: 2 MiB at most, so that
# they stay in the cache, and not fewer than one a split.
_BYTES = 2**21


class InceptionScoreEstimate(Estimate):
    """Mean and standard deviation of the score over the splits."""


class PredictionSums:
    """Sums over the predictions of each split, in constant memory.

    Rows are gathered first, so that the work is done on many at a time whatever
    the size of the batches. Their sums are float64.

    Args:
        num_classes: int.
        num_splits: int; picture `k` belongs to split `k % num_splits`, however
            the pictures come in batches.
        from_logits: bool, whether predictions are logits.
        dtype: dtype of the rows, for what is computed of each.
    """

    def __init__(
        self, num_classes, num_splits, from_logits=False, dtype="float32"
    ):
        fitting = _BYTES // (4 * num_classes * num_splits)
        num_rows = num_splits * min(max(fitting, 1), 64)
        self._waiting = np.empty((num_rows, num_classes), dtype)
        self._probabilities = np.zeros((num_splits, num_classes))
        self._entropies = np.zeros(num_splits)
        self._counts = np.zeros(num_splits, "int64")
        self._num_waiting = 0
        self._from_logits = from_logits

    def add(self, predictions):
        """Adds predictions of shape `(batch, num_classes)`."""
        predictions = to_rows(predictions)
        if not self._from_logits:
            _check_probabilities(predictions)
        start = 0
        while start < len(predictions):
            taken = predictions[start : start + self._room()]
            place = self._num_waiting
            self._waiting[place : place + len(taken)] = taken
            self._num_waiting += len(taken)
            start += len(taken)
            if not self._room():
                self._add_waiting()

    def estimate(self):
        """Returns the estimate; not a number while a split is empty."""
        self._add_waiting()
        if not self._counts.all():
            return InceptionScoreEstimate(np.nan, np.nan)
        marginals = self._probabilities / self._counts[:, None]
        information = _entropy(marginals) - self._entropies / self._counts
        scores = np.exp(information)
        return InceptionScoreEstimate(float(scores.mean()), float(scores.std()))

    def clear(self):
        self._num_waiting = 0
        for array in (self._probabilities, self._entropies, self._counts):
            array[...] = 0

    def _room(self):
        return len(self._waiting) - self._num_waiting

    def _add_waiting(self):
        rows = self._waiting[: self._num_waiting]
        first = int(self._counts.sum())
        self._num_waiting = 0
        told = _from_logits if self._from_logits else _from_probabilities
        rows, weights, entropies = told(rows)
        for split in range(min(len(self._counts), len(rows))):
            place = (first + split) % len(self._counts)
            part = slice(split, None, len(self._counts))
            self._probabilities[place] += weights[part] @ rows[part]
            self._entropies[place] += entropies[part].sum(dtype="float64")
            self._counts[place] += len(entropies[part])


def _from_probabilities(rows):
    """Returns rows, their weights, and the entropy of each."""
    return rows, np.ones(len(rows), rows.dtype), _entropy(rows)


def _from_logits(rows):
    """The same; row times weight is the probabilities."""
    # exp(row) / sum is the softmax, and its entropy log(sum) minus the mean
    # of the row: no logarithm of each number is needed.
    rows = rows - rows.max(axis=1, keepdims=True)
    powers = np.exp(rows)
    sums = powers.sum(axis=1)
    means = np.einsum("ij,ij->i", powers, rows) / sums
    return powers, 1.0 / sums, np.log(sums) - means


def _entropy(probabilities):
    # Where a probability is 0 any finite logarithm will do.
    logarithms = np.maximum(probabilities, np.finfo(probabilities.dtype).tiny)
    np.log(logarithms, out=logarithms)
    return -np.einsum("ij,ij->i", probabilities, logarithms)


def _check_probabilities(rows):
    sums = rows.sum(axis=-1)
    if not (np.all(rows >= 0) and np.allclose(sums, 1, atol=1e-3)):
        raise ValueError(
            "Predictions must be probabilities, each row of sum 1; for others "
            "say `from_logits=True`. Received: values from "
            f"{rows.min():g}, sums from {sums.min():g} to {sums.max():g}"
        )
