"""The contenders of `benchmarks.training`, each run in a process of its own.

All train the same two networks (a DCGAN of 64 pixels) in the same way: the
discriminator on a batch of real and a batch of fake images, then the generator
through the discriminator on the same fake images.
"""

import os
import sys

import numpy as np

from benchmarks.training import BATCH_SIZE
from benchmarks.training import IMAGE_SIZE
from benchmarks.training import LATENT_DIM
from benchmarks.training import STEPS
from benchmarks.training import WIDTH


def images():
    shape = (STEPS * BATCH_SIZE, IMAGE_SIZE, IMAGE_SIZE, 3)
    values = np.random.default_rng(0).uniform(0, 255, shape)
    return values.astype("float32")


def ours(dtype, *options):
    from keras_productgen.models import DCGAN

    if "stock" in options:
        use_stock_convolutions()
    model = DCGAN(
        image_size=IMAGE_SIZE, width=WIDTH, latent_dim=LATENT_DIM, dtype=dtype
    )
    model.compile(jit_compile=True if "xla" in options else "auto")
    data = images()
    return lambda: model.fit(data, batch_size=BATCH_SIZE, verbose=0)


def use_stock_convolutions():
    from keras import ops

    from keras_productgen import backend

    def conv2d(inputs, kernel, strides, padding):
        return ops.conv(inputs, kernel, strides, padding)

    def conv2d_transpose(inputs, kernel, strides, padding):
        return ops.conv_transpose(inputs, kernel, strides, padding)

    backend.conv2d, backend.conv2d_transpose = conv2d, conv2d_transpose


def plain_torch(*options):
    import contextlib

    import torch
    from torch import nn
    from torch.nn.functional import softplus

    widths = [WIDTH, 2 * WIDTH, 4 * WIDTH, 8 * WIDTH]
    generator = nn.Sequential(
        nn.Linear(LATENT_DIM, 4 * 4 * widths[3], bias=False),
        nn.Unflatten(1, (widths[3], 4, 4)),
        nn.BatchNorm2d(widths[3]),
        nn.ReLU(),
    )
    for inputs, outputs in ((3, 2), (2, 1), (1, 0)):
        generator.extend(
            [
                nn.ConvTranspose2d(
                    widths[inputs], widths[outputs], 4, 2, 1, bias=False
                ),
                nn.BatchNorm2d(widths[outputs]),
                nn.ReLU(),
            ]
        )
    generator.extend([nn.ConvTranspose2d(widths[0], 3, 4, 2, 1), nn.Tanh()])
    discriminator = nn.Sequential(
        nn.Conv2d(3, widths[0], 4, 2, 1), nn.LeakyReLU(0.2)
    )
    for inputs, outputs in ((0, 1), (1, 2), (2, 3)):
        discriminator.extend(
            [
                nn.Conv2d(widths[inputs], widths[outputs], 4, 2, 1, bias=False),
                nn.BatchNorm2d(widths[outputs]),
                nn.LeakyReLU(0.2),
            ]
        )
    discriminator.extend([nn.Flatten(), nn.Linear(4 * 4 * widths[3], 1)])
    d_optimizer, g_optimizer = (
        torch.optim.Adam(network.parameters(), 2e-4, (0.5, 0.999))
        for network in (discriminator, generator)
    )
    data = torch.from_numpy(images() / 127.5 - 1).permute(0, 3, 1, 2)
    data = data.contiguous()

    def precision():
        if "bfloat16" in options:
            return torch.autocast("cpu", torch.bfloat16)
        return contextlib.nullcontext()

    def epoch():
        for real in data.split(BATCH_SIZE):
            with precision():
                fake = generator(torch.randn(BATCH_SIZE, LATENT_DIM))
                d_loss = (
                    softplus(-discriminator(real)).mean()
                    + softplus(discriminator(fake.detach())).mean()
                )
            d_optimizer.zero_grad()
            d_loss.backward()
            d_optimizer.step()
            with precision():
                g_loss = softplus(-discriminator(fake)).mean()
            g_optimizer.zero_grad()
            g_loss.backward()
            g_optimizer.step()

    return epoch


def plain_tensorflow():
    import keras
    import tensorflow as tf
    from keras import layers

    def normalized(x, activation):
        return activation(layers.BatchNormalization(momentum=0.9)(x))

    latents = keras.Input((LATENT_DIM,))
    x = layers.Dense(4 * 4 * 8 * WIDTH, use_bias=False)(latents)
    x = layers.Reshape((4, 4, 8 * WIDTH))(x)
    x = normalized(x, layers.ReLU())
    for factor in (4, 2, 1):
        x = layers.Conv2DTranspose(
            factor * WIDTH, 4, 2, "same", use_bias=False
        )(x)
        x = normalized(x, layers.ReLU())
    x = layers.Conv2DTranspose(3, 4, 2, "same", activation="tanh")(x)
    generator = keras.Model(latents, x)

    pictures = keras.Input((IMAGE_SIZE, IMAGE_SIZE, 3))
    x = layers.Conv2D(WIDTH, 4, 2, "same")(pictures)
    x = layers.LeakyReLU(0.2)(x)
    for factor in (2, 4, 8):
        x = layers.Conv2D(factor * WIDTH, 4, 2, "same", use_bias=False)(x)
        x = normalized(x, layers.LeakyReLU(0.2))
    x = layers.Dense(1)(layers.Flatten()(x))
    discriminator = keras.Model(pictures, x)
    d_optimizer = keras.optimizers.Adam(2e-4, 0.5)
    g_optimizer = keras.optimizers.Adam(2e-4, 0.5)

    @tf.function
    def step(real):
        latents = tf.random.normal((BATCH_SIZE, LATENT_DIM))
        with tf.GradientTape() as g_tape:
            fake = generator(latents, training=True)
            with tf.GradientTape() as d_tape:
                d_loss = tf.reduce_mean(
                    tf.nn.softplus(-discriminator(real, training=True))
                ) + tf.reduce_mean(
                    tf.nn.softplus(
                        discriminator(tf.stop_gradient(fake), training=True)
                    )
                )
            weights = discriminator.trainable_variables
            d_optimizer.apply(d_tape.gradient(d_loss, weights), weights)
            g_loss = tf.reduce_mean(
                tf.nn.softplus(-discriminator(fake, training=True))
            )
        weights = generator.trainable_variables
        g_optimizer.apply(g_tape.gradient(g_loss, weights), weights)

    data = [
        tf.constant(batch) for batch in np.split(images() / 127.5 - 1, STEPS)
    ]

    def epoch():
        for batch in data:
            step(batch)

    return epoch


def serve(name, arguments):
    epoch = globals()[name](*arguments)
    for _ in range(2):
        epoch()
    print("ready", flush=True)
    for _ in sys.stdin:
        epoch()
        print("ready", flush=True)


if __name__ == "__main__":
    _, backend, contender, *arguments = sys.argv
    os.environ["KERAS_BACKEND"] = backend
    serve(contender, arguments)
