"""The usual Keras DCGAN tutorials, typed anew: what people start from.

Layers, losses, optimizers and rates are those of the tutorials. So that both
make 32 pixels, keras.io's, which makes 64, starts at 4 x 4 and not at 8 x 8,
and tensorflow.org's at 8 x 8 and not at 7 x 7.
"""

import keras
import numpy as np
import tensorflow as tf
from keras import layers

SIZE = 32


class Tutorial(keras.Model):
    """A tutorial's training loop, and what the benchmark asks of a model."""

    image_shape = (SIZE, SIZE, 3)
    value_range = (0, 255)

    def compile(self):
        super().compile()
        self.d_optimizer = keras.optimizers.Adam(1e-4)
        self.g_optimizer = keras.optimizers.Adam(1e-4)
        self.loss_fn = keras.losses.BinaryCrossentropy(
            from_logits=self.from_logits
        )

    def generate(self, num_images, seed=0, conditions=None):
        latents = np.random.default_rng(seed).standard_normal(
            (num_images, self.latent_dim)
        )
        made = self.generator.predict(latents, verbose=0)
        low, high = self.network_range
        return np.clip((made - low) / (high - low), 0.0, 1.0) * 255.0


class KerasIO(Tutorial):
    """keras.io, "DCGAN to generate face images"."""

    latent_dim = 128
    network_range = (0.0, 1.0)
    from_logits = False

    def __init__(self):
        super().__init__()
        self.discriminator = keras.Sequential([keras.Input((SIZE, SIZE, 3))])
        for filters in (64, 128, 128):
            self.discriminator.add(layers.Conv2D(filters, 4, 2, "same"))
            self.discriminator.add(layers.LeakyReLU(negative_slope=0.2))
        for layer in (layers.Flatten(), layers.Dropout(0.2)):
            self.discriminator.add(layer)
        self.discriminator.add(layers.Dense(1, activation="sigmoid"))
        self.generator = keras.Sequential(
            [
                keras.Input((self.latent_dim,)),
                layers.Dense(SIZE * SIZE // 64 * 128),
                layers.Reshape((SIZE // 8, SIZE // 8, 128)),
            ]
        )
        for filters in (128, 256, 512):
            self.generator.add(layers.Conv2DTranspose(filters, 4, 2, "same"))
            self.generator.add(layers.LeakyReLU(negative_slope=0.2))
        self.generator.add(
            layers.Conv2D(3, 5, padding="same", activation="sigmoid")
        )

    def train_step(self, images):
        images = images / 255.0
        count = tf.shape(images)[0]
        latents = tf.random.normal((count, self.latent_dim))
        both = tf.concat([self.generator(latents), images], axis=0)
        labels = tf.concat([tf.ones((count, 1)), tf.zeros((count, 1))], axis=0)
        labels += 0.05 * tf.random.uniform(tf.shape(labels))
        weights = self.discriminator.trainable_weights
        with tf.GradientTape() as tape:
            judged = self.discriminator(both, training=True)
            d_loss = self.loss_fn(labels, judged)
        self.d_optimizer.apply(tape.gradient(d_loss, weights), weights)
        latents = tf.random.normal((count, self.latent_dim))
        weights = self.generator.trainable_weights
        with tf.GradientTape() as tape:
            judged = self.discriminator(self.generator(latents, training=True))
            g_loss = self.loss_fn(tf.zeros((count, 1)), judged)
        self.g_optimizer.apply(tape.gradient(g_loss, weights), weights)
        return {"d_loss": d_loss, "g_loss": g_loss}


class TensorFlowOrg(Tutorial):
    """tensorflow.org, "Deep Convolutional Generative Adversarial Network"."""

    latent_dim = 100
    network_range = (-1.0, 1.0)
    from_logits = True

    def __init__(self):
        super().__init__()
        quarter = SIZE // 4
        self.generator = keras.Sequential(
            [
                keras.Input((self.latent_dim,)),
                layers.Dense(quarter * quarter * 256, use_bias=False),
                layers.BatchNormalization(),
                layers.LeakyReLU(),
                layers.Reshape((quarter, quarter, 256)),
            ]
        )
        for filters, strides in ((128, 1), (64, 2)):
            self.generator.add(
                layers.Conv2DTranspose(
                    filters, 5, strides, "same", use_bias=False
                )
            )
            self.generator.add(layers.BatchNormalization())
            self.generator.add(layers.LeakyReLU())
        self.generator.add(
            layers.Conv2DTranspose(
                3, 5, 2, "same", use_bias=False, activation="tanh"
            )
        )
        self.discriminator = keras.Sequential([keras.Input((SIZE, SIZE, 3))])
        for filters in (64, 128):
            self.discriminator.add(layers.Conv2D(filters, 5, 2, "same"))
            self.discriminator.add(layers.LeakyReLU())
            self.discriminator.add(layers.Dropout(0.3))
        self.discriminator.add(layers.Flatten())
        self.discriminator.add(layers.Dense(1))

    def train_step(self, images):
        images = (images - 127.5) / 127.5
        latents = tf.random.normal((tf.shape(images)[0], self.latent_dim))
        with tf.GradientTape() as d_tape, tf.GradientTape() as g_tape:
            made = self.generator(latents, training=True)
            real = self.discriminator(images, training=True)
            fake = self.discriminator(made, training=True)
            g_loss = self.loss_fn(tf.ones_like(fake), fake)
            d_loss = self.loss_fn(tf.ones_like(real), real)
            d_loss += self.loss_fn(tf.zeros_like(fake), fake)
        for tape, loss, network, optimizer in (
            (g_tape, g_loss, self.generator, self.g_optimizer),
            (d_tape, d_loss, self.discriminator, self.d_optimizer),
        ):
            weights = network.trainable_weights
            optimizer.apply(tape.gradient(loss, weights), weights)
        return {"d_loss": d_loss, "g_loss": g_loss}
