"""All models of a server."""

import contextlib
import threading

from keras_productgen.serving.errors import Code
from keras_productgen.serving.errors import ServingError
from keras_productgen.serving.versions import specs
from keras_productgen.serving.versions.model import Model


class Models:
    """The models of a server, which may change while it runs.

    A model is one of them from its first version on that serves.

    Args:
        load: function of name, version and path that returns a `Servable`.
        allow_unavailable_labels: bool, whether a label may name a version
            that does not serve (yet).
    """

    def __init__(self, load, allow_unavailable_labels=False):
        self._load = load
        self._allow_unavailable_labels = allow_unavailable_labels
        self._models = {}
        self._candidates = {}  # They do not serve yet.
        self._wanted = []
        self._has_loaded = False
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
            self._has_loaded = True
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
        servable = self._held(*specs.parts(model_spec))
        try:
            yield servable
        finally:
            servable.release()

    def _held(self, name, version, label):
        while True:
            model = self._models.get(name)
            if model is None:
                raise specs.not_found(name, version)
            try:
                return model.hold(version, label)
            except ServingError:
                # It may have been exchanged in between.
                if self._models.get(name) is model:
                    raise

    def statuses(self, model_spec):
        """Returns the `VersionStatus`es of a model, highest version first.

        Raises:
            ServingError: if there is no such model, version or label.
        """
        name, version, label = specs.parts(model_spec)
        model = self._all().get(name)
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
            for name, model in sorted(self._all().items())
        }

    @property
    def ready(self):
        """Whether all has been loaded that can be, and a model serves.

        A broken model takes no other from its callers: replicas that see one
        folder would be unready together.
        """
        models = self._models.values()
        return self._has_loaded and any(m.servables for m in models)

    @property
    def not_serving(self):
        """The names of models that should serve, and do not (yet)."""
        serving = {n for n, model in self._models.items() if model.servables}
        return sorted({config.name for config in self._wanted} - serving)

    def knows(self, name):
        """Whether there is a model of a name, serving or not."""
        return name in self._all()

    def __contains__(self, name):
        return name in self._models

    def _all(self):
        return {**self._candidates, **self._models}

    def _apply(self):
        names = {config.name for config in self._wanted}
        # They serve nothing that would have to be let go of.
        for name in set(self._candidates) - names:
            self._candidates = _without(self._candidates, name)
        for config in self._wanted:
            self._refresh(config)
        for name in set(self._models) - names:
            gone = self._models[name]
            self._models = _without(self._models, name)
            gone.retire()

    def _refresh(self, config):
        name, current = config.name, self._models.get(config.name)
        model = self._candidate(config)
        self._candidates = _without(self._candidates, name)
        if model is not current:
            # Seen, by its statuses, but not asked.
            self._candidates = {**self._candidates, name: model}
        model.config = config
        model.refresh()
        # Labels that do not fit yet wait for the version they name.
        with contextlib.suppress(ServingError):
            model.set_labels(self._allow_unavailable_labels)
        if model is current or not model.servables:
            return
        self._models = {**self._models, name: model}
        self._candidates = _without(self._candidates, name)
        if current is not None:
            current.retire()

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
            model = self._candidates.get(name) or self._models[name]
            model.check()
            model.set_labels(self._allow_unavailable_labels)


def _without(models, name):
    """A copy: readers take no lock."""
    return {key: model for key, model in models.items() if key != name}
