"""The first stage: damages taken out of the photo, where there are any."""

import functools
import math

import numpy as np

from keras_productgen import images
from keras_productgen import models
from keras_productgen.pipeline.quality_gate import Candidate
from keras_productgen.pipeline.restoration import Restoration
from keras_productgen.pipeline.restoration.steps import TASKS

AUTO, LEFT_OUT = "auto", "left out"
ALL = "restore"
# What the gate's network must find before a photo is touched, and what mends
# it. A further attempt mends weaker damages, too.
NEEDED = {"noise": ("denoise", 0.12), "jpeg": ("jpeg", 0.35)}
BLURRED = 0.35
DAMAGES = (*NEEDED, "blur")
STRONGER = 0.5
# Larger photos are made so small before a network mends them.
MOST_PIXELS = 500_000


def check_restore(restore):
    """Returns what `restore` asks for, in a form that can be called.

    Raises:
        ValueError: if it is neither a word, nor tasks, nor callable.
    """
    if restore is None or restore == AUTO or callable(restore):
        return restore
    if not isinstance(restore, str | tuple | list):
        raise ValueError(
            f"`restore` must be 'auto', tasks out of {TASKS}, a function, or "
            f"None. Received: restore={restore!r}"
        )
    return Restoration(restore)


def restored(photo, restore, attempt, known):
    """Returns `(photo, method, settings)`.

    Args:
        photo: uint8 array `(height, width, 3)`.
        restore: as of `check_restore`.
        attempt: int; from the second on, less damage is mended, too.
        known: dict of what was found and made of this photo before; written
            to. What would come out the same is that very array.
    """
    if restore is None:
        return photo, LEFT_OUT, {}
    if restore == AUTO:
        return _where_needed(photo, attempt, known)
    if "given" not in known:
        known["given"] = restore(photo.copy())
    made = known["given"]
    if hasattr(made, "methods"):
        settings = {"tasks": made.methods, "model": _model_of(restore)}
        return made.image, ", ".join(made.methods.values()), settings
    return np.asarray(made), name_of(restore), {}


def name_of(function):
    """A callable's name, for the record."""
    if hasattr(function, "__qualname__"):
        return f"{function.__module__}.{function.__qualname__}"
    return f"{type(function).__module__}.{type(function).__qualname__}"


def _where_needed(photo, attempt, known):
    if "found" not in known:
        known["found"] = Candidate(photo).quality
    share = STRONGER if attempt else 1.0
    found = known["found"]
    settings = {"found": {n: round(getattr(found, n), 3) for n in DAMAGES}}
    if not _tasks(found, share):
        return photo, LEFT_OUT, settings
    photo = _smaller(photo, known)
    # What is made smaller is less blurred and noisy already.
    if "found smaller" not in known:
        known["found smaller"] = Candidate(photo).quality
    tasks = _tasks(known["found smaller"], share)
    settings["size"] = photo.shape[:2]
    if not tasks:
        return photo, "made smaller", settings
    restoration = _restoration(tasks)
    if tasks not in known:
        known[tasks] = restoration(photo)
    made = known[tasks]
    settings["tasks"] = made.methods
    settings["model"] = _model_of(restoration)
    return made.image, ", ".join(made.methods.values()), settings


def _model_of(restoration):
    """Its models as one, as of a record; None of filters and functions."""
    known = hasattr(restoration, "origin")
    return restoration.origin()["model"] if known else None


def _smaller(photo, known):
    """A damaged photo has less detail than pixels, and each takes its time."""
    scale = math.sqrt(MOST_PIXELS / math.prod(photo.shape[:2]))
    if scale >= 1.0:
        return photo
    if "smaller" not in known:
        size = tuple(round(side * scale) for side in photo.shape[:2])
        known["smaller"] = images.resize(photo, size, "stretch")
    return known["smaller"]


def _tasks(found, share):
    """What takes the damages out that are so strong, a tuple of tasks."""
    tasks = [
        task
        for name, (task, least) in NEEDED.items()
        if getattr(found, name) >= share * least
    ]
    # A model that knows all damages at once is asked first.
    blurred = found.blur >= share * BLURRED
    if ALL in models.shipped_models() and (tasks or blurred):
        return (ALL,)
    return tuple(tasks)


@functools.cache
def _restoration(tasks):
    return Restoration(tasks)
