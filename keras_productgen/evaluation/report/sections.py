"""The parts of a report that need conditions."""

import numpy as np

from keras_productgen.evaluation.conditions import common_ids
from keras_productgen.evaluation.control import category_control
from keras_productgen.evaluation.control import color_control
from keras_productgen.evaluation.control import measure_variety
from keras_productgen.evaluation.memorization.alignment import thumbnails
from keras_productgen.evaluation.report.categories import by_category

CATEGORY, COLOR = "category", "color"
NUM_WISHES = 16


def category_section(
    real, fake, real_features, fake_features, training, spread
):
    """Returns a dict of `kid` and `control` of the categories, or `None`.

    Args:
        real: `Pictures`.
        fake: `Pictures`.
        real_features: array `(num_real, dim)`.
        fake_features: array `(num_fake, dim)`.
        training: `TrainingSet` or `None`; with categories, the classifier
            learns from it too.
        spread: names of conditions that the real pictures do not have.
    """
    if CATEGORY not in fake.conditions:
        return None
    labelled = []
    real_is_labelled = CATEGORY in real.conditions and CATEGORY not in spread
    if real_is_labelled:
        labelled.append((real_features, *_labels(real)))
    if training is not None and training.categories is not None:
        rows = _not_among(training, real)
        labelled.append(
            (training.features[rows], training.categories[rows],
             training.words)
        )  # fmt: skip
    groups = [_labels(fake), *(group[1:] for group in labelled)]
    (asked, *known), names = common_ids(*groups)
    if not known:
        return None
    kid = None
    if real_is_labelled:
        kid = by_category(real_features, known[0], fake_features, asked, names)
    control = category_control(
        np.concatenate([group[0] for group in labelled]),
        np.concatenate(known),
        fake_features,
        asked,
    )
    if kid is None and control is None:
        return None
    return {"names": names, "kid": kid, "control": control}


def _labels(pictures):
    return pictures.conditions[CATEGORY], pictures.vocabularies.get(CATEGORY)


def _not_among(training, real):
    """Rows of training pictures that are not real pictures here as well.

    One picture twice would be judged by a classifier that has seen it.
    """
    from_real = {thumbnail.tobytes() for thumbnail in thumbnails(real.images)}
    return np.array(
        [
            row
            for row, thumbnail in enumerate(training.thumbnails)
            if thumbnail.tobytes() not in from_real
        ],
        "int64",
    )


def color_section(real, fake, asked_of_a_model):
    """Returns the `ColorControl`, or `None` where no colour was asked for."""
    asked = fake.conditions.get(COLOR)
    if not asked_of_a_model or asked is None or np.shape(asked)[1:] != (3,):
        return None
    return color_control(
        fake.images, asked, real.images, real.conditions.get(COLOR)
    )


def variety_section(subject, real, encoder, seed):
    """Returns the `Variety`, or `None` where nothing can be asked for."""
    model = subject.model
    kinds = ("categories", "vectors", "labels")
    if not any(getattr(model, kind, None) for kind in kinds):
        return None
    return measure_variety(model, real, NUM_WISHES, seed=seed, encoder=encoder)
