"""One degradation of several, or none: not every photo suffers the same."""

import numpy as np

from keras_productgen.data.degradation.base import Degradation


class OneOf(Degradation):
    """Degrades each picture by one of several, drawn for it.

    Args:
        steps: list of `Degradation`.
        weights: optional list of floats above 0, how often each is drawn
            beside the others. By default all alike.

    Raises:
        ValueError: if `steps` is empty or holds something else, or `weights`
            do not fit.
    """

    def __init__(self, steps, weights=None):
        self.steps = list(steps)
        kinds = all(isinstance(step, Degradation) for step in self.steps)
        if not self.steps or not kinds:
            raise ValueError(
                "`steps` must be one degradation or several. "
                f"Received: steps={steps}"
            )
        self.weights = None if weights is None else list(map(float, weights))
        given = [1.0] * len(self.steps) if weights is None else self.weights
        if len(given) != len(self.steps) or not min(given) > 0.0:
            raise ValueError(
                "`weights` must be above 0, one for each step. "
                f"Received: weights={weights}"
            )
        self._shares = np.divide(given, np.sum(given))

    def degrade(self, image, generator):
        step = self.steps[generator.choice(len(self.steps), p=self._shares)]
        return step.degrade(image, generator)


class Sometimes(Degradation):
    """Degrades a share of the pictures, and leaves the others as they are.

    Args:
        step: `Degradation` that leaves the size as it is.
        probability: float in [0, 1], of each picture to be degraded.

    Raises:
        ValueError: if `step` is something else, or `probability` out of its
            range.
    """

    def __init__(self, step, probability=0.5):
        if not isinstance(step, Degradation):
            raise ValueError(
                f"`step` must be a degradation. Received: step={step}"
            )
        if not 0.0 <= probability <= 1.0:
            raise ValueError(
                "`probability` must be from 0 to 1. "
                f"Received: probability={probability}"
            )
        self.step = step
        self.probability = float(probability)

    def degrade(self, image, generator):
        if generator.random() >= self.probability:
            return image
        return self.step.degrade(image, generator)
