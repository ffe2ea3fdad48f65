"""What the losses would do to the weights at this moment."""

import numpy as np
from keras import ops

from keras_productgen import backend
from keras_productgen.training.doctor.state import all_variables
from keras_productgen.training.doctor.state import detached
from keras_productgen.training.doctor.state import kept


def gradient_vitals(model, batch):
    """Returns the sizes of the gradients of both networks, a dict of floats.

    `g_gradient` is the root mean square gradient over the root mean square
    weight; `g_gradient_ratio` compares the first kernel of the network with the
    last.
    """
    vitals = {}
    for short, found in gradients_of(model, batch).items():
        weights, gradients, _ = found
        sizes = [_mean_square(gradient) for gradient in gradients]
        counts = [gradient.size for gradient in gradients]
        if not sizes:
            continue
        level = [_mean_square(_array(weight)) for weight in weights]
        ratio = np.average(sizes, weights=counts) / max(
            np.average(level, weights=counts), 1e-30
        )
        kernels = [s for s, g in zip(sizes, gradients) if g.ndim > 1]
        vitals[f"{short}_gradient"] = float(ratio**0.5)
        if len(kernels) > 1:
            last = max(kernels[-1], 1e-60)
            vitals[f"{short}_gradient_ratio"] = float(
                (kernels[0] / last) ** 0.5
            )
    return vitals


def gradients_of(model, batch):
    """Returns `(weights, gradients, loss)` for `"d"` and for `"g"`."""
    variables = all_variables(model)

    def g_loss():
        fake_images = model.fake_images(batch, training=True)
        return model.generator_loss(fake_images, batch, training=True)

    with kept(model):
        fake_images = model.fake_images(batch, training=True)
        fake_images = detached(fake_images)
    d_loss = lambda: model.discriminator_loss(fake_images, batch, training=True)
    return {
        "d": _gradients(model, d_loss, "discriminator", variables),
        "g": _gradients(model, g_loss, "generator", variables),
    }


def _gradients(model, loss_fn, name, variables):
    optimizer = getattr(model, f"{name[0]}_optimizer")
    weights = getattr(model, name).trainable_weights
    # Small gradients would vanish in float16, not in the training.
    scale = float(optimizer.scale_loss(1.0))
    if not weights:
        return [], [], None
    with kept(model):
        loss, gradients = backend.weight_gradients(
            lambda: loss_fn() * scale, weights, variables
        )
    gradients = [
        ops.convert_to_numpy(gradient).astype("float64") / scale
        for gradient in gradients
    ]
    return weights, gradients, float(ops.convert_to_numpy(loss)) / scale


def _array(weight):
    return ops.convert_to_numpy(weight).astype("float64")


def _mean_square(values):
    return float(np.mean(values**2))
