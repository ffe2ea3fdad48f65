"""Trainings that go wrong as a user's might, each small and soon over.

Each function returns a `Case`: what is trained, on what, and for how long.
"""

import keras
import numpy as np
from keras import layers
from keras import ops

from keras_productgen import losses
from keras_productgen import models
from tests.training.doctor.cases import Case
from tests.training.doctor.cases import adam
from tests.training.doctor.cases import dcgan
from tests.training.doctor.cases import pictures
from tests.training.doctor.networks import SIZE
from tests.training.doctor.networks import TinyGAN
from tests.training.doctor.networks import tiny_discriminator
from tests.training.doctor.networks import tiny_generator

# network_does_not_train


def frozen_discriminator():
    model = models.DCGAN(SIZE, latent_dim=8, width=8, seed=0)
    model.discriminator.trainable = False  # As for a "combined model".
    model.compile()
    return Case(model, pictures(), steps=20)


def generator_rate_of_zero():
    return Case(dcgan(g_rate=0.0), pictures(), steps=20)


def cut_gradient():
    """A layer that rounds passes no gradient on."""
    rounding = layers.Lambda(lambda x: ops.round(8.0 * x) / 8.0)
    discriminator = tiny_discriminator(rounding)
    model = TinyGAN(discriminator=discriminator, seed=0)
    model.compile()
    return Case(model, pictures(), steps=40, every=20)


# discriminator_won


def discriminator_far_ahead():
    return Case(dcgan(1e-2, 2e-5, width=16), pictures(), steps=140, every=20)


# collapse


def generator_far_ahead():
    """A generator whose rate is ten times that of the discriminator."""
    model = models.GAN(SIZE, latent_dim=8, seed=0)
    model.compile(adam(1e-3), adam(1e-2))
    return Case(model, pictures(), steps=120, every=40)


def latents_drowned():
    """The latents are scaled to nothing."""
    latents = keras.Input((8,))
    images = tiny_generator(momentum=0)(layers.Rescaling(1e-4)(latents))
    model = TinyGAN(keras.Model(latents, images), seed=0)
    model.compile()
    return Case(model, pictures(), steps=80)


# memorizing


def few_pictures():
    """Four pictures, for hundreds of epochs."""
    images = np.tile(pictures()[:4], (24, 1, 1, 1))
    model = models.DCGAN(SIZE, latent_dim=4, width=16, seed=0)
    model.compile(adam(1e-3), adam(1e-3), r1_weight=1.0)
    return Case(model, images, steps=750, every=150)


# vanishing_gradient


def minimax_loss():
    model = dcgan(2e-3, 2e-4, width=16, loss=losses.MinimaxLoss())
    return Case(model, pictures(), steps=60, every=20)


def deep_sigmoids():
    generator = tiny_generator("sigmoid", depth=6, momentum=0)
    model = TinyGAN(generator, seed=0)
    model.compile()
    return Case(model, pictures(), steps=40)


# exploding_gradient


def huge_rate():
    return Case(dcgan(0.5, 0.5), pictures(), steps=40)


# nan


def deviation_of_zero():
    """Divides by a deviation that is 0 where a batch is all alike."""

    def normalized(x):
        deviation = ops.std(x, axis=0, keepdims=True)
        return (x - ops.mean(x, axis=0, keepdims=True)) / deviation

    middle = layers.Lambda(normalized, name="by_deviation")
    images = keras.Input((SIZE, SIZE, 3))
    discriminator = tiny_discriminator()
    logits = discriminator(middle(images))
    model = TinyGAN(
        discriminator=keras.Model(images, logits, name="discriminator"), seed=0
    )
    model.compile()
    # The corners of products before white are all alike.
    return Case(model, pictures(), steps=12, every=4)


def logarithm_of_negative():
    """Becomes negative after some steps alone."""
    middle = layers.Lambda(lambda x: x + ops.log(x + 2.0), name="logarithm")
    model = TinyGAN(discriminator=tiny_discriminator(middle), seed=0)
    model.compile(adam(3e-2), adam(2e-4))
    return Case(model, pictures(), steps=80)


def float16_overflow():
    """Squares that float16 cannot hold."""

    def squared(x):
        return ops.square(ops.cast(300.0 * x, "float16"))

    middle = layers.Lambda(squared, name="squared")
    model = TinyGAN(discriminator=tiny_discriminator(middle), seed=0)
    model.compile(adam(5e-3), adam(2e-4))
    return Case(model, pictures(), steps=40)


# value_range


def sigmoid_outputs():
    model = TinyGAN(tiny_generator(last="sigmoid"), seed=0)
    model.compile(adam(2e-4), adam(2e-4))
    return Case(model, 255.0 - pictures(), steps=60)


# batch_norm_mismatch


def slow_statistics():
    model = TinyGAN(tiny_generator(momentum=0.9999), seed=0)
    model.compile(adam(1e-3), adam(1e-3))
    return Case(model, pictures(), steps=60, every=15)
