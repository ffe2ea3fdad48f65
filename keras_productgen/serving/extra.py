"""What the server and the client need beyond the package."""

import importlib.util

CLIENT = {
    "httpx": "httpx",
    "orjson": "orjson",
    "tenacity": "tenacity",
}
GRPC = {
    "grpc": "grpcio",
    "tensorflow_serving": "tensorflow-serving-api",
}
HEALTH_CHECKING = {"grpc_health": "grpcio-health-checking"}
MODULES = {**GRPC, "uvicorn": "uvicorn", "orjson": "orjson"}


def check_extra(modules=MODULES, what="The server"):
    """Raises an ImportError that names the extra, where it is missing.

    Args:
        modules: dict from the names of modules to those of their packages.
        what: str, what needs them, at the beginning of the message.
    """
    missing = [
        package
        for module, package in modules.items()
        if importlib.util.find_spec(module) is None
    ]
    if missing:
        raise ImportError(
            f"{what} needs {', '.join(missing)}: "
            "pip install 'keras-productgen[serving]'"
        )
