"""Photos of a folder restored by models of a server."""

import dataclasses

from keras_productgen import images
from keras_productgen import pipeline


class ServedRestoration(pipeline.Restoration):
    """`pipeline.Restoration` whose steps are done by models of a server.

    Args:
        client: `serving.Client`.
        models: names of models there, which have the signature `restore`.

    Raises:
        ValueError: if there is none, or one has it not.
        ServingError: if the server knows no such model, or does not answer.
    """

    # Not that of `Restoration`, which loads models of this machine.
    def __init__(self, client, models):
        if not models:
            raise ValueError(
                "There must be a model to restore with. Received: none"
            )
        self.tasks = tuple(models)
        self.steps = [_step(client, model) for model in models]


@dataclasses.dataclass(frozen=True)
class _ServedStep:
    client: object
    task: str
    version: int

    @property
    def method(self):
        return f"served, version {self.version}"

    def __call__(self, picture):
        return images.through_colors(
            lambda colors: self.client.restore(colors, model=self.task), picture
        )

    def describe(self):
        return {"task": self.task, "method": self.method}


def _step(client, model):
    description = client.describe(model)
    description.inputs("restore")
    return _ServedStep(client, model, description.version)
