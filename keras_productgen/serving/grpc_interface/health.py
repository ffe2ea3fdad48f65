"""gRPC's own service of health: what `/readyz` says, for those who speak gRPC.

Reference:
- [GRPC Health Checking Protocol](https://github.com/grpc/grpc/blob/master/doc/health-checking.md)
"""

import collections
import threading

import grpc
from grpc_health.v1 import health_pb2
from grpc_health.v1 import health_pb2_grpc

from keras_productgen.serving.errors import ServingError

Status = health_pb2.HealthCheckResponse
# The names under which the server as a whole is asked for: its own, those of
# its services, and those that TensorFlow Serving has.
WHOLE = (
    "",
    "ModelService",
    "PredictionService",
    "tensorflow.serving.ModelService",
    "tensorflow.serving.PredictionService",
)
SECONDS = 1.0  # After so long, at the latest, who watches is told of a change.
PATIENCE = 2.0  # Seconds for what is told at the end.


class Health(health_pb2_grpc.HealthServicer):
    """Says whether the server, or the model of a name, serves.

    The answer is looked up when it is asked for, and not kept: nothing has to
    tell this of changes. A watcher takes a thread for its first answer only;
    one thread looks for all of them from then on. Those of the package itself
    keep statuses, and send under the lock that every question needs.

    Args:
        models: `Models`.
        admission: `Admission`.
        max_watches: int, how many may watch at a time; from one address half
            as many, and at least one.
        check_key: function of a call's metadata, which raises a `ServingError`
            for one that may not ask for models by name.
    """

    def __init__(self, models, admission, max_watches, check_key):
        self.models = models
        self.admission = admission
        self.max_watches = max_watches
        self.check_key = check_key
        self._watches = {}  # To the addresses that they come from.
        self._lock = threading.Lock()
        self._ended = threading.Event()
        self._thread = threading.Thread(
            target=self._look_again, name="health", daemon=True
        )

    def add_to(self, server):
        """Lets a `grpc.Server` answer with it."""
        health_pb2_grpc.add_HealthServicer_to_server(self, server)

    def start(self):
        self._thread.start()

    def stop(self):
        """Tells all who watch what is so now, and ends their calls."""
        self._ended.set()
        if self._thread.is_alive():
            # Who does not read what is sent keeps nobody from closing.
            self._thread.join(PATIENCE)

    def status(self, name):
        """Returns the status of a service or model, None of an unknown one."""
        if name in WHOLE:
            serves = self.models.ready
        elif name in self.models.not_serving:
            serves = False
        elif name in self.models:
            serves = True
        else:
            return None
        serves = serves and not self.admission.draining
        return Status.SERVING if serves else Status.NOT_SERVING

    def Check(self, request, context):
        self._check_key(request.service, context)
        status = self.status(request.service)
        if status is None:
            context.abort(grpc.StatusCode.NOT_FOUND, "unknown service")
        return Status(status=status)

    def List(self, request, context):
        names = {*WHOLE, *self.models.names, *self.models.not_serving}
        found = {name: self.status(name) for name in sorted(names)}
        return health_pb2.HealthListResponse(
            # A model may have gone in between.
            statuses={n: Status(status=s) for n, s in found.items() if s}
        )

    def Watch(self, request, context, send_response_callback):
        self._check_key(request.service, context)
        watch = _Watch(request.service, self.status, send_response_callback)
        address = address_of(context.peer())
        with self._lock:
            full = self._is_full(address)
            if not full and not self._ended.is_set():
                self._watches[watch] = address
        if full:
            context.abort(
                grpc.StatusCode.RESOURCE_EXHAUSTED, "too many watch already"
            )
        watch.tell()
        if self._ended.is_set():
            watch.end()
        elif not context.add_callback(lambda: self._leave(watch)):
            self._leave(watch)

    # gRPC then gives a function that sends, in the place of asking for an
    # iterator, whose thread would wait for as long as somebody watches.
    Watch.experimental_non_blocking = True

    def look(self):
        """Tells those who watch what has changed."""
        with self._lock:
            watches = list(self._watches)
        for watch in watches:
            watch.tell()

    def _check_key(self, name, context):
        # Without a key nobody learns even whether there is such a model.
        if name in WHOLE:
            return
        try:
            self.check_key(context.invocation_metadata())
        except ServingError as error:
            context.abort(grpc.StatusCode[error.code.name], error.message)

    def _is_full(self, address):
        counts = collections.Counter(self._watches.values())
        share = max(1, self.max_watches // 2)
        return counts.total() >= self.max_watches or counts[address] >= share

    def _leave(self, watch):
        with self._lock:
            self._watches.pop(watch, None)

    def _look_again(self):
        while not self._ended.wait(SECONDS):
            self.look()
        self.look()
        with self._lock:
            watches, self._watches = self._watches, {}
        for watch in watches:
            watch.end()


def address_of(peer):
    """Returns gRPC's name of a peer without the port, new in each connection.

    Args:
        peer: str such as `ipv4:127.0.0.1:50000`, `ipv6:%5B::1%5D:50000` or
            `unix:`.
    """
    return peer.rpartition(":")[0]


class _Watch:
    """Somebody who is told of a service whenever its status changes."""

    def __init__(self, name, status_of, send):
        self._name, self._status_of, self._send = name, status_of, send
        self._told = None
        self._lock = threading.Lock()

    def tell(self):
        """Sends the status, if it is another than the last."""
        with self._lock:
            status = self._status_of(self._name)
            status = Status.SERVICE_UNKNOWN if status is None else status
            if self._send is not None and status != self._told:
                self._told = status
                self._send(Status(status=status))

    def end(self):
        """Ends the call."""
        with self._lock:
            if self._send is not None:
                self._send(None)
                self._send = None
