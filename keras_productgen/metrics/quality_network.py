import keras
from keras import layers

DAMAGES = ("blur", "noise", "jpeg", "dark")


def quality_network(widths=(16, 32, 48, 64)):
    """A small network from pictures to the strengths of their damages.

    It works at the picture's own resolution, for blur, noise and blocks are
    matters of pixels, and takes the mean and the largest value of its last
    maps: blur must be seen at edges, which a picture has few of.

    Args:
        widths: tuple of ints, number of filters of the stages, each but the
            first at half the size of the one before.

    Returns:
        `keras.Model` from RGB pictures `(batch, height, width, 3)` with values
        0-255 to float32 strengths `(batch, 4)` in [0, 1], in the order of
        `DAMAGES`.
    """
    images = keras.Input((None, None, 3), name="images", dtype="float32")
    x = layers.Rescaling(1.0 / 127.5, offset=-1.0)(images)
    x = _normalized_convolution(x, widths[0])
    for filters in widths[1:]:
        x = _normalized_convolution(x, filters, strides=2)
        residual = _normalized_convolution(x, filters)
        x = layers.Add()([x, residual])
    pooled = layers.Concatenate()(
        [layers.GlobalAveragePooling2D()(x), layers.GlobalMaxPooling2D()(x)]
    )
    hidden = layers.Dense(48, "relu")(pooled)
    strengths = layers.Dense(
        len(DAMAGES), "sigmoid", dtype="float32", name="strengths"
    )(hidden)
    return keras.Model(images, strengths, name="quality_network")


def _normalized_convolution(x, filters, strides=1):
    x = layers.Conv2D(filters, 3, strides, "same", use_bias=False)(x)
    return layers.ReLU()(layers.BatchNormalization(momentum=0.9)(x))
