"""Codes: what pictures are made from, latents or StyleGAN2's styles.

Latents are `(num, latent_dim)`, styles `(num, num_layers, latent_dim)`, so
that the number of axes says which they are.
"""

import numpy as np

from keras_productgen.models import AdversarialModel
from keras_productgen.models import StyleGAN2


def check_model(model):
    """Raises a `ValueError` unless pictures come from latents."""
    if not isinstance(model, AdversarialModel):
        raise ValueError(
            "`model` must make pictures from latents, as DCGAN or StyleGAN2 "
            f"does. Received: model of type {type(model).__name__}"
        )


def has_styles(model):
    return isinstance(model, StyleGAN2)


def are_styles(codes):
    return codes.ndim == 3


def codes_of(model, latents_or_seeds):
    """Latents or styles as an array; of an int, its seed's first picture.

    Args:
        model: `keras_productgen.models.AdversarialModel`.
        latents_or_seeds: int, list of ints, float array of latents
            `(num, latent_dim)`, or of StyleGAN2's styles
            `(num, num_layers, latent_dim)`.

    Returns:
        float32 array of latents or styles.

    Raises:
        ValueError: if the array has another shape or is not finite.
    """
    check_model(model)
    codes = np.asarray(latents_or_seeds)
    if codes.ndim < 2 and np.issubdtype(codes.dtype, np.integer) and codes.size:
        seeds = codes.reshape(-1)
        rows = [model.numbered_latents(1, int(seed)) for seed in seeds]
        return np.concatenate(rows)
    shapes = [(model.latent_dim,)]
    if has_styles(model):
        shapes.append((model.num_layers, model.latent_dim))
    if codes.shape[1:] not in shapes or not len(codes):
        expected = " or ".join(str(("num", *shape)) for shape in shapes)
        raise ValueError(
            "Latents must be seeds, which are integers, or an array of shape "
            f"{expected}. Received: an array of shape {codes.shape}"
        )
    if not np.isfinite(codes).all():
        raise ValueError(
            "Latents must be finite numbers. Received: an array with "
            f"{np.sum(~np.isfinite(codes))} that are not"
        )
    return codes.astype("float32")


def styles_of(model, codes, conditions):
    """Styles `(num, num_layers, latent_dim)`, of latents if need be."""
    if are_styles(codes):
        refuse_conditions(conditions)
        return codes
    return model.map(codes, conditions)


def pictures_of(model, codes, conditions, batch_size):
    """Pictures `(num, height, width, 3)` in the model's `value_range`."""
    if are_styles(codes):
        refuse_conditions(conditions)
        return model.synthesize(codes, batch_size)
    return model.generate_from(codes, conditions, batch_size)


def refuse_conditions(conditions):
    if conditions:
        raise ValueError(
            "Styles hold their conditions already: `conditions` must not be "
            f"given with them. Received: conditions={sorted(conditions)}"
        )


def rows_of_conditions(model, conditions, num_rows):
    """What is asked for as a row a picture, as networks take it."""
    inputs = model.generator_inputs(
        np.zeros((num_rows, model.latent_dim), "float32"), conditions
    )
    inputs = inputs if isinstance(inputs, dict) else {}
    return {name: rows for name, rows in inputs.items() if name != "latents"}


def in_rows(pictures, num_steps):
    """Pictures `(num * num_steps, ...)` as `(num, num_steps, ...)`."""
    return pictures.reshape(-1, num_steps, *pictures.shape[1:])
