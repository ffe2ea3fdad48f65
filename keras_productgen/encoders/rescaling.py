import keras


def rescaled(encoder, value_range):
    """Returns `encoder`, which takes 0-255, for pictures in `value_range`."""
    low, high = check_value_range(value_range)
    if (low, high) == (0, 255):
        return encoder
    images = keras.Input((None, None, 3), name="images", dtype="float32")
    scale = 255.0 / (high - low)
    bytes_like = keras.layers.Rescaling(scale, offset=-low * scale)(images)
    model = keras.Model(images, encoder(bytes_like), name=encoder.name)
    model.trainable = False
    return model


def check_value_range(value_range):
    """Returns `value_range`; refuses what is not a pair that rises."""
    if len(value_range) != 2 or not value_range[0] < value_range[1]:
        raise ValueError(
            "`value_range` must be the values of black and of white, such as "
            f"(0, 255). Received: value_range={value_range}"
        )
    return value_range
