import keras
from keras import layers


def vanilla_generator(image_size, latent_dim, width):
    image_shape = (image_size, image_size, 3)
    latents = keras.Input((latent_dim,), name="latents")
    x = layers.Dense(width)(latents)
    x = layers.LeakyReLU(0.2)(x)
    x = layers.Dense(2 * width)(x)
    x = layers.LeakyReLU(0.2)(x)
    x = layers.Dense(4 * width)(x)
    x = layers.LeakyReLU(0.2)(x)
    x = layers.Dense(image_size * image_size * 3)(x)
    x = layers.Reshape(image_shape)(x)
    images = layers.Activation("tanh", dtype="float32")(x)
    return keras.Model(latents, images, name="generator")


def vanilla_discriminator(image_size, filters):
    images = keras.Input((image_size, image_size, 3), name="images")
    x = layers.Conv2D(filters, 3, padding="same")(images)
    x = layers.LeakyReLU(0.2)(x)
    x = layers.MaxPooling2D(2)(x)
    x = layers.Flatten()(x)
    logits = layers.Dense(1, dtype="float32")(x)
    return keras.Model(images, logits, name="discriminator")
