"""What is around every call by gRPC: admission, codes, figures."""

import logging
import math
import time

import grpc

from keras_productgen.serving import deadlines
from keras_productgen.serving.deadlines import Deadline
from keras_productgen.serving.errors import INTERNAL_TEXT
from keras_productgen.serving.errors import TOO_LARGE
from keras_productgen.serving.errors import Code
from keras_productgen.serving.errors import ServingError
from keras_productgen.serving.gateway import Room

LOGGER = logging.getLogger(__name__)
# What asks for health needs no line of the log, as by REST.
HEALTH = "/grpc.health.v1.Health/"


class Calls:
    """Makes methods of a gRPC service from methods of `Service`.

    So many are computed at once as `Limits.threads` says. gRPC gives a thread
    to every call whose message has yet to come; those do not count.

    Args:
        gateway: `Gateway`.
        metrics: `ServingMetrics`.
    """

    def __init__(self, gateway, metrics):
        self.gateway = gateway
        self.metrics = metrics
        self._room = Room(gateway.limits.threads)

    def call(self, api, answer, request, context):
        """Returns `answer(request)`, or ends the call with its error.

        Args:
            api: str, what the call is counted under.
            answer: function of a request that returns a response.
            request: the message that came.
            context: gRPC's.
        """
        if not context.is_active():  # It was given up before it came.
            return None
        start, code = time.perf_counter(), Code.OK
        try:
            with (
                self.gateway.admission.enter(),
                deadlines.within(_deadline(context)),
                self._room.enter(),
            ):
                return answer(request)
        except ServingError as error:
            code = error.code
            _abort(context, error)
        # What goes wrong in here is for the log, not for the caller.
        except Exception:
            code = Code.INTERNAL
            LOGGER.exception("gRPC %s", api)
            _abort(context, ServingError(code, INTERNAL_TEXT))
        finally:
            seconds = time.perf_counter() - start
            name = model_of(request)
            self.metrics.answered(name, api, "GRPC", code, seconds)


def _deadline(context):
    seconds = context.time_remaining()
    deadline = Deadline(math.inf if seconds is None else seconds)
    if not context.add_callback(deadline.give_up):
        deadline.give_up()
    return deadline


def model_of(request):
    """Returns the name of the model that a request is for, or ""."""
    if hasattr(request, "model_spec"):
        return request.model_spec.name
    tasks = getattr(request, "tasks", None)
    return tasks[0].model_spec.name if tasks else ""


def _abort(context, error):
    if error.http_status == TOO_LARGE:
        # RESOURCE_EXHAUSTED, as a busy server says: but not to be retried.
        context.set_trailing_metadata((("grpc-retry-pushback-ms", "-1"),))
    if error.retry_after is not None:
        context.set_trailing_metadata(
            (
                ("retry-after", str(math.ceil(error.retry_after))),
                # Clients with a retry policy wait as long of their own accord.
                ("grpc-retry-pushback-ms", str(int(error.retry_after * 1000))),
            )
        )
    context.abort(grpc.StatusCode[error.code.name], error.message)
