"""Which model, version or label a request asks for."""

from keras_productgen.serving.errors import Code
from keras_productgen.serving.errors import ServingError
from keras_productgen.serving.errors import invalid


def parts(model_spec):
    """Returns name, version or None, and label or None."""
    if not model_spec.name:
        missing = not model_spec.ByteSize()
        raise invalid(
            "Missing ModelSpec"
            if missing
            else "ModelSpec has no name specified."
        )
    kind = model_spec.WhichOneof("version_choice")
    version = model_spec.version.value if kind == "version" else None
    label = model_spec.version_label if kind == "version_label" else None
    return model_spec.name, version, label


def not_found(name, version):
    """Returns the error of a model or version that does not serve."""
    wanted = f"Latest({name})"
    if version is not None:
        wanted = f"Specific({name}, {version})"
    return ServingError(
        Code.NOT_FOUND, f"Servable not found for request: {wanted}"
    )
