"""Directions along which what a generator makes varies most."""

import keras
import numpy as np

from keras_productgen.editing.latents.closed_form import check_num
from keras_productgen.editing.latents.closed_form import eigenvectors
from keras_productgen.editing.latents.closed_form import refuse_features
from keras_productgen.editing.latents.codes import check_model
from keras_productgen.editing.latents.codes import has_styles
from keras_productgen.editing.latents.directions import Direction
from keras_productgen.models.gan import in_batches


def principal_directions(
    model, num=5, num_samples=1000, seed=0, conditions=None, batch_size=64
):
    """Directions along which the generator's early features vary most.

    Of a StyleGAN2: the principal components of its styles. Of others: those of
    the smallest feature maps, just before they grow, as far as they follow the
    latents in proportion.

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
        styles = model.map(latents, conditions)[:, 0]
        deviations, vectors = principal_axes(styles)
    else:
        features = early_features(model, latents, conditions, batch_size)
        deviations, vectors = principal_inputs(latents, features)
    return [
        Direction(vector.astype("float32"), float(deviation), has_styles(model))
        for deviation, vector in zip(deviations[:num], vectors.T)
    ]


def principal_axes(rows):
    """The axes of the largest variance of rows `(num_rows, dim)`.

    Returns:
        Tuple of float64 arrays: the standard deviations `(dim,)`, largest
        first, and the axes `(dim, dim)`, one a column.
    """
    rows = np.asarray(rows, "float64")
    values, vectors = eigenvectors((rows - rows.mean(axis=0)).T)
    return np.sqrt(np.maximum(values, 0.0) / len(rows)), vectors


def principal_inputs(inputs, outputs):
    """The axes of inputs that move the outputs most, as far as in proportion.

    A linear regression from inputs to outputs comes first. The other way round,
    principal components of the outputs that go up on both sides, as activations
    make them, would be given directions of mere chance.

    Args:
        inputs: float array `(num_rows, dim)`, about uncorrelated.
        outputs: float array `(num_rows, num_outputs)`.

    Returns:
        Tuple of float64 arrays: for each axis how far a step of 1 moves the
        outputs, `(dim,)`, largest first; and the axes `(dim, dim)`, one a
        column.
    """
    inputs = np.asarray(inputs, "float64")
    outputs = np.asarray(outputs, "float64")
    slopes, *_ = np.linalg.lstsq(
        inputs - inputs.mean(axis=0), outputs - outputs.mean(axis=0)
    )
    values, vectors = eigenvectors(slopes)
    return np.sqrt(np.maximum(values, 0.0)), vectors


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
