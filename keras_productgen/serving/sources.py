"""Where a server learns which models it serves."""

import pathlib

from keras_productgen.serving.config import ModelConfig
from keras_productgen.serving.config import models_in
from keras_productgen.serving.config import read_models


class Folder:
    """A folder of models, or of the versions of one; new models join in."""

    def __init__(self, path):
        self.path = pathlib.Path(path)

    def read(self):
        """Returns `ModelConfig`s.

        Raises:
            ValueError: if it is no folder, or holds no model.
        """
        configs = models_in(self.path)
        if not configs:
            raise ValueError(
                "`models` must be a folder that holds models, as "
                "MODEL/VERSION/saved_model.pb. "
                f"Received: models={str(self.path)!r}"
            )
        return configs


class ConfigFile:
    """A model configuration of TensorFlow Serving."""

    def __init__(self, path):
        self.path = pathlib.Path(path)

    def read(self):
        return read_models(self.path)


class Fixed:
    """`ModelConfig`s that stay as they are."""

    def __init__(self, configs):
        self.configs = list(configs)

    def read(self):
        return self.configs


def source_of(models):
    """Returns the source that a value stands for.

    Args:
        models: folder, model configuration file, `ModelConfig`, or list of
            such.

    Raises:
        ValueError: if it is none of these.
    """
    if isinstance(models, ModelConfig):
        return Fixed([models])
    if isinstance(models, list | tuple):
        return Fixed(models)
    path = pathlib.Path(models)
    if path.is_file():
        return ConfigFile(path)
    return Folder(path)
