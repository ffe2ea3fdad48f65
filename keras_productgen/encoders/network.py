import keras
from keras import layers


def product_encoder(
    image_size=64, widths=(24, 48, 80, 104), mean=0.0, variance=1.0
):
    """A small residual network from pictures to feature vectors.

    The features are the means of the feature maps of all stages but the first:
    the early ones know blur, noise and texture, the last one knows shapes.

    Args:
        image_size: int, to which pictures of any size are brought inside.
        widths: tuple of ints, number of filters of the stages, each at half the
            size of the one before.
        mean: float or sequence of `sum(widths[1:])` floats, subtracted from the
            features.
        variance: float or sequence of `sum(widths[1:])` floats; the features
            are divided by its root.

    Returns:
        `keras.Model` from pictures `(batch, height, width, 3)` with values
        0-255 to float32 features `(batch, sum(widths[1:]))`.

    Reference:
    - [He et al., 2016](https://arxiv.org/abs/1603.05027)
    """
    images = keras.Input((None, None, 3), name="images", dtype="float32")
    x = layers.Resizing(image_size, image_size, antialias=True)(images)
    x = layers.Rescaling(1.0 / 127.5, offset=-1.0)(x)
    x = _normalized_convolution(x, widths[0], strides=2)
    means = []
    for filters in widths[1:]:
        x = _normalized_convolution(x, filters, strides=2)
        x = _residual_block(x, filters)
        pooled = layers.GlobalAveragePooling2D(dtype="float32")(x)
        means.append(pooled)
    features = layers.Concatenate(dtype="float32")(means)
    features = layers.Normalization(
        mean=mean, variance=variance, dtype="float32", name="features"
    )(features)
    return keras.Model(images, features, name="product_encoder")


def _residual_block(x, filters):
    residual = _normalized_convolution(x, filters)
    residual = layers.Conv2D(filters, 3, padding="same")(residual)
    return layers.Add()([x, residual])


def _normalized_convolution(x, filters, strides=1):
    x = layers.Conv2D(filters, 3, strides, "same", use_bias=False)(x)
    return layers.ReLU()(layers.BatchNormalization(momentum=0.9)(x))
