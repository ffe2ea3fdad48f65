"""Chances that mean what they say."""

import numpy as np
from scipy.optimize import minimize_scalar


def softmax(logits):
    """Chances `(n, classes)` from logits of the same shape."""
    chances = np.exp(logits - logits.max(axis=1, keepdims=True))
    return chances / chances.sum(axis=1, keepdims=True)


def fit_temperature(logits, labels):
    """Returns the number to divide logits by for the likeliest labels.

    Args:
        logits: array `(n, classes)` of examples that were held out.
        labels: int array `(n,)`.

    Reference:
    - [Guo et al., 2017](https://arxiv.org/abs/1706.04599)
    """

    def unlikelihood(log_temperature):
        chances = softmax(logits / np.exp(log_temperature))
        hit = chances[np.arange(len(labels)), labels]
        return -np.mean(np.log(np.maximum(hit, 1e-12)))

    best = minimize_scalar(unlikelihood, bounds=(-3, 3), method="bounded")
    return float(np.exp(best.x))


def confident_from(confidences, right, target_accuracy):
    """Returns the lowest confidence above which enough answers are right.

    Args:
        confidences: array `(n,)`.
        right: bool array `(n,)`, whether the answers were right.
        target_accuracy: share of the answers that is to be right.

    Returns:
        float; infinity where no threshold reaches the target.
    """
    order = np.argsort(-confidences)
    accuracies = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    enough = np.flatnonzero(accuracies >= target_accuracy)
    if not len(enough):
        return float("inf")
    return float(confidences[order[enough[-1]]])
