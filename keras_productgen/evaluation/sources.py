"""Pictures from wherever they are: a model, its file, a folder, an array."""

import os
import pathlib

import keras
import numpy as np

from keras_productgen import data


def named(sources):
    """Returns a dict from names to sources; of paths, the names are theirs.

    Args:
        sources: dict, or a list of models, arrays and paths.
    """
    if isinstance(sources, dict):
        return {str(name): source for name, source in sources.items()}
    names = [
        str(source)
        if isinstance(source, str | os.PathLike)
        else f"{getattr(source, 'name', 'pictures')} {number}"
        for number, source in enumerate(sources, 1)
    ]
    if len(set(names)) < len(names):
        raise ValueError(
            "Each model must have a name of its own: give a dict. "
            f"Received: {names}"
        )
    return dict(zip(names, sources))


def opened(source):
    """Loads the model where `source` is the path of a `.keras` file."""
    if not isinstance(source, str | os.PathLike):
        return source
    path = pathlib.Path(source)
    if path.is_dir():
        return path
    if not path.is_file():
        raise ValueError(
            "A path must be a `.keras` file or a folder of pictures. "
            f"Received: {str(source)!r}, which does not exist"
        )
    return keras.saving.load_model(path, compile=False)


def pictures(source, num_images, seed, image_size=64, conditions=None):
    """Returns up to `num_images` pictures, float32 with values 0-255.

    Args:
        source: model with a method `generate`, folder as a path, or array
            `(num_images, height, width, 3)` of values 0-255.
        num_images: int, at most how many.
        seed: int, of what a model makes, and of the choice from a folder.
        image_size: int or `(height, width)` of the pictures of a folder.
        conditions: optional dict for a model that takes some, a value for
            each picture; those that it does not take are left out.

    Raises:
        ValueError: if `source` is something else, or lacks conditions.
    """
    if hasattr(source, "generate"):
        wanted = _wanted(source, conditions or {}, num_images)
        made = source.generate(num_images, seed=seed, conditions=wanted)
        low, high = getattr(source, "value_range", (0, 255))
        return (np.asarray(made) - low) * (255.0 / (high - low))
    if isinstance(source, pathlib.Path):
        found = data.image_folder(
            source, image_size, min(num_images, 64), conditions=(), seed=seed
        )
        batches, count = [], 0
        for batch in found:
            batches.append(np.asarray(batch))
            count += len(batch)
            if count >= num_images:
                break
        return np.concatenate(batches)[:num_images]
    if hasattr(source, "__array__") and np.ndim(source) == 4:
        return np.asarray(source[:num_images], "float32")
    raise ValueError(
        "Pictures must come from a model with `generate`, a `.keras` file, a "
        "folder, or an array (num_images, height, width, 3). "
        f"Received: {type(source).__name__}"
    )


def _wanted(model, conditions, num_images):
    names = [
        *getattr(model, "categories", ()),
        *getattr(model, "vectors", ()),
    ]
    missing = [name for name in names if name not in conditions]
    if missing:
        raise ValueError(
            f"The model takes the conditions {names}: give real pictures with "
            "them, or `conditions`. "
            f"Received: {sorted(conditions)}, without {missing}"
        )
    rows = np.arange(num_images)
    return {
        name: np.asarray(conditions[name])[rows % len(conditions[name])]
        for name in names
    } or None


def real_pictures(source, num_images, seed=0, image_size=64):
    """Returns `(images, conditions)` of up to `num_images` real pictures.

    Args:
        source: array, `(images, conditions)`, a dataset of either, or the path
            of a folder, whose class folders become `"category"`.
    """
    if isinstance(source, str | os.PathLike):
        source = data.image_folder(
            source, image_size, min(num_images, 64), seed=seed
        )
    arrays = hasattr(source, "__array__") or isinstance(source, tuple)
    batches, left = [], num_images
    for batch in [source] if arrays else source:
        images, conditions, _ = keras.utils.unpack_x_y_sample_weight(batch)
        rows = {"images": images, **(conditions or {})}
        batches.append({n: np.asarray(v)[:left] for n, v in rows.items()})
        left -= len(batches[-1]["images"])
        if left <= 0:
            break
    if not batches or len(batches[0]["images"]) == 0:
        raise ValueError(
            "`real` must hold pictures. "
            f"Received: an empty {type(source).__name__}"
        )
    rows = {
        name: np.concatenate([batch[name] for batch in batches])
        for name in batches[0]
    }
    return rows.pop("images"), rows
