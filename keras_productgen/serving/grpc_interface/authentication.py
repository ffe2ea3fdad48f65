"""API keys of calls by gRPC."""

import grpc

from keras_productgen.serving.errors import ServingError
from keras_productgen.serving.grpc_interface.calls import HEALTH


class KeyInterceptor(grpc.ServerInterceptor):
    """Ends calls without a valid key, but for those that ask for health.

    Args:
        keys: `Keys`.
        refused: function of the HTTP status of what is refused.
    """

    def __init__(self, keys, refused):
        self.keys = keys
        self.refused = refused

    def intercept_service(self, continuation, handler_call_details):
        if handler_call_details.method.startswith(HEALTH):
            return continuation(handler_call_details)
        headers = {
            name: value
            for name, value in handler_call_details.invocation_metadata
            if isinstance(value, str)
        }
        try:
            self.keys.check_headers(headers)
        except ServingError as error:
            self.refused(error.http_status)
            return _refusal(error)
        return continuation(handler_call_details)


def _refusal(error):
    def refuse(request, context):
        context.abort(grpc.StatusCode[error.code.name], error.message)

    return grpc.unary_unary_rpc_method_handler(refuse)
