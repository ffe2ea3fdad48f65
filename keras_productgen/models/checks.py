"""Refusals: what a model says about data that it cannot learn from."""

import contextlib

import numpy as np

from keras_productgen import encoders
from keras_productgen.conditions.vectors import check_color

# Resizing may overshoot a little.
MARGIN = 0.02


def check_not_empty(x):
    """Raises a `ValueError` where `fit()` would train on nothing."""
    num_rows = None
    if hasattr(x, "cardinality"):
        num_rows = int(x.cardinality())
    elif hasattr(x, "__len__"):
        num_rows = len(x)
    if x is None or num_rows == 0:
        raise ValueError(
            "The data must hold at least one batch of images. With "
            "`drop_remainder=True` a dataset needs at least `batch_size` of "
            f"them. Received: an empty {type(x).__name__}"
        )


def check_static_shape(x, image_shape):
    """Checks the size of pictures as far as a dataset declares it."""
    spec = getattr(x, "element_spec", None)
    while isinstance(spec, (tuple, list)) and spec:
        spec = spec[0]
    if spec is None or not hasattr(spec, "shape") or spec.shape.rank is None:
        return
    declared = tuple(spec.shape)
    check_shape(declared, image_shape)


def check_shape(shape, image_shape):
    """Checks the shape of a batch; `None` fits any size, on either side."""
    fits = len(shape) == 4 and all(
        None in (size, wanted) or size == wanted
        for size, wanted in zip(shape[1:], image_shape)
    )
    if not fits:
        raise ValueError(
            "`images` must have the shape (batch, height, width, channels) "
            f"with {image_shape} for an image: make the model for another "
            "`image_size`, or load the images at this one. "
            f"Received: images.shape={shape}"
        )


def check_images(images, image_shape, value_range):
    """Checks shape, finiteness and value range of a batch of pictures."""
    if not isinstance(images, np.ndarray):
        raise ValueError(
            "The data must be `images` or `(images, conditions)`. "
            f"Received: images of type {type(images).__name__}"
        )
    check_shape(images.shape, image_shape)
    if images.size == 0:
        raise ValueError("A batch must hold images. Received: an empty batch")
    lowest, highest = check_finite(images)
    encoders.check_values(lowest, highest, value_range, margin=MARGIN)


def check_finite(images):
    """Returns the lowest and the highest value of a batch of pictures."""
    lowest, highest = float(images.min()), float(images.max())
    if not np.isfinite(lowest) or not np.isfinite(highest):
        raise ValueError(
            "`images` must be finite numbers. "
            f"Received: images with NaN or infinity, shape {images.shape}"
        )
    return lowest, highest


def check_conditions(conditions, batch_size, categories, vectors, labels):
    """Checks the conditions that come beside a batch of pictures.

    Args:
        conditions: dict of numpy arrays.
        batch_size: int, number of pictures in the batch.
        categories: dict from the name of a condition to its number of values.
        vectors: dict from the name of a condition to its number of components.
        labels: dict from the name of a condition to its number of labels.
    """
    names = [*categories, *vectors, *labels]
    if not names:
        return
    given = sorted(conditions) if isinstance(conditions, dict) else conditions
    missing = [name for name in names if name not in (given or [])]
    if not isinstance(conditions, dict) or missing:
        raise ValueError(
            f"The model was made for the conditions {names}: give data as "
            "`(images, conditions)` with a dict of them. "
            f"Received: conditions={given}, without {missing}"
        )
    for name, num_values in categories.items():
        _check_category(name, conditions[name], batch_size, num_values)
    for name, dim in vectors.items():
        _check_vector(name, conditions[name], batch_size, dim)
        check_color(name, conditions[name])
    for name, num_labels in labels.items():
        _check_vector(name, conditions[name], batch_size, num_labels)
        _check_labels(name, conditions[name])


def _check_category(name, ids, batch_size, num_values):
    if ids.shape != (batch_size,) or ids.dtype.kind not in "iu":
        raise ValueError(
            f"Condition {name!r} must be integers of shape ({batch_size},). "
            f"Received: {name} of shape {ids.shape} and dtype {ids.dtype}"
        )
    if ids.min() < 0 or ids.max() >= num_values:
        raise ValueError(
            f"Condition {name!r} must be from 0 to {num_values - 1}. "
            f"Received: {name} from {ids.min()} to {ids.max()}"
        )


def _check_vector(name, values, batch_size, dim):
    if values.shape != (batch_size, dim) or values.dtype.kind != "f":
        raise ValueError(
            f"Condition {name!r} must be floats of shape ({batch_size}, {dim})."
            f" Received: {name} of shape {values.shape} and dtype "
            f"{values.dtype}"
        )
    if not np.isfinite(values).all():
        raise ValueError(
            f"Condition {name!r} must be finite. Received: NaN or infinity"
        )


@contextlib.contextmanager
def said_of(name):
    """Says of which pictures a message about `images` speaks."""
    try:
        yield
    except ValueError as error:
        raise ValueError(f"Of the {name}: {error}") from None


def _check_labels(name, values):
    if values.min() < 0.0 or values.max() > 1.0:
        raise ValueError(
            f"Condition {name!r} must be 1 for the labels of a picture and 0 "
            f"for the others. Received: {name} from {values.min()} to "
            f"{values.max()}"
        )


@contextlib.contextmanager
def failures_raised(failures):
    """Raises the error of a batch instead of TensorFlow's report of it."""
    try:
        yield
    except Exception:
        if failures.errors:
            raise failures.errors[0] from None
        raise
    if failures.num_batches == 0:
        raise ValueError(
            "The data must hold at least one batch of images. "
            "Received: a dataset that gave none"
        )
