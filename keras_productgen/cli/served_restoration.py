"""Photos of a folder restored by models of a server."""

import dataclasses
import hashlib

from keras_productgen import images
from keras_productgen import pipeline
from keras_productgen.pipeline.restoration.steps import ENHANCED
from keras_productgen.serving.errors import Code
from keras_productgen.serving.errors import ServingError

# Of a model that has both, the first.
SIGNATURES = ("restore", "translate")


class ServedRestoration(pipeline.Restoration):
    """`pipeline.Restoration` whose steps are done by models of a server.

    Args:
        client: `serving.Client`.
        models: names of models there, which have the signature `restore` or
            `translate`.
        mask: optional path of a picture, for models that fill holes: above 0
            where to fill, the same for all photos.
        seed: optional int, for models that draw noise.

    Raises:
        ValueError: if there is none, one has neither, one needs a mask and
            none is given, or none takes the mask or the seed.
        OSError: if the mask cannot be read.
        ServingError: if the server knows no such model, or does not answer.
    """

    # Not that of `Restoration`, which loads models of this machine.
    def __init__(self, client, models, mask=None, seed=None):
        if not models:
            raise ValueError(
                "There must be a model to restore with. Received: none"
            )
        mask = None if mask is None else mask.expanduser().read_bytes()
        self.tasks = tuple(models)
        self.steps = [_step(client, model, mask, seed) for model in models]
        for name, value in (("mask", mask), ("seed", seed)):
            taken = [getattr(step, name) is not None for step in self.steps]
            if value is not None and not any(taken):
                raise ValueError(
                    f"`--{name}` must go with a model that takes one. "
                    f"Received: --{name} for {', '.join(self.tasks)}"
                )


@dataclasses.dataclass(frozen=True)
class _ServedStep:
    """A task done by one version: what a folder holds says which it was."""

    client: object
    task: str
    identity: dict
    signature: str
    mask: bytes | None
    seed: int | None

    @property
    def method(self):
        return f"served, version {self.identity['version']}"

    @property
    def source_type(self):
        """A model that fills holes, or translates, generates."""
        if self.mask is not None:
            return "compositeWithTrainedAlgorithmicMedia"
        if self.signature == SIGNATURES[0]:
            return ENHANCED
        return "trainedAlgorithmicMedia"

    def __call__(self, picture):
        return images.through_colors(self._made, picture)

    def describe(self):
        told = {"task": self.task, "method": self.method}
        if self.mask is not None:
            told["mask"] = hashlib.sha256(self.mask).hexdigest()
        if self.seed is not None:
            told["seed"] = self.seed
        return told

    def _made(self, colors):
        version = self.identity["version"] or None
        try:
            return self.client.restore(
                colors,
                self.mask,
                model=self.task,
                version=version,
                signature=self.signature,
                seed=self.seed,
            )
        except ServingError as error:
            if error.code != Code.NOT_FOUND:
                raise
            raise ServingError(
                error.code,
                f"Version {version} of {self.task!r} has gone meanwhile: the "
                "same command makes all photos anew, by the one that took its "
                "place",
            ) from error


def _step(client, model, mask, seed):
    found = client.describe(model)
    has = [name for name in SIGNATURES if name in found.signatures]
    signature = has[0] if has else SIGNATURES[0]
    inputs = found.inputs(signature)
    # Several models may be asked for, one of which fills holes.
    step = _ServedStep(
        client,
        model,
        found.identity,
        signature,
        mask if "mask_bytes" in inputs else None,
        seed if "seed" in inputs else None,
    )
    if "mask_bytes" in inputs and mask is None:
        raise ValueError(
            f"The model {model!r} fills holes and must be given `--mask`. "
            "Received: none"
        )
    return step
