"""The names of calls by gRPC, and a line of the log for each."""

import grpc

from keras_productgen.serving import logs
from keras_productgen.serving.errors import Code
from keras_productgen.serving.grpc_interface.calls import HEALTH
from keras_productgen.serving.grpc_interface.calls import model_of

# Who has left gets neither an answer nor an error.
GIVEN_UP = Code.CANCELLED.name


class LogInterceptor(grpc.ServerInterceptor):
    """Takes a call's `x-request-id`, or makes one, and gives it back.

    It comes back as initial metadata, before the answer or the error. Placed
    first, it tells of calls that other interceptors refuse, too.
    """

    def intercept_service(self, continuation, handler_call_details):
        handler = continuation(handler_call_details)
        if handler is None or handler_call_details.method.startswith(HEALTH):
            return handler
        return grpc.unary_unary_rpc_method_handler(
            _telling(handler.unary_unary, handler_call_details),
            request_deserializer=handler.request_deserializer,
            response_serializer=handler.response_serializer,
        )


def _telling(answer, details):
    metadata = details.invocation_metadata
    headers = {n: value for n, value in metadata if isinstance(value, str)}

    def tell(request, context):
        name = logs.request_id(headers)
        with logs.told("gRPC", name, call=details.method) as facts:
            facts |= {"model": model_of(request), "status": GIVEN_UP}
            try:
                context.send_initial_metadata(((logs.HEADER, name),))
                response = answer(request, context)
            finally:
                if context.code() is not None:
                    facts["status"] = context.code().name
            if response is not None:
                facts["status"] = Code.OK.name
            return response

    return tell
