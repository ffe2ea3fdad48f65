"""What the training of ZeroDCE refuses."""

from keras_productgen.models.networks import check_not_negative
from keras_productgen.models.zero_dce.losses import EXPOSED_REGION


def check_settings(loss, exposure, weights):
    """Raises a `ValueError` for settings of `compile` that do not fit."""
    if loss is not None:
        raise ValueError(
            "`loss` must be None: the model has losses of its own. "
            f"Received: loss={loss}"
        )
    if not 0.0 < exposure < 1.0:
        raise ValueError(
            "`exposure` must be above 0 and below 1. "
            f"Received: exposure={exposure}"
        )
    check_not_negative(**weights)


def check_sides(shape):
    """Raises a `ValueError` for images without a region to be exposed."""
    sides = shape[1:3]
    if any(side is not None and side < EXPOSED_REGION for side in sides):
        raise ValueError(
            f"`images` must have sides of at least {EXPOSED_REGION} pixels "
            f"for training. Received: images.shape={tuple(shape)}"
        )
