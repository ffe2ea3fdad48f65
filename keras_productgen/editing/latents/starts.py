"""Where the search for latents starts."""

import numpy as np
from keras import ops

from keras_productgen.conditions.vectors import is_color
from keras_productgen.editing.latents.codes import has_styles


def starts_of(model, images, rows, free, starts):
    """What `LatentSearch` begins with: every picture from every start.

    Args:
        model: `keras_productgen.models.AdversarialModel`.
        images: array `(num_images, height, width, 3)` in its `value_range`.
        rows: dict of its conditions, a row a picture.
        free: names of those that are searched for.
        starts: float32 array `(num_starts, latent_dim)`.

    Returns:
        Tuple of the first seven arguments of `LatentSearch`, each array of
        `num_images * num_starts` rows.
    """
    images = np.repeat(images, len(starts), axis=0)
    codes = np.tile(starts, (len(images) // len(starts), 1))
    rows = {name: np.repeat(row, len(starts), 0) for name, row in rows.items()}
    generator = model.ema_generator
    if has_styles(model):
        codes, rows = model.map(codes, rows), {}
        generator = generator.get_layer("synthesis")
    return (
        _renderer(model, generator),
        generator,
        ops.convert_to_numpy(model.to_network(images)),
        codes,
        {name: rows[name] for name in rows if name not in free},
        {name: rows[name] for name in free},
        [name for name in free if _in_unit(name, model)],
    )


def _in_unit(name, model):
    """Whether a condition goes from 0 to 1, as labels and colours do."""
    dim = model.vectors.get(name)
    return name in model.labels or is_color(name, dim)


def _renderer(model, generator):
    """A function from codes and conditions to pictures in [-1, 1]."""

    def from_styles(codes, rows):
        outputs = ops.cast(generator(codes, training=False), "float32")
        # Clipped as by `synthesize`, but a gradient must come through.
        clipped = ops.clip(outputs, -1.0, 1.0)
        return outputs + ops.stop_gradient(clipped - outputs)

    def from_latents(codes, rows):
        inputs = {"latents": codes, **rows} if rows else codes
        return model.to_network(model(inputs, training=False))

    return from_styles if has_styles(model) else from_latents
