"""What all replicas count, on the page of whichever is asked."""

import logging
import threading
import time

from keras_productgen.serving.metrics import merged

LOGGER = logging.getLogger(__name__)
NAME, NAMESPACE = "figures", "productgen"
# How often pages are exchanged, and how old one may be. Prometheus must ask
# less often: two replicas may know a third one's figures of different times,
# and a counter that falls counts as one that began again.
SECONDS, STALE_SECONDS = 1.0, 30.0


class Board:
    """Holds the latest page of each replica: an actor of Ray."""

    def __init__(self):
        self._pages = {}

    def exchange(self, name, page):
        """Takes a replica's page; returns those of all, by their names."""
        now = time.monotonic()
        self._pages[name] = (now, page)
        self._pages = {
            name: (told, page)
            for name, (told, page) in self._pages.items()
            if now - told <= STALE_SECONDS
        }
        return {name: page for name, (_, page) in self._pages.items()}


class SharedFigures:
    """The page of a replica, with those of the others.

    Args:
        name: str, of this replica.
        page: function that returns its own page.
        exchange: function of a name and a page that returns pages by names:
            `Board.exchange`, wherever that is.
    """

    def __init__(self, name, page, exchange):
        self.name = name
        self._own, self._exchange = page, exchange
        self._others = {}
        self._ended = threading.Event()

    def page(self):
        """Returns the page of all, this one's as it is now."""
        return merged({**self._others, self.name: self._own()})

    def look(self):
        """Exchanges pages once; where that fails, what was known stays."""
        try:
            self._others = self._exchange(self.name, self._own())
        # The machine of the board may be gone; it is made anew.
        except Exception:
            LOGGER.debug("Figures were not exchanged.", exc_info=True)

    def start(self):
        """Exchanges pages from here on. Returns itself."""
        threading.Thread(target=self._run, name="figures", daemon=True).start()
        return self

    def stop(self):
        """Exchanges no more."""
        self._ended.set()

    def _run(self):
        while not self._ended.is_set():
            self.look()
            self._ended.wait(SECONDS)


def of_replica(page):
    """Returns the `SharedFigures` of the replica that this process is."""
    import ray
    from ray import serve

    def exchange(name, page):
        return ray.get(board().exchange.remote(name, page), timeout=10.0)

    replica = serve.get_replica_context().replica_id
    return SharedFigures(replica.unique_id, page, exchange)


def board():
    """Returns the handle of the one board of a cluster."""
    import ray

    options = {"name": NAME, "namespace": NAMESPACE, "num_cpus": 0}
    options |= {"lifetime": "detached", "get_if_exists": True}
    return ray.remote(Board).options(**options).remote()
