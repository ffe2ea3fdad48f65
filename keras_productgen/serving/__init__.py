"""A server with TensorFlow Serving's REST and gRPC interface.

Nothing is imported before it is used: the server needs the extra `serving`.
"""

import importlib

from keras_productgen.serving.extra import check_extra

_PLACES = {
    "Batching": "batching",
    "Limits": "gateway",
    "ModelConfig": "config",
    "Policy": "config",
    "Server": "server",
    "TLS": "gateway",
}

__all__ = sorted(_PLACES)


def __getattr__(name):
    if name in _PLACES:
        check_extra()
        place = importlib.import_module(f"{__name__}.{_PLACES[name]}")
        return getattr(place, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__():
    return __all__
