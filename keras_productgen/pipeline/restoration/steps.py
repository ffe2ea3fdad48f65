"""What does a task of restoration: a model that comes along, or a filter."""

import dataclasses

from keras_productgen import models
from keras_productgen.editing import classical
from keras_productgen.models.networks import weights_digest
from keras_productgen.pipeline.patterns import describe_model
from keras_productgen.publishing.provenance.record import TRAINED
from keras_productgen.publishing.provenance.record import models_as_one

# Filling holes takes a mask beside the picture.
TASKS = tuple(task for task in classical.tasks() if task != "inpaint")
MODEL, CLASSICAL = "model", "classical"
ENHANCED = "algorithmicallyEnhanced"


@dataclasses.dataclass(frozen=True)
class ModelStep:
    """A task done by a trained model.

    Args:
        task: str.
        model: has `restore`, as `NAFNet`.
        tile_size: optional int, see `ImageRestoration.restore`.
        self_ensemble: bool, see there.
    """

    task: str
    model: object
    tile_size: int | None
    self_ensemble: bool

    source_type = ENHANCED

    @property
    def method(self):
        return f"model {type(self.model).__name__}"

    @property
    def identity(self):
        """The model, as of a record."""
        return {"name": self.task, "sha256": weights_digest(self.model)}

    def __call__(self, picture):
        options = {"self_ensemble": self.self_ensemble}
        if self.tile_size is not None:
            options["tile_size"] = self.tile_size
        return self.model.restore(picture, **options)

    def describe(self):
        """What its result depends on, as plain values."""
        return {
            "task": self.task,
            "method": self.method,
            **describe_model(self.model),
            "self_ensemble": self.self_ensemble,
        }


@dataclasses.dataclass(frozen=True)
class ClassicalStep:
    """A task done by a filter that learned nothing.

    Args:
        task: str.
    """

    task: str
    source_type = ENHANCED
    identity = None

    @property
    def method(self):
        return f"{CLASSICAL} {next(iter(classical.methods_of(self.task)))}"

    def __call__(self, picture):
        return getattr(classical, self.task)(picture)

    def describe(self):
        """What its result depends on, as plain values."""
        return {"task": self.task, "method": self.method}


def step_of(task, prefer, fallback, given, tile_size, self_ensemble):
    """Returns what does a task; `Restoration` has the Args.

    Raises:
        ValueError: if there are no weights, and no fallback.
    """
    if task in given:
        return ModelStep(task, given[task], tile_size, self_ensemble)
    if prefer == CLASSICAL:
        return ClassicalStep(task)
    if task in models.shipped_models():
        model = models.load(task)
        return ModelStep(task, model, tile_size, self_ensemble)
    if fallback != CLASSICAL:
        raise ValueError(
            f"No weights of the task {task!r} come along, and `fallback` must "
            f"be 'classical' to do without. Received: fallback={fallback!r}"
        )
    return ClassicalStep(task)


def source_type_of(steps):
    """Of what comes out of several steps: what one generated stays so."""
    words = {step.source_type for step in steps}
    return next((word for word in TRAINED if word in words), ENHANCED)


def model_of(steps):
    """The models of all steps as one, as of a record, or None."""
    return models_as_one(step.identity for step in steps)


def scale_of(step):
    """How often larger a step makes a picture."""
    if isinstance(step, ModelStep):
        return getattr(step.model, "scale", 1)
    _, _, scale = step.task.partition("upscale_")
    return int(scale or 1)
