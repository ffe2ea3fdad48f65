"""A server with TensorFlow Serving's REST and gRPC interface, and a client.

Nothing is imported before it is used: both need the extra `serving`.
"""

import importlib

from keras_productgen.serving import extra

_PLACES = {
    "Batching": "batching",
    "Limits": "gateway",
    "ModelConfig": "config",
    "Policy": "config",
    "Server": "server",
    "TLS": "gateway",
}
_OF_THE_CLIENT = {
    "AsyncClient": "client",
    "Client": "client",
    "PictureError": "client",
    "Retries": "client",
    "ServingError": "errors",
    "ServingTimeout": "errors",
}

__all__ = sorted(_PLACES | _OF_THE_CLIENT)


def __getattr__(name):
    if name in _PLACES:
        extra.check_extra()
    elif name in _OF_THE_CLIENT:
        extra.check_extra(extra.CLIENT, "The client")
    else:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    place = (_PLACES | _OF_THE_CLIENT)[name]
    return getattr(importlib.import_module(f"{__name__}.{place}"), name)


def __dir__():
    return __all__
