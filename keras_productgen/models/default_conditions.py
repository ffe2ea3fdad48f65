"""What a condition is where nobody asks for something else."""

# How shops show products, by the names that the catalogue gives conditions.
VALUES = {"pattern": "plain", "view": "front", "background": "white"}
# Sine and cosine of the angle.
COMPONENTS = {"view_angle": (0.0, 1.0)}


def default_conditions(model):
    """Returns what a model is asked for where a user says nothing else.

    Some conditions have a natural value: a product is plain, seen from the
    front, on white. Others, such as its category, must be asked for.

    Args:
        model: any model, with conditions or without.

    Returns:
        Dict from the names of conditions to a value each, as `model.generate`
        takes it; without those that have none.
    """
    categories = getattr(model, "categories", {})
    vectors = getattr(model, "vectors", {})
    found = {
        name: value
        for name, value in VALUES.items()
        if value in _names(categories.get(name))
    }
    return found | {
        name: list(components)
        for name, components in COMPONENTS.items()
        if vectors.get(name) == len(components)
    }


def _names(values):
    """Those of a category; one that is given by number has none."""
    return () if values is None or isinstance(values, int) else values
