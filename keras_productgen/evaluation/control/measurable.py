"""Which conditions of a model can be measured."""

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
    """Returns the names of categories and of colours that can be measured.

    Raises:
        ValueError: if the model takes none.
    """
    known = [] if judge is None else judge.accuracies
    categories = [n for n in getattr(model, "categories", {}) if n in known]
    colors = product_colors(getattr(model, "vectors", {}))
    if not categories and not colors:
        raise ValueError(
            "The model must take a category that the judge tells, or a vector "
            f"of 3 components with `color` in its name, but {OTHER_COLORS}. "
            f"Received: {type(model).__name__}, a judge of {sorted(known)}"
        )
    return categories, colors
