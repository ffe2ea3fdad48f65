"""Trainings that go wrong as a user's might, each small and soon over.

Each function returns a `Case`: what is trained, on what, and for how long.
"""

import functools
import io
import typing

import keras
import numpy as np
from keras import layers
from keras import ops
from PIL import Image

from keras_productgen import encoders
from keras_productgen import losses
from keras_productgen import models
from keras_productgen.data import ProductCatalog
from keras_productgen.training import GANDoctor
from tests.training.doctor.networks import SIZE
from tests.training.doctor.networks import TinyGAN
from tests.training.doctor.networks import tiny_discriminator
from tests.training.doctor.networks import tiny_generator

KINDS = ("t-shirt", "pants", "mug")


class Case(typing.NamedTuple):
    """A training: its model, its data, and how the doctor looks at it."""

    model: keras.Model
    images: np.ndarray
    conditions: dict | None = None
    steps: int = 60
    every: int = 10
    doctor_conditions: dict | None = None


def train(case, callbacks=(), **settings):
    """Trains, and returns the doctor."""
    conditions = case.doctor_conditions or case.conditions
    data = case.images if conditions is None else (case.images, conditions)
    settings = {"encoder": encoder(), **settings}
    settings = {"every": case.every, "verbose": 0, **settings}
    doctor = GANDoctor(data, **settings)
    steps = -(-len(case.images) // 32)
    case.model.fit(
        case.images,
        case.conditions,
        batch_size=32,
        epochs=-(-case.steps // steps),
        verbose=0,
        callbacks=[doctor, *callbacks],
    )
    return doctor


@functools.cache
def encoder():
    return encoders.load()


@functools.cache
def products(count=128, size=SIZE, background="white"):
    """Pictures, their categories, and masks."""
    look = {"background": background, "pattern": "plain"}
    catalog = ProductCatalog(size, 0, KINDS, count, look)
    drawn = [catalog[index] for index in range(count)]
    return (
        np.stack([product.image for product in drawn]).astype("float32"),
        np.array([KINDS.index(p.item.category) for p in drawn], "int32"),
        np.stack([product.mask for product in drawn]),
    )


def pictures(count=128):
    return products(count)[0]


def dcgan(d_rate=2e-4, g_rate=2e-4, width=8, loss=None, **settings):
    model = models.DCGAN(SIZE, latent_dim=8, width=width, seed=0, **settings)
    model.compile(adam(d_rate), adam(g_rate), loss)
    return model


def adam(rate):
    return keras.optimizers.Adam(rate, beta_1=0.5)


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
    return Case(model, images, steps=600, every=150)


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


def zero_to_one():
    images = pictures() / 255.0
    return Case(dcgan(value_range=(-1, 1)), images, steps=4)


def pale_pictures():
    return Case(dcgan(), 100.0 + pictures() / 8.0, steps=4)


def sigmoid_outputs():
    model = TinyGAN(tiny_generator(last="sigmoid"), seed=0)
    model.compile(adam(2e-4), adam(2e-4))
    return Case(model, 255.0 - pictures(), steps=60)


# labels_unrelated, labels_swapped


COLORS = ((0.8, 0.1, 0.1), (0.1, 0.6, 0.15), (0.1, 0.2, 0.8))


@functools.cache
def shirts(count=40):
    """T-shirts in three colours, and which of them."""
    images, labels = [], []
    for label, color in enumerate(COLORS):
        look = {"background": "white", "pattern": "plain", "color": color}
        catalog = ProductCatalog(SIZE, label, ("t-shirt",), count, look)
        images += [catalog[index].image for index in range(count)]
        labels += [label] * count
    order = np.random.default_rng(0).permutation(len(labels))
    images = np.stack(images).astype("float32")
    return images[order], np.array(labels, "int32")[order]


def conditional(conditions, asked=None, steps=4, every=4):
    model = models.ConditionalGAN(
        {"color": ["red", "green", "blue"]},
        image_size=SIZE,
        latent_dim=8,
        width=8,
        seed=0,
    )
    model.compile(adam(1e-3), adam(1e-3), ema_decay=0.99)
    conditions = {"color": conditions}
    asked = None if asked is None else {"color": asked}
    return Case(model, shirts()[0], conditions, steps, every, asked)


def permuted_labels():
    labels = shirts()[1]
    return conditional(np.random.default_rng(0).permutation(labels))


def labels_off_by_one():
    """The training counts from 1, whoever asks from 0."""
    labels = shirts()[1]
    return conditional(labels, (labels + 1) % len(COLORS), 240, 60)


class SwappedLoss(losses.NonSaturatingLoss):
    """The generator's images get the label of fake ones in its loss, too."""

    def generator(self, fake_logits):
        return ops.mean(ops.softplus(fake_logits))


class BlindLoss(losses.NonSaturatingLoss):
    """Ones for real images, and ones for fake images."""

    def discriminator(self, real_logits, fake_logits):
        real_loss = ops.mean(ops.softplus(-real_logits))
        return real_loss + ops.mean(ops.softplus(-fake_logits))


def reversed_loss():
    return Case(dcgan(loss=SwappedLoss()), pictures(), steps=4)


def blind_loss():
    return Case(dcgan(loss=BlindLoss()), pictures(), steps=4)


# batch_norm_mismatch


def slow_statistics():
    model = TinyGAN(tiny_generator(momentum=0.9999), seed=0)
    model.compile(adam(1e-3), adam(1e-3))
    return Case(model, pictures(), steps=60, every=15)


# leak


def letterboxed():
    """Wide photos, shown whole before black."""
    images = pictures().copy()
    images[:, :3] = images[:, -3:] = 0.0
    return Case(dcgan(1e-3, 1e-4), images, steps=40, every=20)


def cut_out():
    """Pictures times masks: black where alpha was 0."""
    images, _, masks = products(background="gradient")
    images = images * (masks[..., None] > 127)
    return Case(dcgan(1e-3, 1e-4), images, steps=40, every=20)


def compressed_small():
    """Saved as JPEG of quality 10 after they were made small."""
    images = np.stack([_as_jpeg(p) for p in products(96, 32)[0]])
    model = models.DCGAN(32, latent_dim=8, width=8, seed=0)
    model.compile(adam(1e-3), adam(1e-4))
    return Case(model, images, steps=30, every=30)


def _as_jpeg(picture):
    file = io.BytesIO()
    Image.fromarray(picture.astype("uint8")).save(file, "JPEG", quality=10)
    return np.asarray(Image.open(file), "float32")
