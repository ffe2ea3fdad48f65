"""Which model makes the better pictures, and how sure that is."""

import dataclasses
import itertools

import numpy as np

from keras_productgen import encoders
from keras_productgen.evaluation import notices
from keras_productgen.evaluation import sources
from keras_productgen.evaluation.comparison import paired_kid
from keras_productgen.evaluation.comparison.results import Comparison
from keras_productgen.evaluation.comparison.results import ModelScore
from keras_productgen.evaluation.comparison.results import PairTest
from keras_productgen.evaluation.conditions import asked_conditions
from keras_productgen.evaluation.pictures import read_pictures

INTERVAL = (2.5, 97.5)


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
            model are compared: as many as the smallest folder or array has.
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
    features, spread = [], []
    for model in models.values():
        wanted, evenly = _wanted(model, real, conditions or {})
        spread += evenly
        made = sources.pictures(model, len(real), seed, image_size, wanted)
        features.append(encoders.extract(encoder, made))
    found = compare_features(
        list(models), real_features, features, num_resamples,
        num_permutations, seed,
    )  # fmt: skip
    sentences = notices.about_conditions(list(dict.fromkeys(spread)))
    sentences += notices.about_files("real pictures", real.skipped)
    return dataclasses.replace(found, notices=sentences)


def _wanted(model, real, conditions):
    """What to ask a model for, and the names of what is spread evenly."""
    asked, spread = asked_conditions(model, real)
    return (asked or {}) | conditions, [
        name for name in spread if name not in conditions
    ]


def compare_features(
    names, real_features, features, num_resamples, num_permutations, seed
):
    """Returns the `Comparison` of models by the features of their pictures.

    Args:
        names: list of str.
        real_features: array `(num_real, dim)`.
        features: list of arrays `(num_images, dim)`, one for each name; of
            the longer ones as many are drawn as the shortest has.
        num_resamples: int.
        num_permutations: int.
        seed: int.
    """
    count = min(len(real_features), *map(len, features))
    _check_count(count, names, real_features, features)
    features = [_drawn(rows, count, seed) for rows in features]
    generator = np.random.default_rng(seed)
    kids = paired_kid.resampled_kids(
        real_features, features, num_resamples, generator
    )
    pairs = list(itertools.combinations(range(len(names)), 2))
    p_values = [
        paired_kid.permutation_p_value(
            real_features, features[first], features[second],
            num_permutations, generator,
        )
        for first, second in pairs
    ]  # fmt: skip
    scores = [
        ModelScore(name, *_value_and_interval(row))
        for name, row in zip(names, kids)
    ]
    return Comparison(
        sorted(scores, key=lambda score: score.kid),
        _tests(names, kids, pairs, p_values),
        len(real_features),
        count,
    )


def _drawn(rows, count, seed):
    """The same of all that have as many rows, so that pairs stay pairs.

    The first ones would not do: folders are in order of their categories.
    """
    order = np.random.default_rng(seed).permutation(len(rows))
    return rows[np.sort(order[:count])]


def _tests(names, kids, pairs, p_values):
    return [
        PairTest(
            names[first],
            names[second],
            *_value_and_interval(kids[first] - kids[second]),
            p_value,
            float(adjusted),
        )
        for (first, second), p_value, adjusted in zip(
            pairs, p_values, paired_kid.holm(p_values)
        )
    ]


def _check_count(count, names, real_features, features):
    if count < 4:
        raise ValueError(
            "There must be at least 4 pictures of each kind. "
            f"Received: {len(real_features)} real ones, "
            f"{dict(zip(names, map(len, features)))}"
        )


def _value_and_interval(values):
    low, high = np.percentile(values[1:], INTERVAL)
    return float(values[0]), float(low), float(high)


def _size_of(models):
    for model in models:
        if hasattr(model, "image_shape"):
            return tuple(model.image_shape[:2])
        if hasattr(model, "__array__"):
            return tuple(np.shape(model)[1:3])
    return 64


def _check(num_images, num_resamples, num_permutations):
    if num_images < 4:
        raise ValueError(
            f"`num_images` must be at least 4. Received: {num_images=}"
        )
    if min(num_resamples, num_permutations) < 19:
        raise ValueError(
            "`num_resamples` and `num_permutations` must be at least 19, or "
            f"nothing can be significant. Received: {num_resamples=}, "
            f"{num_permutations=}"
        )
