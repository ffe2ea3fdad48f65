"""A model to serve: where it lies, and which of its versions."""

import dataclasses
import pathlib

from keras_productgen.serving.errors import invalid


@dataclasses.dataclass(frozen=True)
class Policy:
    """Which versions of a model are served.

    Args:
        num_latest: int, how many of the highest; 0 for all.
        specific: tuple of ints, these alone; empty for the highest.
    """

    num_latest: int = 1
    specific: tuple = ()

    def choose(self, versions):
        """Returns those of some version numbers that are to be served."""
        if self.specific:
            return [v for v in sorted(versions) if v in self.specific]
        return sorted(versions)[-self.num_latest :]


@dataclasses.dataclass(frozen=True)
class ModelConfig:
    """A model to serve.

    Args:
        name: str, what clients call it.
        base_path: folder of its versions.
        policy: `Policy`, by default the highest version.
        labels: dict from labels to versions, such as `{"stable": 3}`.
    """

    name: str
    base_path: pathlib.Path
    policy: Policy = Policy()
    labels: dict = dataclasses.field(default_factory=dict)


def from_protos(configs, folder=None):
    """Returns `ModelConfig`s of the ModelConfig messages of a request.

    Args:
        configs: ModelConfig messages.
        folder: optional folder that relative base paths start from.

    Raises:
        ServingError: if one has no name or no path, or two share a name.
    """
    models = []
    for config in configs:
        if not config.name or not config.base_path:
            raise invalid(
                "Every model must have a `name` and a `base_path`. "
                f"Received: name={config.name!r}"
            )
        if config.name in [model.name for model in models]:
            raise invalid(
                "Every model must have a name of its own. "
                f"Received: name={config.name!r} twice"
            )
        if config.model_platform not in ("", "tensorflow"):
            raise invalid(
                '`model_platform` must be "tensorflow". '
                f"Received: model_platform={config.model_platform!r}"
            )
        path = pathlib.Path(folder or "", config.base_path)
        models.append(
            ModelConfig(
                config.name,
                path,
                _policy(config.model_version_policy),
                dict(config.version_labels),
            )
        )
    return models


def _policy(message):
    kind = message.WhichOneof("policy_choice")
    if kind == "all":
        return Policy(num_latest=0)
    if kind == "specific":
        versions = tuple(message.specific.versions)
        if not versions:
            raise invalid("A specific policy must name versions.")
        return Policy(specific=versions)
    return Policy(num_latest=message.latest.num_versions or 1)
