"""Generators whose latents mean what a test says."""

import keras
import numpy as np

from keras_productgen import models

SMALL = dict(image_size=8, latent_dim=4, width=4, seed=0)
CONDITIONED = dict(
    categories={"category": ["a", "b"]},
    vectors={"color": 3},
    labels={"details": ["pocket", "zip"]},
)
ASKED = {"category": "b", "color": (0.2, 0.4, 0.9), "details": ["zip"]}


def dcgan(**kwargs):
    """Its pictures differ as much as those of a trained one."""
    model = models.DCGAN(**{**SMALL, **kwargs})
    for layer in model.ema_generator.layers:
        if type(layer).__name__ in ("Dense", "Conv2DTranspose"):
            kernel, *bias = layer.get_weights()
            layer.set_weights([20.0 * kernel, *bias])
    return model


def conditional_gan():
    return models.ConditionalGAN(**CONDITIONED, **SMALL)


def stylegan2(**kwargs):
    return models.StyleGAN2(**SMALL, mapping_layers=2, **kwargs)


def linear_gan(kernel):
    """Pictures of 8 by 8 that are `tanh(latents @ kernel)`, at the border."""
    latents = keras.Input((len(kernel),), name="latents")
    dense = keras.layers.Dense(192, use_bias=False)
    x = keras.layers.Reshape((8, 8, 3))(dense(latents))
    generator = keras.Model(latents, keras.layers.Activation("tanh")(x))
    dense.set_weights([np.asarray(kernel, "float32")])
    pictures = keras.Input((8, 8, 3))
    x = keras.layers.Flatten()(pictures)
    model = models.AdversarialModel(8, len(kernel), 1)
    model.set_networks(
        generator, keras.Model(pictures, keras.layers.Dense(1)(x))
    )
    return model


def latents_of(num, dim=4):
    numbers = np.random.default_rng(3).normal(size=(num, dim))
    return numbers.astype("float32")
