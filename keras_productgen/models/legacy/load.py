import io
import json
import pathlib
import zipfile

import h5py
import keras

from keras_productgen.models.legacy import weights
from keras_productgen.models.legacy.configs import model_from
from keras_productgen.models.legacy.configs import names_without_equal

NO_FOLDER = (
    "`path` must be a file, .h5 or .keras. A SavedModel predicts with "
    "`keras.layers.TFSMLayer(path, call_endpoint='serving_default')`; where it "
    "was made, `model.save('model.h5')` writes a file that loads here."
)


def load_legacy(path):
    """Loads a model that Keras 2 saved, with or without tensorflow-addons.

    What comes back predicts as it did, and saves as any Keras 3 model. It is
    not compiled: optimizers changed too much for their state to be of use.

    Args:
        path: path of a whole model, `.h5` or `.keras`, Functional or
            Sequential. Custom layers must be registered with Keras before.

    Returns:
        A `keras.Model` or `keras.Sequential`, not compiled.

    Raises:
        ValueError: if the file holds no model or weights alone, is a
            SavedModel, or has layers that Keras 3 has no equal of.
    """
    path = pathlib.Path(path)
    if path.is_dir():
        raise ValueError(f"{NO_FOLDER} Received: path={path}")
    if zipfile.is_zipfile(path):
        return _from_keras(path)
    if path.is_file() and h5py.is_hdf5(path):
        return _from_h5(path)
    raise ValueError(
        f"`path` must be a saved model, .h5 or .keras. Received: path={path}"
    )


def _from_h5(path):
    with h5py.File(path) as file:
        if "model_config" not in file.attrs:
            raise ValueError(
                "`path` must hold a whole model. This file holds weights "
                "alone: build the model, then `model.load_weights(path)`. "
                f"Received: path={path}"
            )
        if not str(file.attrs.get("keras_version", "2.")).startswith("2."):
            return keras.saving.load_model(path, compile=False)
        config = json.loads(file.attrs["model_config"])
        model = _checked_model(config, path)
        weights.set_weights_from_h5(model, config, file["model_weights"])
    return model


def _from_keras(path):
    with zipfile.ZipFile(path) as archive:
        _check_has(archive, path, "config.json", "metadata.json")
        metadata = _read_json(archive, "metadata.json", path)
        if not str(metadata.get("keras_version", "2.")).startswith("2."):
            return keras.saving.load_model(path, compile=False)
        _check_has(archive, path, "model.weights.h5")
        config = _read_json(archive, "config.json", path)
        stored = io.BytesIO(archive.read("model.weights.h5"))
    model = _checked_model(config, path)
    with h5py.File(stored) as file:
        weights.set_weights_from_keras(model, config, file)
    return model


def _check_has(archive, path, *names):
    missing = [name for name in names if name not in archive.namelist()]
    if missing:
        raise ValueError(
            "`path` must hold a Keras model. Received: "
            f"path={path}, without {', '.join(missing)}"
        )


def _read_json(archive, name, path):
    try:
        found = json.loads(archive.read(name))
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise ValueError(
            "`path` must hold a Keras model. Received: "
            f"path={path}, whose {name} is damaged"
        )
    return found


def _checked_model(config, path):
    # Old Sequential models list their layers without a name around them.
    inner = config.get("config")
    if not isinstance(inner, dict) or "layers" not in inner:
        raise ValueError(
            "`path` must hold a Functional or Sequential model of Keras 2. "
            f"Received: path={path}, class_name={config.get('class_name')}"
        )
    missing = sorted(set(names_without_equal(config["config"])))
    if missing:
        raise ValueError(
            "`path` must hold only what Keras 3 has an equal of. "
            f"Received: path={path}, with {', '.join(missing)}"
        )
    return model_from(config)
