"""The names of TensorFlow Serving's metrics, and a few of our own."""

import functools

from keras_productgen.serving.metrics.exposition import Counter
from keras_productgen.serving.metrics.exposition import Gauge
from keras_productgen.serving.metrics.exposition import Histogram

MICROSECONDS = tuple(10 * 1.8**power for power in range(33))
SIZES = (1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024)
ANOTHER = "unknown"


class ServingMetrics:
    """What a server counts.

    Models that do not exist are counted under one name: callers are not to
    fill the memory with names of theirs.

    Args:
        is_model: function that says whether a name is a model's.
    """

    def __init__(self, is_model=lambda name: True):
        self.is_model = is_model
        self._requests = Counter(
            ":tensorflow:serving:request_count",
            "The total number of requests.",
            ("model_name", "status"),
        )
        self._latency = Histogram(
            ":tensorflow:serving:request_latency",
            "Microseconds from a request to its answer.",
            ("model_name", "API", "entrypoint"),
            MICROSECONDS,
        )
        self._loads = Counter(
            ":tensorflow:cc:saved_model:load_attempt_count",
            "How often a SavedModel was loaded.",
            ("model_path", "status"),
        )
        self._load_latency = Counter(
            ":tensorflow:cc:saved_model:load_latency",
            "Microseconds that SavedModels took to load, warm-up included.",
            ("model_path",),
        )
        self._batches = Histogram(
            ":tensorflow:serving:batching_session:input_batch_size",
            "Rows of the batches that were computed.",
            ("model_name",),
            SIZES,
        )
        self._refused = Counter(
            "productgen_serving_refused_requests",
            "Requests that the gateway refused, by HTTP status.",
            ("status",),
        )
        self._all = [
            self._requests,
            self._latency,
            self._loads,
            self._load_latency,
            self._batches,
            self._refused,
        ]

    def answered(self, name, api, entrypoint, code, seconds):
        """Counts a request of a model, whatever became of it."""
        name = name if self.is_model(name) else ANOTHER
        self._requests.add(name, code.name)
        self._latency.add(name, api, entrypoint, value=seconds * 1e6)

    def refused(self, http_status):
        """Counts a request that came to no model."""
        self._refused.add(http_status)

    def loaded(self, name, version, status, seconds=0.0):
        """Counts an attempt to load a version: "success" or "fail"."""
        path = f"{name}/{version}"
        self._loads.add(path, status)
        if status == "success":
            self._load_latency.add(path, amount=seconds * 1e6)

    def batch_sizes(self, name):
        """Returns a function that counts the batches of a model."""
        return functools.partial(self._add_batch, name)

    def _add_batch(self, name, rows):
        self._batches.add(name, value=rows)

    def watch(self, name, text, labels, read):
        """Adds a gauge, as `Gauge`."""
        self._all.append(Gauge(name, text, labels, read))

    def page(self):
        """Returns the page that Prometheus asks for, as text."""
        lines = [line for metric in self._all for line in metric.lines()]
        return "\n".join(lines) + "\n"


def watch_server(metrics, models, admission):
    """Adds what is asked of the server when its page is.

    Args:
        metrics: `ServingMetrics`.
        models: `Models`.
        admission: `Admission`.
    """
    metrics.watch(
        "productgen_serving_requests",
        "Requests that run or wait.",
        (),
        lambda: {(): admission.running},
    )
    metrics.watch(
        "productgen_serving_version_state",
        "State of a version: 30 serves, 50 has ended.",
        ("model_name", "version"),
        lambda: {
            (name, str(status.version)): int(status.state)
            for name, statuses in models.all_statuses().items()
            for status in statuses
        },
    )
