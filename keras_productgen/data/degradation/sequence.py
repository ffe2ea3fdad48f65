"""Several degradations, one after the other."""

import numpy as np

from keras_productgen.data.degradation.base import Degradation


class Sequence(Degradation):
    """Degrades by several, in their order or in one drawn for each picture.

    Args:
        steps: list of `Degradation`.
        shuffle: bool, whether each picture has an order of its own.
        probability: float in (0, 1], of each step to be taken. At least one
            is.
        to_levels: bool, whether the result is rounded and clipped to whole
            values 0-255, as a file holds them.

    Raises:
        ValueError: if `steps` is empty or holds something else, or
            `probability` is out of its range.

    Reference:
    - [Zhang et al., 2021](https://arxiv.org/abs/2103.14006), section 3.3, the
      drawn order
    """

    def __init__(self, steps, shuffle=False, probability=1.0, to_levels=True):
        self.steps = list(steps)
        kinds = all(isinstance(step, Degradation) for step in self.steps)
        if not self.steps or not kinds:
            raise ValueError(
                "`steps` must be one degradation or several. "
                f"Received: steps={steps}"
            )
        if not 0.0 < probability <= 1.0:
            raise ValueError(
                "`probability` must be above 0 and at most 1. "
                f"Received: probability={probability}"
            )
        self.shuffle = bool(shuffle)
        self.probability = float(probability)
        self.to_levels = bool(to_levels)

    def degrade(self, image, generator):
        for index in self._chosen(generator):
            image = self.steps[index].degrade(image, generator)
        if self.to_levels:
            image = np.clip(np.rint(image), 0.0, 255.0)
        return image

    def _chosen(self, generator):
        count = len(self.steps)
        order = generator.permutation(count) if self.shuffle else range(count)
        taken = generator.random(count) < self.probability
        if not taken.any():
            taken[generator.integers(count)] = True
        return [index for index in order if taken[index]]
