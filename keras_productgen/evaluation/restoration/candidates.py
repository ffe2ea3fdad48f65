"""What is measured on damaged pictures: nothing, filters, models."""

import dataclasses
import inspect

from keras_productgen import images
from keras_productgen import models as all_models
from keras_productgen.data.degradation.presets import presets
from keras_productgen.editing import classical
from keras_productgen.models.restoration.restoring import levels_of

DAMAGED, CLASSICAL, MODEL = "damaged", "classical", "model"
KINDS = (DAMAGED, CLASSICAL, MODEL)
_TILE = 512


@dataclasses.dataclass(frozen=True)
class Candidate:
    """A way to restore a picture.

    Args:
        name: str.
        kind: str, `"damaged"`, `"classical"` or `"model"`.
        restore: function of the damaged picture, float32 `(height, width, 3)`,
            and the missing pixels or None, to an array 0-255.
    """

    name: str
    kind: str
    restore: object


def candidates(protocol, kinds, models):
    """Returns the candidates of a test.

    Args:
        protocol: `Protocol`.
        kinds: out of `KINDS`.
        models: dict from names to models with `restore`.
    """
    found = []
    if DAMAGED in kinds and protocol.scale == 1:
        found.append(Candidate("as it is", DAMAGED, lambda damaged, _: damaged))
    if CLASSICAL in kinds:
        found += [
            Candidate(name, CLASSICAL, _filter(method, protocol))
            for name, method in classical.methods_of(protocol.task).items()
        ]
    if MODEL in kinds:
        found += [
            Candidate(name, MODEL, _through(model, protocol))
            for name, model in models.items()
            if fits(model, protocol)
        ]
    return found


def shipped(tasks):
    """Returns a dict from tasks to the models that come along for them."""
    names = all_models.shipped_models()
    return {task: all_models.load(task) for task in tasks if task in names}


def fits(model, protocol):
    """Whether a model is made for such damage, as far as it can be told."""
    takes_mask = "mask" in inspect.signature(model.restore).parameters
    scale = getattr(model, "scale", 1)
    return takes_mask == protocol.holes and scale == protocol.scale


def check_models(models):
    """Raises a `ValueError` unless all can restore."""
    for name, model in models.items():
        if not hasattr(model, "restore"):
            raise ValueError(
                "`models` must have `restore`, as NAFNet has. "
                f"Received: {name!r}: a {type(model).__name__}"
            )


def check_tasks(tasks):
    """Returns names of tasks, all where None is given."""
    tasks = (tasks,) if isinstance(tasks, str) else tasks
    tasks = presets() if tasks is None else tuple(tasks)
    unknown = [task for task in tasks if task not in presets()]
    if unknown or not tasks:
        raise ValueError(
            f"`tasks` must be out of {presets()}. Received: tasks={tasks}"
        )
    return tasks


def check_kinds(kinds):
    """Returns what is to be measured, a tuple out of `KINDS`."""
    kinds = (kinds,) if isinstance(kinds, str) else tuple(kinds)
    if not kinds or any(kind not in KINDS for kind in kinds):
        raise ValueError(
            f"`methods` must be out of {KINDS}. Received: methods={kinds}"
        )
    return kinds


def _filter(method, protocol):
    if protocol.holes:
        return lambda damaged, missing: method(
            images.to_uint8(damaged), missing
        )
    return lambda damaged, _: method(damaged)


def _through(model, protocol):
    if protocol.holes:
        return lambda damaged, missing: model.restore(
            images.to_uint8(damaged), mask=missing
        )
    if protocol.floats and hasattr(model, "for_pictures"):
        # What `restore` does, of values that it does not take.
        return lambda damaged, _: levels_of(model, damaged[None], _TILE)[0]
    return lambda damaged, _: model.restore(images.to_uint8(damaged))
