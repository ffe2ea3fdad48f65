"""Which model makes the better pictures, and how sure that is."""

import dataclasses

import numpy as np

from keras_productgen import encoders
from keras_productgen.evaluation import notices
from keras_productgen.evaluation import sources
from keras_productgen.evaluation.comparison.feature_tests import (
    compare_features,
)
from keras_productgen.evaluation.conditions import asked_conditions
from keras_productgen.evaluation.drawn_pictures import check_num_images
from keras_productgen.evaluation.pictures import read_pictures


def compare(
    models,
    real,
    num_images=512,
    *,
    num_resamples=1000,
    num_permutations=2000,
    seed=0,
    image_size=None,
    conditions=None,
    encoder=None,
):
    """Compares models by their kernel inception distance (KID), with tests.

    All models make pictures of the same seed and conditions, and are compared
    with the same real pictures: what they have in common cancels. The p-value
    answers "could the two be the same model?"; the interval says how large the
    difference may be. It is of this training of each model: another training
    of the same family may differ more.

    Args:
        models: dict from names to models, or a list. A model is an object with
            `generate`, the path of a `.keras` file, a folder of pictures it
            has made, or an array of them, `(num_images, height, width, 3)`
            with values 0-255.
        real: array, `(images, conditions)`, a dataset of either, all with
            values 0-255, or the path of a folder of photos.
        num_images: int, at most how many real pictures and pictures of each
            model are compared: as many as the smallest folder or array has,
            drawn from all of it. Of a dataset no more than 20,000 are looked
            at, and of one that does not say how many it has, the first are
            taken; a notice says so.
        num_resamples: int, bootstrap resamples behind the intervals.
        num_permutations: int, permutations behind a p-value, which is at
            least about one part in as many.
        seed: int, of everything that is drawn.
        image_size: int or `(height, width)`, at which folders are read.
            Defaults to that of the first model, or 64.
        conditions: optional dict of arrays for models that take conditions.
            By default those of the real pictures, categories by their names;
            what these do not say is spread evenly.
        encoder: optional `keras.Model` from pictures with values 0-255 to
            features. Defaults to `encoders.load()`.

    Returns:
        `Comparison`.

    Raises:
        ValueError: if there are fewer than 2 models or 4 pictures, a path does
            not exist, or the real pictures show what a model does not know.

    Reference:
    - [Binkowski et al., 2018](https://arxiv.org/abs/1801.01401)
    """
    _check(num_images, num_resamples, num_permutations)
    models = sources.named(models)
    if len(models) < 2:
        raise ValueError(
            f"`models` must be at least 2. Received: {list(models)}"
        )
    models = {name: sources.opened(m) for name, m in models.items()}
    image_size = image_size or _size_of(models.values())
    real = read_pictures(real, image_size, num_images, seed=seed)
    encoder = encoder or encoders.load()
    real_features = encoders.extract(encoder, real.images)
    features, spread, left_out = [], [], []
    for name, model in models.items():
        wanted, evenly = _wanted(model, real, conditions or {})
        spread += evenly
        made = sources.pictures(model, len(real), seed, image_size, wanted)
        features.append(encoders.extract(encoder, made.images))
        left_out += notices.about_files(f"pictures of {name}", made.skipped)
    found = compare_features(
        list(models), real_features, features, num_resamples,
        num_permutations, seed,
    )  # fmt: skip
    sentences = notices.about_conditions(list(dict.fromkeys(spread)))
    sentences += notices.about_choice("real pictures", real.remarks)
    sentences += notices.about_files("real pictures", real.skipped)
    return dataclasses.replace(found, notices=sentences + left_out)


def _wanted(model, real, conditions):
    """What to ask a model for, and the names of what is spread evenly."""
    asked, spread = asked_conditions(model, real)
    return (asked or {}) | conditions, [
        name for name in spread if name not in conditions
    ]


def _size_of(models):
    for model in models:
        if hasattr(model, "image_shape"):
            return tuple(model.image_shape[:2])
        if hasattr(model, "__array__"):
            return tuple(np.shape(model)[1:3])
    return 64


def _check(num_images, num_resamples, num_permutations):
    check_num_images(num_images, fewest=4)
    if min(num_resamples, num_permutations) < 19:
        raise ValueError(
            "`num_resamples` and `num_permutations` must be at least 19, or "
            f"nothing can be significant. Received: {num_resamples=}, "
            f"{num_permutations=}"
        )
