"""The models of a cross-validation: checked, trained and scored."""

import keras
from keras import ops

from keras_productgen import encoders
from keras_productgen import metrics
from keras_productgen.models import ImageModel


def default_scores(model, images, labels):
    """What `evaluate` returns, and the KID of models that generate.

    Args:
        model: `keras.Model`.
        images: float32 array `(num_images, height, width, channels)`.
        labels: what the model takes beside them.

    Returns:
        Dict of floats.
    """
    scores = model.evaluate(
        images, labels, batch_size=64, return_dict=True, verbose=0
    )
    if not hasattr(model, "generate"):
        return scores
    fake_images = model.generate(len(images), seed=0, conditions=labels)
    encoder = encoders.load()
    distance = metrics.kernel_inception_distance(
        encoders.extract(encoder, images, model.value_range),
        encoders.extract(encoder, fake_images, model.value_range),
    )
    return {"kid": float(ops.convert_to_numpy(distance)), **scores}


def built(build):
    model = build()
    if not isinstance(model, keras.Model) or not model.compiled:
        raise ValueError(
            "`build` must return a compiled `keras.Model`. Received: a "
            f"{type(model).__name__}"
            + (", not compiled" if isinstance(model, keras.Model) else "")
        )
    return model


def size_of(model):
    shape = getattr(model, "image_shape", None)
    if shape is None and getattr(model, "input_shape", None) is not None:
        shape = model.input_shape[1:]
    return None if shape is None or None in shape[:2] else tuple(shape[:2])


def labels_for(model, labels, target):
    """Of what is known of the pictures, that which the model takes."""
    if isinstance(model, ImageModel):
        names = [
            *getattr(model, "categories", ()),
            *getattr(model, "vectors", ()),
            *getattr(model, "labels", ()),
        ]
        return _conditions(labels, names) if names else None
    if not isinstance(labels, dict):
        return labels
    if target is None and len(labels) == 1:
        (target,) = labels
    if target not in labels:
        raise ValueError(
            "`target` must name the condition that the model predicts. "
            f"Received: target={target!r}, conditions {sorted(labels)}"
        )
    return labels[target]


def _conditions(labels, names):
    known = labels if isinstance(labels, dict) else {}
    missing = [name for name in names if name not in known]
    if missing:
        raise ValueError(
            f"`data` must have the conditions that the model takes, {names}. "
            f"Received: {sorted(known)}, without {missing}"
        )
    return {name: known[name] for name in names}


def check_parts(model, parts):
    fewest = min(len(held_out) for _, held_out in parts)
    if hasattr(model, "generate") and fewest < 2:
        raise ValueError(
            "A fold must hold out at least 2 pictures to be compared with: "
            f"use fewer folds. Received: a fold of {fewest}"
        )


def trained(build, data, rows, epochs, batch_size, callbacks):
    model = built(build)
    model.fit(
        data.images[rows].astype("float32"),
        data.labels_at(rows),
        batch_size=min(batch_size, len(rows)),
        epochs=epochs,
        verbose=0,
        callbacks=callbacks,
    )
    return model


def scored(score, model, data, rows):
    images = data.images[rows].astype("float32")
    score = score or default_scores
    scores = score(model, images, data.labels_at(rows))
    return {name: float(value) for name, value in scores.items()}
