"""All models of a server."""

import contextlib
import threading

from keras_productgen.serving.errors import Code
from keras_productgen.serving.errors import ServingError
from keras_productgen.serving.errors import invalid
from keras_productgen.serving.versions.model import Model
from keras_productgen.serving.versions.status import State


class Models:
    """The models of a server, which may change while it runs.

    Args:
        load: function of name, version and path that returns a `Servable`.
        allow_unavailable_labels: bool, whether a label may name a version
            that does not serve (yet).
    """

    def __init__(self, load, allow_unavailable_labels=False):
        self._load = load
        self._allow_unavailable_labels = allow_unavailable_labels
        self._models = {}
        self._candidates = {}  # They are to replace models, but do not load.
        self._wanted = []
        self._changing = threading.Lock()

    @property
    def names(self):
        return sorted(self._models)

    def configure(self, configs):
        """Serves these models and no others.

        What can be served is, whatever is wrong with the rest.

        Args:
            configs: list of `ModelConfig`.

        Raises:
            ServingError: if a version of a model does not load, or a label
                names one that does not serve; the message says which.
        """
        with self._changing:
            self._wanted = list(configs)
            self._apply()
            self._check()

    def refresh(self):
        """Looks for new versions."""
        with self._changing:
            self._apply()

    def close(self):
        """Lets go of all models, once the calls that run are done."""
        with self._changing:
            models, self._models = self._models, {}
            for model in models.values():
                model.retire()

    @contextlib.contextmanager
    def lease(self, model_spec):
        """Within it a `Servable` keeps its weights, whatever is exchanged.

        Args:
            model_spec: ModelSpec of a request.

        Raises:
            ServingError: if there is no such model, version or label.
        """
        name, version, label = _parts(model_spec)
        model = self._models.get(name)
        if model is None:
            wanted = f"Latest({name})"
            if version is not None:
                wanted = f"Specific({name}, {version})"
            raise ServingError(
                Code.NOT_FOUND, f"Servable not found for request: {wanted}"
            )
        servable = model.hold(version, label)
        try:
            yield servable
        finally:
            servable.release()

    def statuses(self, model_spec):
        """Returns the `VersionStatus`es of a model, highest version first.

        Raises:
            ServingError: if there is no such model, version or label.
        """
        name, version, label = _parts(model_spec)
        model = self._models.get(name)
        found = {} if model is None else model.statuses
        if label is not None and model is not None:
            version = model.version_of(label)
        if version is not None:
            found = {v: s for v, s in found.items() if v == version}
        if not found and version is not None:
            raise ServingError(
                Code.NOT_FOUND,
                f"Could not find version {version} of model {name}",
            )
        if not found:
            raise ServingError(
                Code.NOT_FOUND, f"Could not find any versions of model {name}"
            )
        return [found[version] for version in sorted(found, reverse=True)]

    def all_statuses(self):
        """Returns a dict from names to lists of `VersionStatus`."""
        return {
            name: [s for _, s in sorted(model.statuses.items())]
            for name, model in sorted(self._models.items())
        }

    @property
    def ready(self):
        """Whether every model has a version that serves."""
        models = self._models.values()
        return bool(models) and all(model.servables for model in models)

    def __contains__(self, name):
        return name in self._models

    def _apply(self):
        names = {config.name for config in self._wanted}
        for name in set(self._candidates) - names:
            self._candidates.pop(name).retire()
        for config in self._wanted:
            self._refresh(config)
        for name in set(self._models) - names:
            left = dict(self._models)
            gone = left.pop(name)
            self._models = left
            gone.retire()

    def _refresh(self, config):
        name, current = config.name, self._models.get(config.name)
        model = self._candidate(config)
        if current is None:
            self._models = {**self._models, name: model}
        model.config = config
        model.refresh()
        # Labels that do not fit yet wait for the version they name.
        with contextlib.suppress(ServingError):
            model.set_labels(self._allow_unavailable_labels)
        if current in (None, model):
            return
        if model.servables:
            self._candidates.pop(name, None)
            self._models = {**self._models, name: model}
            current.retire()
        else:
            self._candidates[name] = model

    def _candidate(self, config):
        """The model for a configuration, unless its folder is another."""
        for models in (self._models, self._candidates):
            model = models.get(config.name)
            if model and model.config.base_path == config.base_path:
                return model
        return Model(config, self._load)

    def _check(self):
        for config in self._wanted:
            name = config.name
            model = self._candidates.get(name, self._models[name])
            failed = [
                f"version {status.version}: {status.message}"
                for status in model.statuses.values()
                if status.state == State.END and status.code != Code.OK
            ]
            if failed and not model.servables:
                raise ServingError(
                    Code.UNKNOWN, f"Model {name} did not load: {failed[-1]}"
                )
            if not model.servables:
                raise ServingError(
                    Code.NOT_FOUND, f"Model {name} has no version to serve."
                )
            model.set_labels(self._allow_unavailable_labels)


def _parts(model_spec):
    """Returns name, version or None, and label or None."""
    if not model_spec.name:
        missing = not model_spec.ByteSize()
        raise invalid(
            "Missing ModelSpec"
            if missing
            else "ModelSpec has no name specified."
        )
    kind = model_spec.WhichOneof("version_choice")
    version = model_spec.version.value if kind == "version" else None
    label = model_spec.version_label if kind == "version_label" else None
    return model_spec.name, version, label
