"""What the server needs beyond the package."""

import importlib.util

MODULES = {
    "grpc": "grpcio",
    "tensorflow_serving": "tensorflow-serving-api",
    "uvicorn": "uvicorn",
    "orjson": "orjson",
}


def check_extra():
    """Raises an ImportError that names the extra, where it is missing."""
    missing = [
        package
        for module, package in MODULES.items()
        if importlib.util.find_spec(module) is None
    ]
    if missing:
        raise ImportError(
            f"The server needs {', '.join(missing)}: "
            "pip install 'keras-productgen[serving]'"
        )
