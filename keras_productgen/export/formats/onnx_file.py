"""A network as a file of ONNX."""

import logging
import os
import pathlib
import tempfile
import warnings

from keras_productgen.export import other_process
from keras_productgen.export import sources
from keras_productgen.export.formats import checks
from keras_productgen.export.formats import samples
from keras_productgen.export.formats.runners import OnnxRunner
from keras_productgen.export.formats.static import static_function
from keras_productgen.images import write_bytes

OPSET = 17


def onnx(model, path: str | os.PathLike, image_size=None):
    """Writes a file of ONNX, for one row of one shape; float32.

    It takes what the signature of tensors in the bundle takes (`latents`, or
    `images` in the model's `value_range`), and gives `result`. The file is run
    once before it is written under its name. Needs the extra `onnx`.

    Args:
        model: as `export.saved_model` takes it, but no SavedModel.
        path: path of a file, `.onnx`; it appears whole or not at all.
        image_size: optional int or pair `(height, width)` for models that take
            pictures of any size; 128 by default.

    Returns:
        `pathlib.Path` of the file.

    Raises:
        ImportError: if `onnx`, `tf2onnx` or `onnxruntime` is not installed.
        ValueError: if the model does not convert, or the file cannot hold its
            weights.

    Reference:
    - [ONNX](https://onnx.ai)
    """
    path = pathlib.Path(path)
    checks.check_path(path, ".onnx")
    sources.check(model)
    checks.check_extra("onnx", "onnx", "tf2onnx", "onnxruntime")
    if other_process.needed():
        told = [str(path.absolute()), image_size]
        other_process.run("formats.onnx_file.onnx", model, *told)
        return path
    function = static_function(samples.loaded(model).model, image_size)
    data = _converted(function)
    checks.check_size(data, 4.0, function.num_weights, path)
    checks.check_runs(OnnxRunner(data), function)
    write_bytes(path, data)
    return path


def _converted(function):
    import tf2onnx

    # tf2onnx does not know NumPy 2, which Keras sees to.
    from keras.src.export.tf2onnx_lib import patch_tf2onnx

    loggers = [logging.getLogger(name) for name in ("tf2onnx", "tensorflow")]
    levels = [logger.level for logger in loggers]
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        patch_tf2onnx()
        for logger in loggers:
            logger.setLevel(logging.ERROR)
        file_path = os.path.join(folder, "model.onnx")
        try:
            tf2onnx.convert.from_function(
                function.function,
                function.specs,
                opset=OPSET,
                output_path=file_path,
            )
        except Exception as error:
            raise ValueError(
                f"`model` must be one that tf2onnx converts. Received: {error}"
            ) from error
        finally:
            for logger, level in zip(loggers, levels):
                logger.setLevel(level)
        return pathlib.Path(file_path).read_bytes()
