"""What the broken trainings share: data, small models, and how they train."""

import functools
import typing

import keras
import numpy as np

from keras_productgen import encoders
from keras_productgen import models
from keras_productgen.data import ProductCatalog
from keras_productgen.training import GANDoctor
from tests.training.doctor.networks import SIZE

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
