"""From a small picture to the curves that mend its colours."""

import keras

from keras_productgen import layers
from keras_productgen.layers.tone_curves import NUM_PARAMETERS
from keras_productgen.models.restoration.whole_image_restoration import SIDE


def curve_parameters(width):
    """Returns a network from whole pictures to parameters of `ToneCurves`.

    Without normalization: it would take away what is to be seen, how bright
    a picture is. It begins with curves that change next to nothing.

    Args:
        width: int, number of filters of the first convolution.
    """
    wholes = keras.Input((SIDE, SIDE, 3))
    x = wholes
    for filters in (width, 2 * width, 4 * width, 4 * width):
        x = layers.Conv2D(filters, 3, strides=2, padding="same")(x)
        x = keras.layers.LeakyReLU(0.1)(x)
    x = keras.layers.Concatenate()(
        [
            keras.layers.GlobalAveragePooling2D()(x),
            keras.layers.GlobalMaxPooling2D()(x),
        ]
    )
    x = keras.layers.Dense(8 * width)(x)
    x = keras.layers.LeakyReLU(0.1)(x)
    parameters = keras.layers.Dense(
        NUM_PARAMETERS,
        kernel_initializer=keras.initializers.RandomNormal(stddev=1e-3),
        dtype="float32",
    )(x)
    return keras.Model(wholes, parameters, name="curve_parameters")
