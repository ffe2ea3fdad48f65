import keras
from keras import layers

from keras_productgen.models.conditional_networks import spectral_features


def auxiliary_discriminator(
    image_size, width, categories, vectors, attention=()
):
    """From images to `logits`, and to a guess at each condition by its name."""
    images = keras.Input((image_size, image_size, 3), name="images")
    features = spectral_features(images, image_size, width, attention)
    sizes = {"logits": 1, **categories, **vectors}
    outputs = {
        name: layers.Dense(size, dtype="float32", name=name)(features)
        for name, size in sizes.items()
    }
    return keras.Model(images, outputs, name="discriminator")
