"""What a picture would look like in another's light, and nothing else."""

import cv2
import numpy as np

# Added to values before their logarithm: black stays finite.
DARK = 4.0
# What light may do to the slope of tones.
LEAST_GAMMA, MOST_GAMMA = 0.4, 2.5
# Places that lie farther from the fit than this, a difference of logarithms,
# count for little; so long it is looked for.
FAR, ROUNDS = 0.08, 6
# Four numbers are found in so many places as well as in all.
MOST_PLACES = 6000
# Holds the slope at 1 where a product has but one tone.
STILL = 0.01
# Shade has no detail finer than this share of the picture.
SHADE = 0.12


def blurred(values, weights, deviation):
    """Weighted Gaussian mean of a picture, float32.

    Args:
        values: array `(height, width, channels)`.
        weights: float32 array `(height, width)`; where it is 0 nothing counts.
        deviation: float, pixels.
    """
    weighted = values.astype("float32") * weights[..., None]
    sums = cv2.GaussianBlur(weighted, (0, 0), deviation)
    whole = cv2.GaussianBlur(weights, (0, 0), deviation)
    sums = sums.reshape(weighted.shape)
    return sums / np.maximum(whole, 1e-3)[..., None]


def fitted(before, after, weights):
    """Brings a picture to the light of another, by four numbers.

    A gain for each channel and one gamma, fitted to most of the picture: what
    was painted on a part of it does not count.

    Args:
        before: float32 array `(height, width, 3)`, 0-255.
        after: float32 array of that shape.
        weights: float32 array `(height, width)`.

    Returns:
        float32 array, `before` in the light of `after`.
    """
    logs = np.log(before + DARK), np.log(after + DARK)
    old, new = (each[weights > 0.0] for each in logs)
    step = max(1, len(old) // MOST_PLACES)
    old, new = old[::step], new[::step]
    trust = np.full(len(old), 1.0 / len(old))
    for _ in range(ROUNDS):
        middle, aim = trust @ old, trust @ new
        x, y = old - middle, new - aim
        spread = trust @ (x * x).sum(-1) + STILL
        gamma = (trust @ (x * y).sum(-1) + STILL) / spread
        gamma = float(np.clip(gamma, LEAST_GAMMA, MOST_GAMMA))
        off = ((y - gamma * x) ** 2).sum(-1) / FAR**2
        trust = 1.0 / (1.0 + off) ** 2
        trust /= trust.sum()
    middle, aim = trust @ old, trust @ new
    return _values(gamma * (logs[0] - middle) + aim)


def shaded(picture, after, weights):
    """Lays the shade of another picture on one: lightness without edges.

    Args:
        picture: float32 array `(height, width, 3)`, 0-255.
        after: float32 array of that shape.
        weights: float32 array `(height, width)`.

    Returns:
        float32 array.
    """
    grey = (each.mean(-1, keepdims=True) for each in (picture, after))
    old, new = (np.log(each + DARK) for each in grey)
    shade = blurred(new - old, weights, SHADE * max(weights.shape))
    return _values(np.log(picture + DARK) + shade)


def _values(logs):
    return np.clip(np.exp(logs) - DARK, 0.0, 255.0).astype("float32")
