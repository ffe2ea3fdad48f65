"""The network of a judge: an encoder that goes on learning."""

import keras
from keras import layers

from keras_productgen import encoders
from keras_productgen.augmentation import RandomAffine

SIZE = 64


def judging_network(sizes, encoder=None, movement=0.25, vectors=None):
    """A copy of the encoder with a layer on top for each condition.

    Args:
        sizes: dict from the name of a condition to its number of values.
        encoder: see `fit_judge`, as `movement`.
        vectors: optional dict from the name of a vector to arrays of its
            components' means and deviations.
    """
    encoder = encoder or encoders.load()
    body = keras.models.clone_model(encoder)
    body.set_weights(encoder.get_weights())
    # `body.trainable` is True already, and setting it changes no layer.
    for layer in body.layers:
        layer.trainable = True
    images = keras.Input((None, None, 3), name="images")
    x = layers.Resizing(SIZE, SIZE, antialias=True)(images)
    if movement:
        x = RandomAffine(
            rotation_factor=0.03 * movement,
            height_factor=0.125 * movement,
            width_factor=0.125 * movement,
            zoom_factor=0.125 * movement,
            horizontal_flip=not vectors,
            fill_mode="nearest",
        )(x)
    x = body(x)
    features = layers.Dropout(0.2)(x)
    outputs = {
        name: layers.Dense(n, name=name)(features) for name, n in sizes.items()
    }
    for name, (means, deviations) in (vectors or {}).items():
        x = layers.Dense(len(means))(features)
        outputs[name] = layers.Rescaling(
            deviations.tolist(), means.tolist(), name=name
        )(x)
    return keras.Model(images, outputs, name="judge")


def judging_losses(sizes, vectors):
    """What each output of the network learns by; see `judging_network`."""
    likelihood = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    return dict.fromkeys(sizes, likelihood) | {
        name: _error_in_deviations(deviations)
        for name, (_, deviations) in vectors.items()
    }


def _error_in_deviations(deviations):
    def error(true, found):
        return keras.ops.mean(((true - found) / deviations) ** 2, axis=-1)

    return error
