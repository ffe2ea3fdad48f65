"""What products are, in the words of a model."""

import numpy as np

from keras_productgen import encoders
from keras_productgen.conditions.vectors import check_color
from keras_productgen.evaluation.conditions import value_names
from keras_productgen.evaluation.control.measurable import product_colors
from keras_productgen.evaluation.control.product_color import product_color
from keras_productgen.models.checks import check_finite


def read_attributes(model, judge=None, pictures=None, attributes=None):
    """Returns the conditions of products, as far as they can be told.

    Categories are told from pictures by the judge, the colour of the product
    (a vector of three with `color` in its name, but `second_color` and
    `background_color`) as its median.

    Args:
        model: a model with conditions.
        judge: optional `evaluation.Judge`.
        pictures: optional array `(num_pictures, height, width, 3)` with values
            0-255.
        attributes: optional list of dicts by the names of conditions.

    Returns:
        Dict of arrays, a row a product of which it is known; conditions of
        which nothing is known are not in it.

    Raises:
        ValueError: if an attribute is none of the model's, or the pictures are
            not as said above.
    """
    rows = {name: [] for name in (*model.categories, *model.vectors)}
    attributes = () if attributes is None else attributes
    is_list = isinstance(attributes, list | tuple)
    if not is_list or not all(isinstance(each, dict) for each in attributes):
        raise ValueError(
            "`attributes` must be a list of dicts, one a product. "
            f"Received: attributes={attributes!r}"
        )
    for each in attributes:
        for name, value in each.items():
            rows[_known(name, rows)].append(_as_row(model, name, value))
    if pictures is not None and len(pictures):
        for name, found in _from_pictures(model, judge, pictures).items():
            rows[name].extend(found)
    return {name: np.array(found) for name, found in rows.items() if found}


def _known(name, rows):
    if name not in rows:
        raise ValueError(
            f"`attributes` must be out of {', '.join(rows)}. Received: {name!r}"
        )
    return name


def _as_row(model, name, value):
    if name in model.vectors:
        row = np.asarray(value, "float64")
        if row.shape != (model.vectors[name],):
            raise ValueError(
                f"{name!r} must have {model.vectors[name]} components. "
                f"Received: {name}={value}"
            )
        if not np.isfinite(row).all():
            raise ValueError(
                f"{name!r} must be finite numbers. Received: {name}={value}"
            )
        check_color(name, row[None])
        return row
    words = value_names(model.categories[name])
    if str(value) not in words:
        raise ValueError(
            f"{name!r} must be one of {', '.join(words)}. "
            f"Received: {name}={value!r}"
        )
    return words.index(str(value))


def _from_pictures(model, judge, pictures):
    pictures = np.asarray(pictures)
    if pictures.ndim != 4 or pictures.shape[-1] != 3:
        raise ValueError(
            "Pictures must have the shape (num_pictures, height, width, 3). "
            f"Received: an array of shape {pictures.shape}"
        )
    encoders.check_values(*check_finite(pictures), (0, 255), "pictures")
    pictures = np.clip(np.round(pictures), 0, 255).astype("uint8")
    found = {}
    for name, ids in ({} if judge is None else judge.predict(pictures)).items():
        if name in model.categories:
            words = value_names(model.categories[name])
            known = judge.words.get(name) or words
            lookup = [words.index(w) if w in words else -1 for w in known]
            ids = np.array(lookup)[ids]
            found[name] = ids[ids >= 0].tolist()
    for name in product_colors(model.vectors):
        colors = np.array([product_color(picture) for picture in pictures])
        found[name] = list(colors[np.isfinite(colors).all(axis=1)])
    return found
