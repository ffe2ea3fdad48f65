"""Directions read from a generator's weights."""

import keras
import numpy as np
from keras import ops

from keras_productgen.editing.latents.codes import check_model
from keras_productgen.editing.latents.codes import has_styles
from keras_productgen.editing.latents.directions import Direction
from keras_productgen.layers import ModulatedConv2D
from keras_productgen.models import FeatureGAN


def closed_form_directions(model, num=5, layers=None):
    """Directions in which a step changes the first layers' outputs most.

    Found in closed form, without any picture: the eigenvectors of `A.T @ A`,
    with `A` the weights that take the latents: those of the first layer and,
    in a generator with conditions, of all scales and shifts; of a StyleGAN2
    those that make each layer's modulation of its style.

    Args:
        model: `keras_productgen.models.AdversarialModel`, but no FeatureGAN:
            its latents are principal directions of features already.
        num: int, how many, at most `latent_dim`.
        layers: optional ints, the layers of a StyleGAN2 that count, and move;
            by default all. Early ones are about shape, late ones about colour.

    Returns:
        List of `Direction`, the one that changes most first. Its sign is such
        that its largest component is positive.

    Raises:
        ValueError: if `num` or `layers` are out of their range, or `model` has
            no weights that take the latents.

    Reference:
    - [Shen and Zhou, 2021](https://arxiv.org/abs/2007.06600), equation 8
    """
    check_model(model)
    check_num(num, model.latent_dim)
    if has_styles(model):
        kernels = style_kernels(model, layers)
    elif layers is not None:
        raise ValueError(
            "`layers` must be given for a StyleGAN2 alone. "
            f"Received: layers={layers}"
        )
    else:
        kernels = latent_kernels(model)
    values, vectors = eigenvectors(np.concatenate(kernels, axis=1))
    return [
        Direction(
            vector.astype("float32"),
            float(np.sqrt(max(value, 0.0))),
            has_styles(model),
            None if layers is None else tuple(layers),
        )
        for value, vector in zip(values[:num], vectors.T)
    ]


def eigenvectors(kernel):
    """Of `kernel @ kernel.T`, the largest first, for `kernel` `(dim, out)`.

    Returns:
        Tuple of float64 arrays: eigenvalues `(dim,)`, and eigenvectors
        `(dim, dim)`, one a column, whose largest component is positive.
    """
    kernel = np.asarray(kernel, "float64")
    values, vectors = np.linalg.eigh(kernel @ kernel.T)
    values, vectors = values[::-1], vectors[:, ::-1]
    largest = np.abs(vectors).argmax(axis=0)
    return values, vectors * np.sign(vectors[largest, range(len(values))])


def latent_kernels(model):
    """What takes the latents: list of arrays `(latent_dim, num_outputs)`."""
    refuse_features(model)
    generator = model.ema_generator
    inputs = keras.tree.flatten(generator.input)
    takes = {id(tensor) for tensor in inputs if tensor.name == "latents"}
    kernels = []
    for layer in generator.layers:
        given = keras.tree.flatten(layer.input)
        if (
            isinstance(layer, keras.layers.Concatenate)
            and id(given[0]) in takes
        ):
            takes.add(id(layer.output))  # The latents, then the conditions.
        elif takes & {id(tensor) for tensor in given}:
            kernels += _kernels(layer)
    if not kernels:
        raise ValueError(
            "`model` must have dense layers that take the latents. "
            f"Received: model of type {type(model).__name__}"
        )
    return [kernel[: model.latent_dim] for kernel in kernels]


def _kernels(layer):
    return [
        ops.convert_to_numpy(weight.value)
        for weight in layer.weights
        if weight.name == "kernel" and len(weight.shape) == 2
    ]


def style_kernels(model, layers=None):
    """What makes the modulations: list of `(latent_dim, channels)`.

    Args:
        model: `keras_productgen.models.StyleGAN2`.
        layers: optional ints, those that take the styles of these layers.

    Raises:
        ValueError: if there are no such layers.
    """
    known = range(model.num_layers)
    layers = known if layers is None else layers
    if not len(layers) or not {*layers} <= {*known}:
        raise ValueError(
            f"`layers` must be some of {list(known)}. Received: layers={layers}"
        )
    synthesis = model.ema_generator.get_layer("synthesis")
    return [
        ops.convert_to_numpy(layer.affine.kernel.value) * layer.affine.scale
        for layer in synthesis.layers
        if isinstance(layer, ModulatedConv2D) and _place(layer) in layers
    ]


def _place(modulated):
    """Which of the styles a layer takes: those of two may be the same."""
    _, styles = modulated.input
    return styles._keras_history.tensor_index


def refuse_features(model):
    if isinstance(model, FeatureGAN):
        raise ValueError(
            "`model` must learn itself what its latents mean; those of a "
            "FeatureGAN are principal directions of an encoder's features "
            f"already. Received: model of type {type(model).__name__}"
        )


def check_num(num, most):
    if not 1 <= num <= most:
        raise ValueError(f"`num` must be from 1 to {most}. Received: num={num}")
