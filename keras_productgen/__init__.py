"""Product-image generation, control, editing and enhancement in Keras 3.

Nothing is imported before it is used: `kpg.data` loads TensorFlow's input
pipeline, and so on. The models alone come with Keras, so that
`keras.saving.load_model` knows them.
"""

import importlib

from keras_productgen.registration import register_with_keras
from keras_productgen.version import __version__ as __version__

_PARTS = (
    "augmentation",
    "backend",
    "data",
    "editing",
    "encoders",
    "evaluation",
    "export",
    "images",
    "layers",
    "losses",
    "metrics",
    "models",
    "pipeline",
    "publishing",
    "serving",
    "training",
)

__all__ = ["__version__", *_PARTS]


def __getattr__(name):
    if name in _PARTS:
        return importlib.import_module(f"keras_productgen.{name}")
    raise AttributeError(f"module 'keras_productgen' has no attribute {name!r}")


def __dir__():
    return sorted(__all__)


register_with_keras()
