"""Calls by gRPC as Ray's proxy hands them on."""

import dataclasses
import functools

import grpc

from keras_productgen.serving.errors import Code
from keras_productgen.serving.errors import ServingError
from keras_productgen.serving.grpc_interface.calls import Calls
from keras_productgen.serving.grpc_interface.server import interceptors
from keras_productgen.serving.grpc_interface.services import ModelService
from keras_productgen.serving.grpc_interface.services import PredictionService


class Aborted(Exception):
    """Ends a call; its code and text are in the context."""


@dataclasses.dataclass(frozen=True)
class Details:
    """What interceptors ask of a call: gRPC's HandlerCallDetails.

    Args:
        method: str, `/tensorflow.serving.PredictionService/Predict`.
        invocation_metadata: pairs that came with the call.
    """

    method: str
    invocation_metadata: list


class Context:
    """Ray's context with the methods of gRPC's that are used here.

    Ray sends no initial metadata: it goes with the trailing one.

    Args:
        context: `ray.serve.grpc_util.RayServegRPCContext`.
    """

    def __init__(self, context):
        self._context = context

    def is_active(self):
        return True

    def time_remaining(self):
        return None

    def add_callback(self, callback):
        return True

    def code(self):
        return self._context.code()

    def abort(self, code, details):
        self._context.set_code(code)
        self._context.set_details(details)
        raise Aborted(details)

    def send_initial_metadata(self, metadata):
        self.set_trailing_metadata(metadata)

    def set_trailing_metadata(self, metadata):
        before = self._context.trailing_metadata()
        self._context.set_trailing_metadata([*before, *metadata])


class RayCalls:
    """Answers calls with a `Service`, behind keys and limits, and logged.

    Args:
        service: `Service`.
        gateway: `Gateway`.
        metrics: `ServingMetrics`.
    """

    def __init__(self, service, gateway, metrics):
        calls = Calls(gateway, metrics)
        self._prediction = PredictionService(service, calls)
        self._models = OneReplicaModelService(service, calls)
        self._interceptors = interceptors(gateway, metrics)

    def answer(self, method, request, context):
        """Returns the response of a method of either service.

        Raises:
            Aborted: if it is an error, which the context then holds.
        """
        service = (
            self._prediction
            if hasattr(self._prediction, method)
            else self._models
        )
        name = type(service).__mro__[-2].__name__.removesuffix("Servicer")
        details = Details(
            f"/tensorflow.serving.{name}/{method}",
            context.invocation_metadata(),
        )
        handler = grpc.unary_unary_rpc_method_handler(getattr(service, method))
        handle = lambda _: handler  # noqa: E731
        for interceptor in reversed(self._interceptors):
            handle = functools.partial(interceptor.intercept_service, handle)
        return handle(details).unary_unary(request, Context(context))


class OneReplicaModelService(ModelService):
    """The status of models; no reload, which would reach one replica."""

    def HandleReloadConfigRequest(self, request, context):
        return self.calls.call("reload", _refuse, request, context)


def _refuse(request):
    raise ServingError(
        Code.UNIMPLEMENTED,
        "Change the model configuration file, which all replicas read.",
    )
