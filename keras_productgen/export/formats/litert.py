"""A network as a file of LiteRT, which was called TensorFlow Lite."""

import contextlib
import os
import pathlib
import tempfile
import warnings

import keras
import tensorflow as tf

from keras_productgen.export import other_process
from keras_productgen.export import sources
from keras_productgen.export.formats import checks
from keras_productgen.export.formats import samples
from keras_productgen.export.formats.runners import LiteRTRunner
from keras_productgen.export.formats.static import static_function
from keras_productgen.images import write_bytes

QUANTIZATIONS = (None, "float16", "dynamic", "int8")
# What a weight takes, in bytes. Small layers stay as they are.
BYTES = {None: 4.0, "float16": 2.0, "dynamic": 1.0, "int8": 1.0}


def litert(
    model,
    path: str | os.PathLike,
    quantization=None,
    representative=None,
    image_size=None,
):
    """Writes a file of LiteRT, for one row of one shape.

    Its signature `serving_default` takes what the signature of tensors in the
    bundle takes (`latents`, or `images` in the model's `value_range`), and
    gives `result`. The file is run once before it is written under its name.

    ```python
    kpg.export.litert(model, "denoise.tflite", image_size=256)
    kpg.export.litert(model, "small.tflite", "int8", representative="photos")
    ```

    Args:
        model: as `export.saved_model` takes it, but no SavedModel.
        path: path of a file, `.tflite`; it appears whole or not at all.
        quantization: None for float32, `"float16"` for weights of half the
            size, `"dynamic"` for 8-bit weights, or `"int8"` for 8 bits in all
            of it, pictures too: these come and go as uint8.
        representative: what `"int8"` learns the ranges of values from: path of
            a folder of photos, or a list of uint8 arrays `(height, width, 3)`.
            By default products of the catalogue. Give what the model will get,
            noisy pictures where it removes noise. Without pictures going in,
            latents and conditions are drawn.
        image_size: optional int or pair `(height, width)` for models that take
            pictures of any size; 128 by default.

    Returns:
        `pathlib.Path` of the file.

    Raises:
        ValueError: if a setting is none of these, `representative` holds no
            pictures, the model has several outputs or does not convert, or the
            file cannot hold the weights, leaves a shape open, needs what LiteRT
            itself lacks, or gives something else than the model.

    Reference:
    - [LiteRT](https://ai.google.dev/edge/litert)
    """
    path = pathlib.Path(path)
    checks.check_path(path, ".tflite")
    if quantization not in QUANTIZATIONS:
        raise ValueError(
            f"`quantization` must be one of {QUANTIZATIONS}. "
            f"Received: quantization={quantization!r}"
        )
    sources.check(model)
    if other_process.needed():
        pictures = samples.as_path(representative)
        told = [str(path.absolute()), quantization, pictures, image_size]
        other_process.run("formats.litert.litert", model, *told)
        return path
    function = static_function(samples.loaded(model).model, image_size)
    rows = None
    if quantization == "int8":
        rows = samples.samples_of(function, representative)
    data = _converted(function, quantization, rows)
    checks.check_size(data, BYTES[quantization], function.num_weights, path)
    checks.check_runs(LiteRTRunner(data), function, rows)
    write_bytes(path, data)
    return path


def _converted(function, quantization, rows):
    with tempfile.TemporaryDirectory() as folder, _quiet():
        archive = keras.export.ExportArchive()
        # Not from a concrete function and the model: that gives a file of some
        # kilobytes without any weights, and no error.
        archive.add_endpoint("serving_default", function.function)
        archive.write_out(folder, verbose=False)
        converter = tf.lite.TFLiteConverter.from_saved_model(
            folder, signature_keys=["serving_default"]
        )
        _set(converter, function, quantization, rows)
        try:
            return converter.convert()
        except Exception as error:
            lines = str(error).strip().splitlines() or [type(error).__name__]
            raise ValueError(
                "`model` must be one that LiteRT converts. "
                f"Received: {lines[0][:200]}"
            ) from error


def _set(converter, function, quantization, rows):
    if quantization is None:
        return
    converter.optimizations = [tf.lite.Optimize.DEFAULT]
    if quantization == "float16":
        converter.target_spec.supported_types = [tf.float16]
    if quantization == "int8":
        names = [spec.name for spec in function.specs]

        def representative_rows():
            for row in rows:
                yield {name: row[name] for name in names}

        converter.representative_dataset = representative_rows
        converter.target_spec.supported_ops = [
            tf.lite.OpsSet.TFLITE_BUILTINS_INT8
        ]
        if any(spec.name == "images" for spec in function.specs):
            converter.inference_input_type = tf.uint8
        converter.inference_output_type = tf.uint8


@contextlib.contextmanager
def _quiet():
    """The converter logs pages of what it does."""
    logger = tf.get_logger()
    level = logger.level
    logger.setLevel("ERROR")
    try:
        with warnings.catch_warnings():
            # It warns of the interpreter that it calls itself.
            warnings.simplefilter("ignore")
            yield
    finally:
        logger.setLevel(level)
