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


def check_values(lowest, highest, value_range, name="images", margin=0.5):
    """Refuses pictures whose values plainly are not in `value_range`.

    Plainly: all within 1 of black where the range is far wider, or beyond it by
    more than the margin.

    Args:
        lowest: the smallest value of the pictures.
        highest: the largest.
        value_range: pair of floats, the values of black and white.
        name: str, what the message calls the pictures.
        margin: float, by what part of the range they may lie beyond it. By
            default a half: filters overshoot by less.
    """
    low, high = value_range
    slack = margin * (high - low)
    squeezed = high - low > 2.0 and lowest < highest <= low + 1.0
    if squeezed or lowest < low - slack or highest > high + slack:
        other = "(-1, 1)" if lowest < low else "(0, 1)"
        raise ValueError(
            f"`{name}` must have values in value_range={value_range}; for "
            f"others say `value_range={other if squeezed else (0, 255)}`, or "
            f"what they have. Received: {name} with values from {lowest:g} to "
            f"{highest:g}"
        )
