"""Has a pattern been drawn, and is it the one that was asked for?"""

import numpy as np

from keras_productgen.editing import light
from keras_productgen.pipeline.patterns import pattern_ids
from keras_productgen.pipeline.patterns import seen_by
from keras_productgen.pipeline.patterns import shown_to


def pattern_scores(photo, mask, pictures, values, model, judge=None):
    """Returns a dict of scores for each picture with another pattern.

    Args:
        photo: uint8 `(height, width, 3)`.
        mask: float32 `(height, width)` in `[0, 1]`, of the product.
        pictures: list of uint8 arrays of the photo's shape.
        values: for each the value of the condition `"pattern"` asked for.
        model: the model that drew them.
        judge: optional `evaluation.Judge`, see `check_judge`. Without one
            models that `read` conditions judge themselves.

    Returns:
        List of dicts: `pattern_change`, the `pattern_distance` from the photo,
        and `pattern_found`, 1 where the asked pattern is seen, else 0; `None`
        where nobody can tell.
    """
    area = mask >= 0.5
    found = [None] * len(pictures)
    if pictures and (judge is not None or hasattr(model, "read")):
        seen = _seen(pictures, model, judge)
        asked = _asked(values, model, judge)
        found = (seen == asked).astype("float64").tolist()
    return [
        {
            "pattern_change": pattern_distance(photo, picture, area),
            "pattern_found": each,
        }
        for picture, each in zip(pictures, found)
    ]


def check_judge(judge, patterns, model):
    """Raises a `ValueError` unless a judge tells all patterns asked for.

    Args:
        judge: `evaluation.Judge`, or `None`.
        patterns: dict from names to values of the model's `"pattern"`.
        model: the model.
    """
    if judge is None or not patterns:
        return
    known = sorted(getattr(judge, "accuracies", {}))
    if "pattern" not in known:
        raise ValueError(
            "`judge` must be an `evaluation.Judge` that tells the condition "
            f"'pattern'. Received: {type(judge).__name__} that tells {known}"
        )
    values = list(patterns.values())
    ids = _asked(values, model, judge)
    strange = [value for value, known in zip(values, ids) if known < 0]
    if strange:
        raise ValueError(
            f"`judge` must know the patterns that are asked for, of its words "
            f"{judge.words['pattern']}. Received: patterns={strange}"
        )


def pattern_distance(photo, picture, area):
    """How far the patterns of two pictures are apart, in CIELAB.

    What one picture has and no mixture of the other's colours explains: the
    root mean square that is left of either when it is fitted by an affine map
    of the other, the larger of the two. Doing nothing makes 0 of it, another
    colour, more light or less contrast next to nothing; a JPEG file of quality
    75 up to 5, and the catalogue's own renders of another pattern 6.7 and more.

    Args:
        photo: uint8 `(height, width, 3)`.
        picture: uint8 of the same shape.
        area: bool `(height, width)`, the product.
    """
    if not area.any():
        return 0.0
    one, other = (
        light.from_rgb(each[area]).astype("float64")
        for each in (photo, picture)
    )
    return float(max(_unexplained(one, other), _unexplained(other, one)))


def _unexplained(colors, others):
    """Root mean square of `others` less an affine map of `colors`."""
    columns = np.column_stack([colors, np.ones(len(colors))])
    weights = np.linalg.lstsq(columns, others, rcond=None)[0]
    errors = others - columns @ weights
    return np.sqrt((errors**2).sum(axis=1).mean())


def _seen(pictures, model, judge):
    shown = np.stack([shown_to(model, picture) for picture in pictures])
    if judge is None:
        return seen_by(model, shown)
    return np.asarray(judge.predict(shown)["pattern"])


def _asked(values, model, judge):
    ids = pattern_ids(values, model)
    if judge is None:
        return ids
    words = getattr(model, "categories", {}).get("pattern")
    words = None if isinstance(words, int) else words
    return judge.ids_of("pattern", ids, words)
