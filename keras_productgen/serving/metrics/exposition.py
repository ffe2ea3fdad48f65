"""Counters, gauges and histograms as Prometheus reads them.

Written here, because TensorFlow Serving's names (`:tensorflow:serving:...`)
must come out letter by letter, without the endings that libraries add.

Reference:
- [Text-based format](https://prometheus.io/docs/instrumenting/exposition_formats/)
"""

import bisect
import itertools
import threading


class _Metric:
    kind = None

    def __init__(self, name, text, labels=()):
        self.name, self.text, self.labels = name, text, tuple(labels)
        self._values = {}
        self._lock = threading.Lock()

    def lines(self):
        """Returns the lines of a page of metrics."""
        with self._lock:
            samples = [
                line
                for key, value in sorted(self._values.items())
                for line in self._samples(key, value)
            ]
        head = [
            f"# HELP {self.name} {self.text}",
            f"# TYPE {self.name} {self.kind}",
        ]
        return head + samples

    def _samples(self, key, value):
        yield f"{self.name}{self._braces(key)} {_number(value)}"

    def _braces(self, key, **further):
        pairs = itertools.chain(zip(self.labels, key), further.items())
        text = ",".join(f'{name}="{_escaped(v)}"' for name, v in pairs)
        return "{" + text + "}" if text else ""


class Counter(_Metric):
    """A number that rises."""

    kind = "counter"

    def add(self, *key, amount=1):
        with self._lock:
            self._values[key] = self._values.get(key, 0) + amount


class Gauge(_Metric):
    """Numbers that are asked for when the page is.

    Args:
        read: function that returns a dict from values of the labels to
            numbers.
    """

    kind = "gauge"

    def __init__(self, name, text, labels, read):
        super().__init__(name, text, labels)
        self._read = read

    def lines(self):
        self._values = self._read()
        return super().lines()


class Histogram(_Metric):
    """How often a number was how large.

    Args:
        bounds: rising upper bounds of the buckets, but for the last.
    """

    kind = "histogram"

    def __init__(self, name, text, labels, bounds):
        super().__init__(name, text, labels)
        self.bounds = tuple(bounds)

    def add(self, *key, value):
        with self._lock:
            found = self._values.get(key)
            if found is None:
                found = [0.0, [0] * (len(self.bounds) + 1)]
                self._values[key] = found
            found[0] += value
            found[1][bisect.bisect_left(self.bounds, value)] += 1

    def _samples(self, key, value):
        total, counts = value
        bounds = [*map(_number, self.bounds), "+Inf"]
        for bound, count in zip(bounds, itertools.accumulate(counts)):
            braces = self._braces(key, le=bound)
            yield f"{self.name}_bucket{braces} {count}"
        yield f"{self.name}_sum{self._braces(key)} {_number(total)}"
        yield f"{self.name}_count{self._braces(key)} {sum(counts)}"


def _escaped(value):
    text = str(value).replace("\\", r"\\").replace('"', r"\"")
    return text.replace("\n", r"\n")


def _number(value):
    return f"{value:.10g}"
