"""Looks again and again whether models have changed."""

import logging
import threading
import time

LOGGER = logging.getLogger(__name__)


class Watcher:
    """A thread that keeps models up to date.

    Args:
        models: `Models`.
        source: object whose `read` returns `ModelConfig`s.
        poll_seconds: float, how often to look for versions; 0 for never.
        source_poll_seconds: optional float, how often to read the source; 0
            for never. By default with the versions.
    """

    def __init__(self, models, source, poll_seconds, source_poll_seconds=None):
        self.models = models
        self.source = source
        self.poll_seconds = poll_seconds
        self.source_poll_seconds = (
            poll_seconds if source_poll_seconds is None else source_poll_seconds
        )
        self._configs = None
        self._failures = {}
        self._ended = threading.Event()
        self._thread = threading.Thread(
            target=self._watch, name="models", daemon=True
        )

    def load(self):
        """Reads the source and loads what it names.

        Raises:
            ValueError: if the source cannot be read.
            ServingError: if a model does not load; the others serve.
        """
        self._configs = self.source.read()
        self.models.configure(self._configs)

    def start(self):
        if self.poll_seconds or self.source_poll_seconds:
            self._thread.start()

    def stop(self):
        self._ended.set()
        if self._thread.is_alive():
            self._thread.join()

    def look(self):
        """Takes what the source says now, if it says something new.

        Only then: what was set by a reload meanwhile is to stay.
        """
        configs = self.source.read()
        if configs != self._configs:
            self._configs = configs
            self.models.configure(configs)

    def _watch(self):
        intervals = {
            self.models.refresh: self.poll_seconds,
            self.look: self.source_poll_seconds,
        }
        due = {
            look: time.monotonic() + seconds
            for look, seconds in intervals.items()
            if seconds
        }
        while True:
            wait = max(0.0, min(due.values()) - time.monotonic())
            if self._ended.wait(wait):
                return
            for look, at in due.items():
                if at <= time.monotonic():
                    self._safely(look)
                    due[look] = time.monotonic() + intervals[look]

    def _safely(self, look):
        try:
            look()
        # A folder that is gone for a moment must not end the watch.
        except Exception as error:
            failure = str(error) or type(error).__name__
            if failure != self._failures.get(look):
                LOGGER.error("The models from before stay: %s", failure)
            self._failures[look] = failure
        else:
            self._failures.pop(look, None)
