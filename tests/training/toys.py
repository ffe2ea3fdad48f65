"""A model, data and metric that take next to no time."""

import keras
import numpy as np

from keras_productgen.metrics import KernelInceptionDistance
from keras_productgen.models import DCGAN


def small_gan(**settings):
    model = DCGAN(image_size=8, latent_dim=4, width=8, seed=0, **settings)
    model.compile()
    return model


def pictures(count=16, seed=0):
    generator = np.random.default_rng(seed)
    return generator.uniform(0, 255, (count, 8, 8, 3)).astype("float32")


def small_metric(**settings):
    images = keras.Input((None, None, 3))
    colors = keras.layers.GlobalAveragePooling2D()(images / 64.0)
    encoder = keras.Model(images, colors)
    return KernelInceptionDistance(encoder, max_images=64, **settings)
