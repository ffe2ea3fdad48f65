"""The client that waits for its answers."""

import threading
from concurrent import futures

import numpy as np

from keras_productgen.serving.client import flows
from keras_productgen.serving.client.base import BaseClient
from keras_productgen.serving.client.pinning import Pinned
from keras_productgen.serving.client.restoration import picture_of
from keras_productgen.serving.client.sources import is_one


class Client(BaseClient):
    """Calls models on a server with TensorFlow Serving's interface.

    ```python
    with kpg.serving.Client("http://localhost:8501", "shoes") as client:
        pictures = client.generate(8, seed=1, category="boot", color="#aa3344")
        clean = client.restore("photo.jpg", model="restore")
    ```

    Threads may share a client. Connections are kept until it is closed.

    Args:
        url: str: `http://host:8501`, `https://host`, `grpc://host:8500`,
            `grpcs://host:8500`, `http+unix:///path` or `grpc+unix:///path`.
        model: optional str, the model of calls that name none. By default
            `catalog` generates and `restore` restores.
        api_key: optional str.
        timeout: float, seconds that a try may take. By default 60.
        retries: `Retries`; by default 6 tries within 120 seconds.
        chunk_size: int, pictures in a request at most; more are asked for in
            several requests. By default 16.
        in_flight: int, how many requests of a call run at once. By default 4.
        ca_certificate: optional path of the PEM of those who sign servers.
        client_certificate: optional pair of paths, certificate and key.

    Raises:
        ValueError: if `url` is none of these, a number is not above 0, or a
            certificate cannot be read.
        ImportError: if gRPC is asked for and not installed.
    """

    def __init__(self, url, model=None, **settings):
        super().__init__(url, model, **settings)
        self._transport = _transport(self.address)
        self._lock = threading.Lock()
        self._threads = None

    def generate(self, n=1, seed=0, first_index=0, *, as_bytes=False, **asked):
        """Makes pictures: those that `model.generate` makes, to a level.

        Args:
            n: int, how many.
            seed: int.
            first_index: int, the number of the first one within the seed.
            as_bytes: bool, whether PNG files are wanted.
            **asked: conditions, `category="dress", color="#aa3344"`, and the
                other arguments of `generate_made`: `model`, `version`,
                `truncation`, `conditions`.

        Returns:
            uint8 array `(n, height, width, channels)`; a list of bytes where
            `as_bytes` is True.

        Raises:
            ValueError, ServingError: as `generate_made`.
        """
        made = list(
            self.generate_iter(n, seed, first_index, as_bytes=as_bytes, **asked)
        )
        return made if as_bytes else np.stack(made)

    def restore(self, pictures, masks=None, **asked):
        """Restores a photo, or several.

        Args:
            pictures: path, bytes of a file, Pillow picture, or uint8 array
                `(height, width)` or `(height, width, channels)`; or an
                iterable of them.
            masks: for models that fill holes: a mask, or for several pictures
                as many; as `restore_iter` takes them.
            **asked: the other arguments of `restore_iter`: `model`, `version`,
                `signature`, `seed`, `first_index`, `as_bytes`.

        Returns:
            uint8 array `(height, width, channels)`, or bytes of a PNG file. Of
            several a list in the same order, in which a picture that could not
            be used is its `PictureError`.

        Raises:
            PictureError: a `ValueError`, if the one picture is none.
            ValueError, ServingError: as `restore_iter`.
        """
        if not is_one(pictures):
            return list(self.restore_iter(pictures, masks=masks, **asked))
        masks = None if masks is None else [masks]
        (result,) = self.restore_iter([pictures], masks=masks, **asked)
        return picture_of(result)

    def describe(self, model=None, version=None):
        """Returns what the server says of a model: a `Description`.

        Its `conditions` are what `generate` may be asked for.
        """
        return self._run(self._describing(model, version))

    def close(self):
        """Closes the connections; calls that run may fail."""
        with self._lock:
            if self._threads is not None:
                self._threads.shutdown(wait=False, cancel_futures=True)
        self._transport.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def _all(self, asked, given, *settings):
        description = self._run(asked.describe(self._told))
        pinned = Pinned(description, asked.signature, self._told)
        found = asked.flows(pinned, *settings)
        chunks = flows.in_order(found, self._start, self.in_flight)
        return (given(made) for chunk in chunks for made in chunk)

    def _start(self, flow):
        with self._lock:
            if self._threads is None:
                self._threads = futures.ThreadPoolExecutor(
                    self.in_flight, "client"
                )
        return self._threads.submit(self._run, flow)

    def _run(self, flow):
        return flows.run(flow, self._send)

    def _send(self, call):
        return self.retries.call(
            lambda seconds: self._transport.send(call, seconds), self.timeout
        )


def _transport(address):
    if address.by_grpc:
        # Not above: it loads TensorFlow.
        from keras_productgen.serving.client.grpc_calls import Grpc

        return Grpc(address)
    from keras_productgen.serving.client.rest_calls import Rest

    return Rest(address)
