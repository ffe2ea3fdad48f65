"""Models as folders: `saved_models/<model>/<version>/saved_model.pb`."""

import pathlib
import re

from keras_productgen.serving.config.models import ModelConfig


def versions_in(base_path):
    """Returns a dict from the versions in a model's folder to their paths.

    Names that are no numbers are passed over: versions that are being written
    have such. Leading zeros are allowed.
    """
    try:
        paths = list(pathlib.Path(base_path).iterdir())
    except OSError:
        return {}
    return {
        int(path.name): path
        for path in paths
        if re.fullmatch("[0-9]{1,18}", path.name) and path.is_dir()
    }


def models_in(directory):
    """Returns a `ModelConfig` for every model in a folder.

    Args:
        directory: folder of models, or of the versions of one model.

    Raises:
        ValueError: if it is no folder.
    """
    directory = pathlib.Path(directory).resolve()
    if not directory.is_dir():
        raise ValueError(
            "`models` must be a folder of models that exists. "
            f"Received: models={str(directory)!r}"
        )
    if versions_in(directory):
        return [ModelConfig(directory.name, directory)]
    return [
        ModelConfig(path.name, path)
        for path in sorted(directory.iterdir())
        if path.is_dir() and not path.name.startswith(".") and versions_in(path)
    ]
