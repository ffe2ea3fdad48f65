"""What a version says of itself."""

import json

import numpy as np

from keras_productgen.serving.errors import ServingError

# As `export.signatures.describe` writes it.
SIGNATURE, INPUT, OUTPUT, FORMAT = "describe", "format", "description", 1


def largest_picture(servable):
    """Returns the pixels of the largest picture that a servable takes.

    Returns:
        int, or None where it does not say so.
    """
    pixels = _told(servable).get("max_pixels")
    return pixels if isinstance(pixels, int) and pixels > 0 else None


def _told(servable):
    definition = servable.signatures.get(SIGNATURE)
    # Models of others may call something else so.
    if definition is None or set(definition.inputs) != {INPUT}:
        return {}
    formats = {INPUT: np.array([FORMAT], "int32")}
    try:
        found = servable.run(SIGNATURE, formats, list(definition.outputs))
        told = json.loads(found[OUTPUT][0])
    except (ServingError, LookupError, TypeError, ValueError):
        return {}
    return told if isinstance(told, dict) else {}
