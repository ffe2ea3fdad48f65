import dataclasses
import functools
import itertools
import os

import numpy as np

from keras_productgen.images.kinds import checked_picture
from keras_productgen.pipeline.edits.steps import CUT_OUT
from keras_productgen.pipeline.edits.steps import check_step
from keras_productgen.pipeline.edits.steps import edited
from keras_productgen.pipeline.edits.steps import model_of
from keras_productgen.pipeline.edits.steps import parse_steps
from keras_productgen.pipeline.photo_folders import job


@dataclasses.dataclass(frozen=True)
class Edited:
    """An edited picture, and what was done.

    Args:
        image: uint8 array.
        methods: dict from the steps, in order, to their settings.
    """

    image: np.ndarray
    methods: dict


class Edits:
    """Edits photos by steps of `kpg.editing`, one after the other.

    ```python
    steps = ["white_balance", ("unsharp_mask", {"radius": 2})]
    edit = kpg.pipeline.Edits(steps)
    edit = kpg.pipeline.Edits("white_balance, unsharp_mask=2")
    edit(photo).image
    edit.run("photos", "edited")
    ```

    Args:
        steps: names of edits, or pairs of a name and a dict of its settings; or
            all of them as one typed text. Edits that need another picture, a
            matte or a depth are called in Python.

    Raises:
        ValueError: if there is no step, edit or setting of that name.
    """

    verb, scale = "edit", 1

    def __init__(self, steps):
        if isinstance(steps, str):
            steps = parse_steps(steps)
        self.steps = [
            (step, {}) if isinstance(step, str) else (step[0], dict(step[1]))
            for step in steps
        ]
        if not self.steps:
            raise ValueError(
                f"`steps` must be one or more. Received: steps={steps!r}"
            )
        for name, settings in self.steps:
            check_step(name, settings)

    def __call__(self, picture):
        """Edits a picture.

        Args:
            picture: uint8 array, grey, RGB or RGBA.

        Returns:
            `Edited`.

        Raises:
            ValueError: if a step refuses the picture or its settings.
        """
        picture = checked_picture(picture)
        for name, settings in self.steps:
            picture = edited(name, picture, settings)
        return Edited(picture, self.methods)

    def run(
        self,
        photos: str | os.PathLike,
        out: str | os.PathLike,
        picture_format=None,
        overwrite=False,
        progress=None,
        producer="",
        label=True,
    ):
        """Edits a photo, or all photos of a folder and of those in it.

        As `Restoration.run`, with the same Args: results have the names of
        their photos, what an earlier run made with the same steps is not made
        again, `sheet.png` shows the first before and after. Cut-outs become
        PNG files unless told otherwise.

        Returns:
            `FolderReport`, also written as `report.json`.

        Raises:
            ValueError: if there are no photos, or `out` cannot be written or
                is among the photos.
        """
        if picture_format is None and CUT_OUT & {n for n, _ in self.steps}:
            picture_format = "png"
        return job.run(
            self, photos, out, picture_format, overwrite, progress, producer,
            label,
        )  # fmt: skip

    @property
    def methods(self):
        """Dict from the steps, numbered, to their settings."""
        return {
            f"{number} {name}": settings
            for number, (name, settings) in enumerate(self.steps, 1)
        }

    def parameters(self):
        """What the pictures depend on, as plain values."""
        steps = [[name, settings] for name, settings in self.steps]
        return steps if self._model is None else [*steps, self._model]

    def origin(self):
        """What `publishing.record` is told of the pictures, a dict."""
        return {
            "source_type": "algorithmicallyEnhanced",
            "model": self._model,
            "edits": [{**each, "name": name} for name, each in self.steps],
        }

    @functools.cached_property
    def _model(self):
        """The model that cuts out, where one does."""
        return next(filter(None, itertools.starmap(model_of, self.steps)), None)
