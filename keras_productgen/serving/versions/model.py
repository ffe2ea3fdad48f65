"""One model: its versions, of which a new one is loaded before an old goes."""

import logging
import threading

from keras_productgen.serving.config.folders import versions_in
from keras_productgen.serving.errors import Code
from keras_productgen.serving.errors import ServingError
from keras_productgen.serving.errors import invalid
from keras_productgen.serving.errors import plain
from keras_productgen.serving.versions import specs
from keras_productgen.serving.versions.status import State
from keras_productgen.serving.versions.status import VersionStatus

LOGGER = logging.getLogger(__name__)


class Model:
    """The versions of a model.

    Args:
        config: `ModelConfig`.
        load: function of name, version and path that returns a `Servable`.
    """

    def __init__(self, config, load):
        self.config = config
        self.labels = {}
        self.statuses = {}
        self.servables = {}
        self._load = load
        self._failed = {}
        self._lock = threading.Lock()

    def refresh(self):
        """Loads what is new, then lets go of what is not wanted any more.

        A version that did not load is tried again when its files change.
        While none of the wanted versions serves, the others stay.
        """
        found = versions_in(self.config.base_path)
        wanted = self.config.policy.choose(found)
        for version in wanted:
            if version not in self.servables:
                self._try(version, found[version])
        if any(version in self.servables for version in wanted):
            for version in sorted(set(self.servables) - set(wanted)):
                self._retire(version)

    def retire(self):
        """Lets go of all versions."""
        for version in sorted(self.servables):
            self._retire(version)

    def hold(self, version=None, label=None):
        """Returns a `Servable`, held: the caller must release it.

        Args:
            version: optional int, by default the highest.
            label: optional str instead.

        Raises:
            ServingError: if there is no such label, or no such version.
        """
        name = self.config.name
        with self._lock:
            if label is not None:
                version = self.version_of(label)
            found = version
            if version is None:
                found = max(self.servables, default=None)
            if found not in self.servables:
                raise specs.not_found(name, version)
            servable = self.servables[found]
            servable.hold()
        return servable

    def version_of(self, label):
        """Returns the version that a label names.

        Raises:
            ServingError: if there is no such label.
        """
        if label not in self.labels:
            raise invalid(f"Unrecognized servable version label: {label}")
        return self.labels[label]

    def set_labels(self, allow_unavailable=False):
        """Takes the labels of the configuration.

        Raises:
            ServingError: if one names a version that does not serve; the
                labels then stay as they were.
        """
        for label, version in self.config.labels.items():
            if version not in self.servables and not allow_unavailable:
                raise ServingError(
                    Code.FAILED_PRECONDITION,
                    f"Label {label!r} must be one of a version of model "
                    f"{self.config.name} that is available for inference. "
                    f"Received: version {version}",
                )
        self.labels = dict(self.config.labels)

    def check(self):
        """Raises a ServingError that says why no version serves."""
        name = self.config.name
        failed = [
            f"version {status.version}: {status.message}"
            for status in self.statuses.values()
            if status.state == State.END and status.code != Code.OK
        ]
        if failed and not self.servables:
            raise ServingError(
                Code.UNKNOWN, f"Model {name} did not load: {failed[-1]}"
            )
        if not self.servables:
            raise ServingError(
                Code.NOT_FOUND, f"Model {name} has no version to serve."
            )

    def _try(self, version, path):
        stamp = _stamp(path)
        if self._failed.get(version) == stamp:
            return
        self._set(version, State.LOADING)
        name = self.config.name
        try:
            servable = self._load(name, version, path)
        except ServingError as error:
            self._fail(version, stamp, error)
            return
        # Nothing that a folder holds may end the thread that watches it.
        except Exception as error:
            LOGGER.exception("Model %s, version %d", name, version)
            unknown = ServingError(Code.UNKNOWN, plain(error))
            self._fail(version, stamp, unknown)
            return
        self._failed.pop(version, None)
        with self._lock:
            self.servables = {**self.servables, version: servable}
        self._set(version, State.AVAILABLE)
        LOGGER.info("Model %s, version %d serves", name, version)

    def _fail(self, version, stamp, error):
        self._failed[version] = stamp
        self._set(version, State.END, error.code, error.message)
        LOGGER.error(
            "Model %s, version %d does not load: %s",
            self.config.name,
            version,
            error.message,
        )

    def _retire(self, version):
        self._set(version, State.UNLOADING)
        with self._lock:
            left = dict(self.servables)
            servable = left.pop(version)
            self.servables = left
        servable.close()
        self._set(version, State.END)

    def _set(self, version, state, code=Code.OK, message=""):
        status = VersionStatus(version, state, code, message)
        # Replaced whole: readers take no lock.
        self.statuses = {**self.statuses, version: status}


def _stamp(path):
    """What changes when a file in a folder does."""
    files = []
    for file in sorted(path.rglob("*")):
        try:
            found = file.stat()
        except OSError:
            continue
        files.append((str(file), found.st_mtime_ns, found.st_size))
    return tuple(files)
