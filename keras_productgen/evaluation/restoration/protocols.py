"""How each task of restoration is measured, as articles do it."""

import dataclasses

import numpy as np

from keras_productgen import images
from keras_productgen.data.degradation.presets import preset


@dataclasses.dataclass(frozen=True)
class Protocol:
    """One test of a task.

    Args:
        task: str.
        name: str, how much of what.
        damage: `Degradation`.
        scale: int, how often smaller damaged pictures are. Clean ones are cut
            at the right and the bottom to multiples of it.
        luma: bool, whether nothing but the luma counts, that of video (BT.601).
        border: int, pixels at each side that do not count.
        floats: bool, whether methods get what no file holds: values that are
            neither rounded nor clipped, as articles on denoising add noise.
    """

    task: str
    name: str
    damage: object
    scale: int = 1
    luma: bool = False
    border: int = 0
    floats: bool = False

    @property
    def holes(self):
        """Whether methods are told which pixels are missing."""
        return self.task == "inpaint"

    def pair(self, clean, seed):
        """Returns `(clean, damaged, mask)` of a picture.

        Args:
            clean: uint8 array `(height, width, 3)`.
            seed: tuple of ints that fixes the damage.

        Returns:
            The clean picture as it is compared, uint8; what methods get,
            float32; bool `(height, width)` of missing pixels or None.
        """
        height, width = (side - side % self.scale for side in clean.shape[:2])
        clean = clean[:height, :width]
        damaged = self.damage(clean, seed)
        if not self.floats:
            damaged = images.to_uint8(damaged).astype("float32")
        if not self.holes:
            return clean, damaged, None
        # What is missing does not depend on the picture: black shows it.
        missing = self.damage(np.zeros_like(clean), seed)[..., 0] != 0.0
        return clean, damaged, missing


def protocols(tasks, as_files=False, luma=None):
    """Returns the tests of some tasks.

    Args:
        tasks: names of tasks.
        as_files: bool, whether noisy pictures are rounded and clipped first.
        luma: optional bool, instead of what is usual for the task.
    """
    found = []
    for task in tasks:
        damages = preset(task)
        enlarged = damages.scale > 1
        for name, damage in damages.tests.items():
            floats = task == "denoise" and not as_files
            found.append(
                Protocol(
                    task,
                    name,
                    damage,
                    damages.scale,
                    enlarged if luma is None else luma,
                    damages.scale if enlarged else 0,
                    floats,
                )
            )
    return found
