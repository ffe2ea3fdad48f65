"""Trainings whose data or losses are wrong; as `broken.py`."""

import functools
import io

import keras
import numpy as np
from keras import ops
from PIL import Image

from keras_productgen import losses
from keras_productgen import models
from keras_productgen.data import ProductCatalog
from tests.training.doctor.cases import Case
from tests.training.doctor.cases import adam
from tests.training.doctor.cases import dcgan
from tests.training.doctor.cases import pictures
from tests.training.doctor.cases import products
from tests.training.doctor.networks import SIZE

# value_range


def zero_to_one():
    images = pictures() / 255.0
    return Case(dcgan(value_range=(-1, 1)), images, steps=4)


def pale_pictures():
    return Case(dcgan(), 100.0 + pictures() / 8.0, steps=4)


# labels_unrelated, labels_swapped, collapse within a wish


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


def one_product_a_wish():
    """Each of three wishes has one product: the latents come to nothing."""
    case = conditional(shirts()[1], steps=64, every=16)
    model = case.model
    latents = keras.Input((model.latent_dim,), name="latents")
    wish = keras.Input((), dtype="int32", name="color")
    nothing = keras.layers.Rescaling(1e-4)(latents)
    images = model.generator({"latents": nothing, "color": wish})
    generator = keras.Model({"latents": latents, "color": wish}, images)
    model.set_networks(generator, model.discriminator)
    model.compile(adam(1e-3), adam(1e-3))
    return case


def permuted_labels():
    labels = shirts()[1]
    return conditional(np.random.default_rng(0).permutation(labels))


def labels_off_by_one():
    """The training counts from 1, whoever asks from 0."""
    labels = shirts()[1]
    return conditional((labels + 1) % len(COLORS), labels, 240, 60)


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
    images = np.stack([as_jpeg(p) for p in products(96, 32)[0]])
    model = models.DCGAN(32, latent_dim=8, width=8, seed=0)
    model.compile(adam(1e-3), adam(1e-4))
    return Case(model, images, steps=30, every=30)


def as_jpeg(picture):
    file = io.BytesIO()
    Image.fromarray(picture.astype("uint8")).save(file, "JPEG", quality=10)
    return np.asarray(Image.open(file), "float32")
