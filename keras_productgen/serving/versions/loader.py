"""From a folder to a version that serves."""

import dataclasses
import pathlib
import time

from keras_productgen.serving import config
from keras_productgen.serving.batching import Batcher
from keras_productgen.serving.batching import Batching
from keras_productgen.serving.errors import Code
from keras_productgen.serving.errors import ServingError
from keras_productgen.serving.errors import plain
from keras_productgen.serving.inference import largest_picture
from keras_productgen.serving.metrics import ServingMetrics
from keras_productgen.serving.servable import Servable
from keras_productgen.serving.warm_up import warm_up

BATCHING_FILE = "batching_params.pbtxt"


@dataclasses.dataclass(frozen=True)
class Loader:
    """Loads versions and warms them up.

    Args:
        metrics: `ServingMetrics` that count what is loaded.
        batching: optional `Batching` of all models.
        per_model_batching: bool, whether `batching_params.pbtxt` in the folder
            of a version replaces it.
        warm_up_iterations: int, how often the warm-up requests are computed;
            0 for not at all.
        session_config: optional `tf.compat.v1.ConfigProto`.
        tags: the tags of the graph to serve.
    """

    metrics: ServingMetrics
    batching: Batching | None = None
    per_model_batching: bool = False
    warm_up_iterations: int = 1
    session_config: object = None
    tags: tuple = ("serve",)

    def __call__(self, name, version, path):
        """Returns the `Servable` of a version.

        Raises:
            ServingError: if it does not load, or its warm-up fails.
        """
        started = time.monotonic()
        try:
            servable = self._load(name, version, pathlib.Path(path))
        except ServingError:
            self.metrics.loaded(name, version, "fail")
            raise
        self.metrics.loaded(
            name, version, "success", time.monotonic() - started
        )
        return servable

    def _load(self, name, version, path):
        batching = self._batching(path)
        batcher = None
        if batching is not None:
            batcher = Batcher(batching, self.metrics.batch_sizes(name))
        servable = Servable(
            name, version, path, batcher, self.session_config, self.tags
        )
        servable.max_pixels = largest_picture(servable)
        try:
            if self.warm_up_iterations:
                warm_up(servable, path, self.warm_up_iterations)
        except ServingError:
            servable.close()
            raise
        return servable

    def _batching(self, path):
        file_path = path / BATCHING_FILE
        if not self.per_model_batching or not file_path.exists():
            return self.batching
        try:
            return config.read_batching(file_path)
        except ValueError as error:
            raise ServingError(Code.INVALID_ARGUMENT, plain(error)) from error
