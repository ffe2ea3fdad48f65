"""Truncation of exported GANs with styles."""

import numpy as np
import tensorflow as tf

from keras_productgen.export.signatures import pixels
from keras_productgen.export.signatures.conditions import checked_conditions
from keras_productgen.export.signatures.conditions import condition_specs
from keras_productgen.export.signatures.generators import as_batch
from keras_productgen.export.signatures.generators import generators
from keras_productgen.export.signatures.generators import latents_of
from keras_productgen.export.signatures.generators import number_specs
from keras_productgen.models.stylegan2.truncation import NUM_LATENTS
from keras_productgen.random import stateless_normal


def style_generators(model):
    """Returns those of `generators`, and one that takes `truncation`.

    Args:
        model: `keras_productgen.models.StyleGAN2`.
    """
    return {**generators(model), "generate_truncated": _truncated(model)}


def _truncated(model):
    specs = [
        *number_specs(),
        tf.TensorSpec([None], tf.float32, name="truncation"),
        *condition_specs(model),
    ]
    network = model.ema_generator
    mapping, synthesis = map(network.get_layer, ("mapping", "synthesis"))

    def one(seed, index, truncation, conditions):
        latents = latents_of(seed, index, model.latent_dim)
        inputs = {"latents": latents, **as_batch(conditions)}
        styles = mapping(inputs if conditions else latents, training=False)
        average = _average(model, mapping, inputs)
        styles = average + truncation * (styles - average)
        styles = tf.repeat(styles[:, tf.newaxis], model.num_layers, axis=1)
        image = model.to_images(synthesis(styles, training=False))[0]
        return pixels.png_of(image, model.value_range)

    def generate(seed, index, truncation, *conditions):
        conditions = checked_conditions(model, conditions)
        rows = (seed, index, truncation, conditions)
        return {"png_bytes": pixels.row_by_row(one, rows)}

    return generate, specs


def _average(model, mapping, inputs):
    """As `StyleGAN2.map` takes it: with conditions, of what is asked for."""
    if len(inputs) == 1:
        layer = model.ema_generator.get_layer("style_average")
        return tf.convert_to_tensor(layer.average)
    numbers = np.arange(NUM_LATENTS)
    latents = stateless_normal(0 * numbers, numbers, model.latent_dim)
    asked = {
        name: tf.repeat(row, NUM_LATENTS, axis=0)
        for name, row in inputs.items()
        if name != "latents"
    }
    styles = mapping({"latents": tf.constant(latents), **asked}, training=False)
    return tf.reduce_mean(styles, axis=0, keepdims=True)
