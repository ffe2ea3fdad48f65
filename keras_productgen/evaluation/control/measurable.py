"""Which conditions can be told from pictures."""

import numpy as np

# The median of a product says nothing of them.
OTHER_COLORS = "second_color", "background_color"


def product_colors(vectors):
    """Returns the names of vectors that are the colour of the product.

    Args:
        vectors: dict from the name of a condition to its components' number.
    """
    return [
        name
        for name, dim in vectors.items()
        if dim == 3 and "color" in name and name not in OTHER_COLORS
    ]


def measurable(model, judge):
    """Returns the names of categories, colours and other vectors that can be.

    Returns:
        Tuple of three lists of names.

    Raises:
        ValueError: if the model takes none.
    """
    known = [] if judge is None else judge.accuracies
    categories = [n for n in getattr(model, "categories", {}) if n in known]
    vectors = getattr(model, "vectors", {})
    colors = product_colors(vectors)
    read = {} if judge is None else judge.errors
    others = [name for name in vectors if name in read and name not in colors]
    if not categories and not colors and not others:
        raise ValueError(
            "The model must take a category or a vector that the judge tells, "
            "or a vector of 3 components with `color` in its name, but "
            f"{OTHER_COLORS}. Received: {type(model).__name__}, a judge of "
            f"{sorted([*known, *read])}"
        )
    return categories, colors, others


def told_conditions(real, held_out, names):
    """What a judge learns to tell.

    Args:
        real: `Pictures`.
        held_out: `Pictures`.
        names: list of conditions, or `None`; see `fit_judge`.

    Returns:
        `(sizes, vectors)`: dicts from the name of a category to the number of
        its values, and of a vector to its components' means and deviations.

    Raises:
        ValueError: if the pictures lack one, or all have the same value.
    """
    sizes = {
        name: len(real.vocabularies.get(name) or ()) or int(rows.max()) + 1
        for name, rows in real.conditions.items()
        if np.ndim(rows) == 1
        and np.issubdtype(np.asarray(rows).dtype, np.integer)
    }
    vectors = {
        name: (np.mean(rows, axis=0), np.std(rows, axis=0))
        for name, rows in real.conditions.items()
        if np.ndim(rows) == 2 and not np.isin(rows, (0.0, 1.0)).all()
    }
    known = [*sizes, *(name for name in vectors if "color" not in name)]
    names = list(known if names is None else names)
    missing = [
        n
        for n in names
        if n not in {*sizes, *vectors} or n not in held_out.conditions
    ]
    single = [
        name
        for name in names
        if sizes.get(name, 2) < 2 or not np.all(vectors.get(name, (0, 1))[1])
    ]
    if not names or missing or single:
        raise ValueError(
            "`real` and `held_out` must have the conditions, each of at least "
            f"two values. Received: names={names}, real with "
            f"{sorted({*sizes, *vectors})}, held_out with "
            f"{sorted(held_out.conditions)}"
        )
    return tuple(
        {name: all_of[name] for name in names if name in all_of}
        for all_of in (sizes, vectors)
    )
