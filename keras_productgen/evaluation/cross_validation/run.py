"""Cross-validation of any Keras model, grouped by product."""

import dataclasses

import keras

from keras_productgen.evaluation.cross_validation import data as fold_data
from keras_productgen.evaluation.cross_validation import fingerprints
from keras_productgen.evaluation.cross_validation import models as fold_models
from keras_productgen.evaluation.cross_validation.estimates import (
    CrossValidation,
)
from keras_productgen.evaluation.cross_validation.estimates import estimates_of
from keras_productgen.evaluation.cross_validation.files import FoldFiles


def cross_validate(
    build,
    data,
    num_folds=5,
    groups="product",
    *,
    epochs=1,
    batch_size=32,
    target=None,
    stratify=None,
    score=None,
    manifest=None,
    image_size=None,
    seed=0,
    directory=None,
    callbacks=None,
    on_fold=None,
):
    """Trains a model once for each fold and judges it by what it has not seen.

    All pictures of a product lie on one side of a fold: photos of one product
    are so alike that a model which has seen one has nearly seen the others.

    Args:
        build: function without arguments that returns a new compiled
            `keras.Model`.
        data: array `(num_images, height, width, 3)`; `(images, labels)` with
            an array of labels or a dict of conditions; or the path of a folder
            of pictures, which are read into memory as uint8, 0-255.
        num_folds: int, at least 2.
        groups: name of the condition, or of the column of the manifest, that
            says which product a picture shows; an array of a value a picture;
            a function of the relative path in a folder; None if each picture
            is a product of its own.
        epochs: int, passes over the training part of a fold.
        batch_size: int.
        target: name of the condition that a model which is not one of ours
            learns to predict.
        stratify: optional name of a condition whose values the folds get in
            equal shares, as far as the groups allow.
        score: optional function of `(model, images, labels)` that returns a
            dict of floats. By default what `evaluate` returns and, of models
            that generate, `"kid"`: the distance of as many generated pictures
            to the held-out ones.
        manifest: optional CSV or JSONL file of a folder.
        image_size: int or `(height, width)` of the pictures of a folder.
            Defaults to what the model takes.
        seed: int, of the folds, of the weights and of the order: fold `k`
            calls `keras.utils.set_random_seed(seed + k)`.
        directory: optional folder that keeps the scores of every fold; a run
            that was killed goes on after the last whole fold. The model, its
            `compile`, the data, the settings, and the code of `build` and
            `score` must be the same; of `callbacks` nothing is known.
        callbacks: optional function of the number of a fold that returns the
            callbacks of its training.
        on_fold: optional function of `(num_done, num_folds, row)`, called
            after each fold.

    Returns:
        `CrossValidation`.

    Raises:
        ValueError: before any training, if the data, the folds, the model or
            the folder do not fit.

    Example:

    ```python
    found = keras_productgen.evaluation.cross_validate(
        build, (images, {"category": ids, "product": skus}), epochs=20
    )
    found.estimates["kid"].mean, found.estimates["kid"].low
    ```

    Reference:
    - [Nadeau and Bengio, 2003](https://doi.org/10.1023/A:1024068626366)
    """
    functions = {
        "build": fingerprints.of_function(build),
        "score": fingerprints.of_function(score),
    }
    keras.utils.set_random_seed(seed)
    model = fold_models.built(build)
    data = fold_data.open_data(
        data, groups, manifest, image_size or fold_models.size_of(model)
    )
    parts = fold_data.split(data, num_folds, stratify, seed)
    fold_models.check_parts(model, parts)
    labels = fold_models.labels_for(model, data.labels, target)
    data = dataclasses.replace(data, labels=labels)
    settings = {"epochs": epochs, "batch_size": batch_size}
    setup = {"num_folds": num_folds, "stratify": stratify, "seed": seed}
    files = FoldFiles(
        directory, {**settings, **setup, **_facts(model, data), **functions}
    )
    rows = []
    for fold, (training, held_out) in enumerate(parts):
        row = files.read(fold)
        if row is None:
            keras.utils.set_random_seed(seed + fold)
            chosen = callbacks(fold) if callbacks else None
            model = fold_models.trained(
                build, data, training, callbacks=chosen, **settings
            )
            found = fold_models.scored(score, model, data, held_out)
            row = _row(fold, training, held_out) | found
            files.write(fold, row)
        rows.append(row)
        if on_fold is not None:
            on_fold(len(rows), num_folds, row)
    return CrossValidation(rows, estimates_of(rows))


def _row(fold, training, held_out):
    return {
        "fold": fold,
        "num_training": len(training),
        "num_held_out": len(held_out),
    }


def _facts(model, data):
    """What the scores of a fold depend on, beside the settings."""
    return {
        "model": type(model).__name__,
        "weights": [list(weight.shape) for weight in model.weights],
        "model_config": fingerprints.of_model(model),
        "compile_config": fingerprints.of_training(model),
        "data": data.digest(),
    }
