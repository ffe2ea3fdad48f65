"""Directions along which what a generator makes varies most."""

import keras
import numpy as np

from keras_productgen.editing.latents.closed_form import check_num
from keras_productgen.editing.latents.closed_form import refuse_features
from keras_productgen.editing.latents.codes import check_model
from keras_productgen.editing.latents.codes import has_styles
from keras_productgen.editing.latents.directions import Direction
from keras_productgen.editing.latents.directions import unit
from keras_productgen.models.gan import in_batches


def principal_directions(
    model, num=5, num_samples=1000, seed=0, conditions=None, batch_size=64
):
    """Directions along which the generator's early features vary most.

    Of a StyleGAN2: the principal components of its styles. Of others: those of
    the smallest feature maps, just before they grow, each brought back to the
    latents by regression.

    Args:
        model: `keras_productgen.models.AdversarialModel`, but no FeatureGAN:
            its latents are principal directions of features already.
        num: int, how many, at most `latent_dim`.
        num_samples: int, of how many pictures; more than `latent_dim`.
        seed: int, fixes their latents.
        conditions: optional dict, as in `generate`, of these pictures.
        batch_size: int, how many are computed at once.

    Returns:
        List of `Direction`, that of the largest variance first. Its sign is
        such that its largest component is positive.

    Raises:
        ValueError: if `num` or `num_samples` are out of their range, or the
            conditions are not those that the model was made for.

    Reference:
    - [Härkönen et al., 2020](https://arxiv.org/abs/2004.02546)
    """
    check_model(model)
    refuse_features(model)
    check_num(num, model.latent_dim)
    if num_samples <= model.latent_dim:
        raise ValueError(
            f"`num_samples` must be above `latent_dim`, {model.latent_dim}. "
            f"Received: num_samples={num_samples}"
        )
    latents = model.numbered_latents(num_samples, seed)
    if has_styles(model):
        rows = model.map(latents, conditions)[:, 0]
        targets = rows - rows.mean(axis=0)
    else:
        rows = early_features(model, latents, conditions, batch_size)
        targets = latents
    coordinates, deviations = principal_coordinates(rows, num)
    return [
        Direction(_positive(vector), float(deviation), has_styles(model))
        for vector, deviation in zip(
            regressed(coordinates, targets), deviations
        )
    ]


def principal_coordinates(rows, num):
    """Coordinates of rows on the axes of their largest variance.

    Args:
        rows: float array `(num_rows, dim)`.
        num: int, number of axes.

    Returns:
        Tuple of float64 arrays: coordinates `(num_rows, num)`, each scaled to a
        mean square of 1, and the standard deviations `(num,)` they had.
    """
    rows = rows.astype("float64")
    rows = rows - rows.mean(axis=0)
    # Features are many more than pictures: their products say as much.
    values, vectors = np.linalg.eigh(rows @ rows.T)
    values, vectors = values[::-1][:num], vectors[:, ::-1][:, :num]
    count = len(rows)
    return vectors * np.sqrt(count), np.sqrt(np.maximum(values, 0.0) / count)


def regressed(coordinates, targets):
    """What each coordinate says of the targets, by least squares.

    Args:
        coordinates: array `(num_rows, num)`, uncorrelated, of mean square 1.
        targets: array `(num_rows, dim)`.

    Returns:
        float64 array `(num, dim)`.
    """
    return coordinates.T @ targets / len(targets)


def early_features(model, latents, conditions, batch_size):
    """The smallest feature maps before they grow, a flat row a picture.

    Where there is but one size of maps, that of the pictures: the outputs of
    the first activation.
    """
    generator = model.ema_generator
    outputs = [
        operation.output
        for operation in generator.operations
        if keras.backend.is_keras_tensor(operation.output)
    ]
    maps = [tensor for tensor in outputs if len(tensor.shape) == 4]
    smallest = min(tensor.shape[1] for tensor in maps)
    if smallest < model.image_size:
        early = [tensor for tensor in maps if tensor.shape[1] == smallest][-1]
    else:
        early = next(
            layer.output
            for layer in generator.layers
            if isinstance(layer, (keras.layers.LeakyReLU, keras.layers.ReLU))
        )
    network = keras.Model(generator.input, keras.layers.Flatten()(early))
    inputs = model.generator_inputs(latents, conditions)
    return in_batches(
        network.predict_on_batch, inputs, len(latents), batch_size
    )


def _positive(vector):
    return unit(vector * np.sign(vector[np.abs(vector).argmax()]))
