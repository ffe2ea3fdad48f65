"""Data that can tell what a change of conditions should give."""

from keras_productgen.models import checks

CHANGED = "changed_"
IMAGES = CHANGED + "images"


def changed(conditions):
    """The conditions after the change, by their names."""
    return {
        name.removeprefix(CHANGED): rows
        for name, rows in conditions.items()
        if name.startswith(CHANGED) and name != IMAGES
    }


def check_changes(model, images, conditions):
    """Raises a `ValueError` unless `conditions` hold the changes, too.

    Args:
        model: `StarGAN`.
        images: numpy array, the pictures before the change.
        conditions: dict of numpy arrays.
    """
    wanted = [IMAGES, *(CHANGED + name for name in model.condition_names())]
    missing = [name for name in wanted if name not in conditions]
    if missing:
        raise ValueError(
            "With a `pair_weight` the conditions must also hold what the "
            f"pictures should become, {wanted}, as those of "
            "`ProductCatalog.changes` do. "
            f"Received: conditions={sorted(conditions)}, without {missing}"
        )
    targets = conditions[IMAGES]
    with checks.said_of(IMAGES):
        checks.check_images(targets, model.target_shape, model.value_range)
    if len(images) != len(targets):
        raise ValueError(
            f"`images` and `{IMAGES}` must be as many. "
            f"Received: {len(images)} and {len(targets)}"
        )
    model.check_conditions(changed(conditions), len(images))
