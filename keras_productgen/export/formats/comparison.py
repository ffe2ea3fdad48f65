"""All formats of a model, side by side in one run."""

import os
import pathlib

import numpy as np

from keras_productgen.data import degradation
from keras_productgen.export import other_process
from keras_productgen.export.formats import samples
from keras_productgen.export.formats.checks import ExportCheck
from keras_productgen.export.formats.differences import compared
from keras_productgen.export.formats.litert import litert
from keras_productgen.export.formats.onnx_file import onnx
from keras_productgen.export.formats.runners import LiteRTRunner
from keras_productgen.export.formats.runners import OnnxRunner
from keras_productgen.export.formats.runners import SavedModelRunner
from keras_productgen.export.formats.static import static_function
from keras_productgen.export.saved_model import saved_model

SAVED_MODEL = "saved-model"
LITERT = {
    "litert": None,
    "litert-float16": "float16",
    "litert-dynamic": "dynamic",
    "litert-int8": "int8",
}
FORMATS = (SAVED_MODEL, *LITERT, "onnx")


def check_formats(
    model,
    directory: str | os.PathLike,
    formats=FORMATS,
    pictures=None,
    image_size=None,
    task=None,
    progress=None,
    **settings,
):
    """Exports a model in several formats, and compares each with the model.

    Each file is loaded again and run on the same rows. Its result is held
    against that of the model; where it is known what the model mends, clean
    pictures are damaged so, and the loss of PSNR is measured. Times are of the
    processor, on one thread where a runtime lets one choose, the contenders in
    turns.

    Args:
        model: as `export.saved_model` takes it, but no SavedModel.
        directory: folder for the files: a version for `"saved-model"`, and
            files called after folder and format beside it.
        formats: names out of `FORMATS`.
        pictures: path of a folder of photos, or a list of uint8 arrays
            `(height, width, 3)`; products of the catalogue by default. One half
            is for the quantization, the other for the comparison.
        image_size: as in `export.litert`.
        task: optional str, a name of `data.degradation.presets()`. By default
            what the card of the model says.
        progress: optional function called with the name of each format.
        **settings: of `export.saved_model`.

    Returns:
        List of `ExportCheck`; a format that the model cannot be written in,
        or for which a package is missing, says why, and the others are done.

    Raises:
        ValueError: if the model cannot be read, a format or the task is
            unknown, or `pictures` are none.
    """
    formats = _checked(formats)
    if other_process.needed():
        raise ValueError(
            "`check_formats` must run on TensorFlow: set KERAS_BACKEND. "
            f"Received: {len(formats)} formats on another backend"
        )
    source = samples.loaded(model)
    function = static_function(source.model, image_size)
    task = task or source.card.get("task")
    all_pictures = samples.pictures_of(pictures, 2 * samples.NUM_SAMPLES)
    # The ranges of values are those of what is to be mended.
    learned, _ = _damaged(function, all_pictures[::2], task)
    kept = all_pictures[1::2] or all_pictures
    damaged, clean = _damaged(function, kept, task)
    rows = samples.samples_of(function, damaged, len(damaged))

    def write(name):
        if progress:
            progress(name)
        if name == SAVED_MODEL:
            path = saved_model(model, directory, **settings)
            return path, SavedModelRunner(path, function)
        return _file(name, source.model, directory, function, learned)

    found, failed = _tried(formats, write)
    checks = compared(function, found, rows, clean)
    by_name = failed | {check.format: check for check in checks}
    return [by_name[name] for name in formats]


def _tried(formats, write):
    """Returns what was written, and an `ExportCheck` of what was not."""
    found, failed = {}, {}
    for name in formats:
        try:
            found[name] = write(name)
        except (ValueError, ImportError) as error:
            failed[name] = ExportCheck(name, failure=str(error))
    return found, failed


def _checked(formats):
    formats = tuple(formats)
    unknown = [name for name in formats if name not in FORMATS]
    if unknown or not formats:
        raise ValueError(
            f"`formats` must be out of {FORMATS}. Received: formats={formats}"
        )
    return formats


def _file(name, network, directory, function, pictures):
    """Returns the path of what is written, and what runs it."""
    directory = pathlib.Path(directory)
    directory.mkdir(parents=True, exist_ok=True)
    stem = f"{directory.resolve().name}-{name}"
    size = _image_size(function)
    if name == "onnx":
        path = onnx(network, directory / f"{stem}.onnx", size)
        return path, OnnxRunner(path.read_bytes())
    path = directory / f"{stem}.tflite"
    litert(network, path, LITERT[name], pictures, size)
    return path, LiteRTRunner(path.read_bytes())


def _image_size(function):
    for spec in function.specs:
        if spec.name == "images":
            return tuple(spec.shape.as_list()[1:3])
    return None


def _damaged(function, pictures, task):
    """Pictures as they go in, and as they should come out, or None."""
    if task is None:
        return pictures, None
    preset = degradation.preset(task)
    sides, clean, damaged = _image_size(function), [], []
    for index, picture in enumerate(pictures):
        one = samples.cut(picture, [side * preset.scale for side in sides])
        worse = np.rint(preset.test(one, seed=index)).clip(0, 255)
        clean.append(one)
        damaged.append(worse.astype("uint8"))
    return damaged, clean
