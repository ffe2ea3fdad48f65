"""A SavedModel that exists already, as a version with all that goes with it."""

import shutil

import tensorflow as tf

from keras_productgen.export import batching
from keras_productgen.export import model_card
from keras_productgen.export import provenance
from keras_productgen.export import warm_up
from keras_productgen.export.signatures import MAX_PIXELS
from keras_productgen.export.sources import SAVED_MODEL

COPIED = (SAVED_MODEL, "fingerprint.pb", "variables", "assets", "assets.extra")
DEFAULT_SHAPE = (warm_up.SIDE, warm_up.SIDE, 3)


def write(source, path, name, settings):
    """Copies a SavedModel, and adds warm-up, batching, card and provenance.

    Graph and weights stay byte for byte what they were, and so do the
    signatures: what a graph does to pictures before and after its network
    cannot be told from it. Requests that the model does not answer are left
    out of the warm-up, for one alone keeps a version from being served; the
    card names them.

    Args:
        source: `sources.Source` with the path of a SavedModel.
        path: `pathlib.Path` of a folder that exists.
        name: str, what the server will call the model.
        settings: `bundle.Settings`.

    Raises:
        ValueError: if TensorFlow cannot load it, it has no signatures, or
            `signatures`, another `max_pixels` or a `value_range` is asked for.
    """
    asked = settings.signatures, settings.value_range
    if asked != (None, None) or settings.max_pixels != MAX_PIXELS:
        raise ValueError(
            "`signatures`, `max_pixels` and `value_range` are for Keras "
            "models: a SavedModel keeps the signatures it has. Received: "
            f"model={str(source.path)!r}"
        )
    functions = _signatures_of(source.path)
    for entry in COPIED:
        _copy(source.path / entry, path / entry)
    # What a former server replayed may name other signatures.
    (path / warm_up.FILE).unlink(missing_ok=True)
    specs = {key: _specs(function) for key, function in functions.items()}
    sizes = settings.batch_sizes if _batched(functions) else (1,)
    calls = warm_up.requests(specs, sizes, DEFAULT_SHAPE)
    answered, refused = _tried(functions, calls)
    warmed = warm_up.write(path, name, answered)
    if len(sizes) == len(settings.batch_sizes):
        batching.write(path, sizes)
    card = _card(name, functions, specs, {**warmed, "refused": refused})
    model_card.write(path, {**card, "training": settings.card})
    provenance.write(path, source, card)


def _signatures_of(path):
    try:
        loaded = tf.saved_model.load(str(path))
    except Exception as error:
        reason = str(error).strip().splitlines()[0]
        raise ValueError(
            "`model` must be a SavedModel that TensorFlow can load, with no "
            "operations of other packages (those of tensorflow-addons are "
            f"gone). Received: model={str(path)!r}: {reason}"
        ) from error
    functions = dict(loaded.signatures)
    if not functions:
        raise ValueError(
            "`model` must be a SavedModel with signatures. "
            f"Received: model={str(path)!r}, without any"
        )
    for function in functions.values():
        # The functions do not keep the variables that they use.
        function.kept = loaded
    return functions


def _copy(old, new):
    if old.is_dir():
        shutil.copytree(old, new)
    elif old.exists():
        shutil.copyfile(old, new)


def _specs(function):
    _, inputs = function.structured_input_signature
    return [
        tf.TensorSpec(spec.shape, spec.dtype, name=key)
        for key, spec in sorted(inputs.items())
    ]


def _batched(functions):
    """Whether all tensors have a batch that may have any number of rows."""
    tensors = [
        spec
        for function in functions.values()
        for spec in [*_specs(function), *function.structured_outputs.values()]
    ]
    return all(
        spec.shape.rank and spec.shape.as_list()[0] is None for spec in tensors
    )


def _tried(functions, calls):
    """Requests that are answered, and of the others what was wrong."""
    answered, refused = [], {}
    for signature, inputs in calls:
        tensors = {key: tf.constant(value) for key, value in inputs.items()}
        try:
            functions[signature](**tensors)
        except Exception as error:
            # Whatever it is, and be it a message that is no text.
            reason = str(error).strip() or type(error).__name__
            refused[signature] = reason.splitlines()[0][:200]
        else:
            answered.append((signature, inputs))
    return answered, refused


def _card(name, functions, specs, warm_up_found):
    return {
        "name": name,
        "model": "SavedModel",
        "signatures": {
            key: {spec.name: model_card.describe(spec) for spec in inputs}
            for key, inputs in specs.items()
        },
        "outputs": {
            key: {
                output: model_card.describe(spec)
                for output, spec in function.structured_outputs.items()
            }
            for key, function in functions.items()
        },
        "weights_sha256": None,
        "warm_up": warm_up_found,
        **model_card.of_today(),
    }
