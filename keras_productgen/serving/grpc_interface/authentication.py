"""API keys of calls by gRPC."""

import grpc

from keras_productgen.serving.errors import ServingError
from keras_productgen.serving.grpc_interface.calls import HEALTH

# What they ask for decides; it comes after the headers, which is all there is
# to see here.
NAMED = (HEALTH + "Check", HEALTH + "Watch")


def key_check(keys, refused):
    """Returns a function that looks for a key in the metadata of a call.

    Args:
        keys: `Keys`, or None where none is needed.
        refused: function of the HTTP status of what is refused.

    Returns:
        Function of metadata, which raises a `ServingError` if it has no valid
        key.
    """

    def check(metadata):
        if keys is None:
            return
        pairs = [pair for pair in metadata if isinstance(pair[1], str)]
        try:
            keys.check_headers(dict(pairs))
        except ServingError as error:
            refused(error.http_status)
            raise

    return check


class KeyInterceptor(grpc.ServerInterceptor):
    """Ends calls without a valid key, but for those that `Health` looks at.

    Args:
        check_key: as `key_check` returns it.
    """

    def __init__(self, check_key):
        self.check_key = check_key

    def intercept_service(self, continuation, handler_call_details):
        if handler_call_details.method in NAMED:
            return continuation(handler_call_details)
        try:
            self.check_key(handler_call_details.invocation_metadata)
        except ServingError as error:
            return _refusal(error)
        return continuation(handler_call_details)


def _refusal(error):
    def refuse(request, context):
        context.abort(grpc.StatusCode[error.code.name], error.message)

    return grpc.unary_unary_rpc_method_handler(refuse)
