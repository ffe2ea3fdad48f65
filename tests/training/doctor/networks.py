"""Models of a few layers, whose networks may be given."""

import keras
from keras import layers

from keras_productgen.models.gan import AdversarialModel

SIZE, LATENTS = 16, 8


class TinyGAN(AdversarialModel):
    """A GAN of given networks, from 8 latents to 16 x 16 pictures."""

    def __init__(self, generator=None, discriminator=None, **kwargs):
        super().__init__(SIZE, LATENTS, width=8, **kwargs)
        self.set_networks(
            generator or tiny_generator(), discriminator or tiny_discriminator()
        )


def tiny_generator(activation="relu", last="tanh", depth=0, momentum=0.9):
    latents = keras.Input((LATENTS,))
    x = layers.Dense(4 * 4 * 16)(latents)
    for _ in range(depth):
        x = layers.Dense(4 * 4 * 16, activation=activation)(x)
    x = layers.Reshape((4, 4, 16))(x)
    for filters in (16, 8):
        x = layers.Conv2DTranspose(filters, 4, 2, "same")(x)
        if momentum:
            x = layers.BatchNormalization(momentum=momentum)(x)
        x = layers.Activation(activation)(x)
    images = layers.Conv2D(3, 3, padding="same", activation=last)(x)
    return keras.Model(latents, images, name="generator")


def tiny_discriminator(middle=None, width=16):
    """With another layer, or a function of tensors, in its middle."""
    images = keras.Input((SIZE, SIZE, 3))
    x = layers.Conv2D(width, 4, 2, "same")(images)
    x = layers.LeakyReLU(0.2)(x)
    x = layers.Conv2D(2 * width, 4, 2, "same")(x)
    x = layers.LeakyReLU(0.2)(x)
    if middle is not None:
        x = middle(x)
    logits = layers.Dense(1, name="logits")(layers.Flatten()(x))
    return keras.Model(images, logits, name="discriminator")


def colors():
    """An encoder that takes next to no time: mean colours."""
    images = keras.Input((None, None, 3))
    means = layers.GlobalAveragePooling2D()(images / 64.0)
    return keras.Model(images, means)
