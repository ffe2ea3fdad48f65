"""Damaged photos through the models of several tasks, one after the other."""

import dataclasses
import math
import os

import numpy as np

from keras_productgen.images.kinds import checked_picture
from keras_productgen.models.networks import check_positive
from keras_productgen.pipeline.photo_folders import job
from keras_productgen.pipeline.restoration import steps
from keras_productgen.pipeline.restoration.steps import CLASSICAL
from keras_productgen.pipeline.restoration.steps import MODEL
from keras_productgen.pipeline.restoration.steps import TASKS


@dataclasses.dataclass(frozen=True)
class Restored:
    """A restored picture, and what made it.

    Args:
        image: uint8 array of the kind of the picture that came.
        methods: dict from each task, in order, to what did it: the class of a
            model, such as `"model NAFNet"`, or a filter, such as
            `"classical non-local-means"`.
    """

    image: np.ndarray
    methods: dict


class Restoration:
    """Restores photos by tasks, with the models that come trained.

    ```python
    mend = kpg.pipeline.Restoration(["denoise", "low_light", "upscale_2"])
    result = mend(photo)
    result.image, result.methods
    mend.run("photos", "clean")
    ```

    Args:
        tasks: names of tasks, done in this order: `"denoise"`, `"deblur"`,
            `"jpeg"`, `"low_light"`, `"color"`, `"upscale_2"`, `"upscale_3"`,
            `"upscale_4"`, or `"restore"`, which is several damages at once.
        prefer: str, what does a task: `"model"`, the one that comes along with
            its name, or `"classical"`, the default of
            `kpg.editing.classical` with its name.
        fallback: str or None, what does a task whose weights do not come
            along: `"classical"`, or nothing, which is then refused.
        models: optional dict from tasks to models of your own, with `restore`.
        tile_size: optional int, side of the pieces that models see at most, in
            pixels. Less takes less memory. By default the model's own.
        self_ensemble: bool, whether models see each picture in 8 positions: a
            little better, 8 times slower.

    Raises:
        ValueError: if a task is unknown or comes twice, weights are missing, or
            a setting is none of these.
    """

    verb = "restore"

    def __init__(
        self,
        tasks=("restore",),
        prefer=MODEL,
        fallback=CLASSICAL,
        models=None,
        tile_size=None,
        self_ensemble=False,
    ):
        self.tasks = _checked_tasks(tasks)
        _check_choice("prefer", prefer, (MODEL, CLASSICAL))
        _check_choice("fallback", fallback, (CLASSICAL, None))
        if tile_size is not None:
            check_positive(tile_size=tile_size)
        given = _checked_models(models, self.tasks)
        self.steps = [
            steps.step_of(
                task, prefer, fallback, given, tile_size, bool(self_ensemble)
            )
            for task in self.tasks
        ]

    def __call__(self, picture):
        """Restores a picture.

        Args:
            picture: uint8 array `(height, width)` or `(height, width,
                channels)` of 1 (grey), 3 (RGB) or 4 (RGBA) channels.

        Returns:
            `Restored`.

        Raises:
            ValueError: if `picture` is no such array.
        """
        picture = checked_picture(picture)
        for step in self.steps:
            picture = step(picture)
        return Restored(picture, self.methods)

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
        """Restores a photo, or all photos of a folder and of those in it.

        Each result has the name of its photo. Colour profile and resolution
        are carried over, the EXIF rotation is applied; other EXIF data is left
        out. Each has a JSON beside it, by which a later run knows what it need
        not make again. `sheet.png` shows the first before and after.

        Args:
            photos: a picture file, or a folder.
            out: folder that is written to, outside of `photos`.
            picture_format: optional str, the ending of all results: `"png"`,
                `"jpg"`, `"webp"` or `"tif"`. By default that of each photo if
                it is one of these, else `"png"`.
            overwrite: bool, whether to write over files in `out` that no
                earlier run has made. Photos are never written over.
            progress: optional function called with `(done, total)`.
            producer: str, who answers for the pictures, for their records.
            label: bool, whether files say inside, and in that JSON, what they
                are. Those of photos that were generated do in any case.

        Returns:
            `FolderReport`, also written as `report.json`.

        Raises:
            ValueError: if there are no photos, or `out` cannot be written or
                is among the photos.
        """
        return job.run(
            self, photos, out, picture_format, overwrite, progress, producer,
            label,
        )  # fmt: skip

    @property
    def methods(self):
        """Dict from each task to what does it."""
        return {step.task: step.method for step in self.steps}

    @property
    def scale(self):
        """How often larger each side of a picture becomes."""
        return math.prod(map(steps.scale_of, self.steps))

    def parameters(self):
        """What the pictures depend on, as plain values."""
        return [step.describe() for step in self.steps]

    def origin(self):
        """What `publishing.record` is told of the pictures, a dict."""
        told = [step.describe() for step in self.steps]
        return {
            "source_type": steps.source_type_of(self.steps),
            "model": steps.model_of(self.steps),
            "edits": [{"name": each.pop("task"), **each} for each in told],
        }


def _checked_tasks(tasks):
    tasks = (tasks,) if isinstance(tasks, str) else tuple(tasks)
    known = all(task in TASKS for task in tasks)
    if not tasks or not known or len(set(tasks)) < len(tasks):
        raise ValueError(
            f"`tasks` must be out of {TASKS}, each once. "
            f"Received: tasks={tasks}"
        )
    return tasks


def _checked_models(models, tasks):
    models = dict(models or {})
    for task, model in models.items():
        if task not in tasks or not hasattr(model, "restore"):
            raise ValueError(
                f"`models` must be for tasks out of {tasks}, and have "
                f"`restore`. Received: {task!r}: {model}"
            )
    return models


def _check_choice(name, value, choices):
    if value not in choices:
        raise ValueError(
            f"`{name}` must be one of {choices}. Received: {name}={value!r}"
        )
