"""What edits refuse, said once."""

import math

import numpy as np


def checked_number(name, value, least=-math.inf, most=math.inf):
    """Returns a setting as a float.

    Raises:
        ValueError: if it is no finite number from `least` to `most`.
    """
    try:
        number = float(value)
    except (TypeError, ValueError):
        number = math.nan
    if not (least <= number <= most and math.isfinite(number)):
        low = "" if least == -math.inf else f" of at least {least:g}"
        high = "" if most == math.inf else f" of at most {most:g}"
        joined = low + (" and" if low and high else "") + high
        raise ValueError(
            f"`{name}` must be a finite number{joined}. "
            f"Received: {name}={value!r}"
        )
    return number


def checked_whole(name, value, least=1):
    """Returns a setting as an int.

    Raises:
        ValueError: if it is no whole number of at least `least`.
    """
    number = checked_number(name, value, least)
    if not number.is_integer():
        raise ValueError(
            f"`{name}` must be a whole number. Received: {name}={value!r}"
        )
    return int(number)


def checked_pair(name, value, least=-math.inf):
    """Returns a pair of whole numbers, rows first, as ints.

    Raises:
        ValueError: if it is no such pair.
    """
    parts = np.asarray(value, dtype=object)
    if parts.shape != (2,):
        raise ValueError(
            f"`{name}` must be two whole numbers, rows and columns. "
            f"Received: {name}={value!r}"
        )
    first, second = (checked_whole(name, part, least) for part in parts)
    return first, second


def checked_mask(mask, size, name="mask"):
    """Returns a mask as float32 `(height, width)` in `[0, 1]`.

    Args:
        mask: array `(height, width)`: bool, uint8 0-255, or floats in `[0, 1]`.
        size: pair, the height and width it must have.
        name: str, what messages call it.

    Raises:
        ValueError: if it has another size or other values.
    """
    mask = np.asarray(mask)
    if mask.shape != tuple(size):
        raise ValueError(
            f"`{name}` must be as large as the image, {tuple(size)}. "
            f"Received: {name}.shape={mask.shape}"
        )
    if mask.dtype == np.uint8:
        return mask.astype("float32") / np.float32(255.0)
    values = mask.astype("float32")
    if not (
        np.isfinite(values).all() and 0 <= values.min() <= values.max() <= 1
    ):
        raise ValueError(
            f"`{name}` must be bool, uint8, or floats in [0, 1]. Received: "
            f"values from {values.min():g} to {values.max():g}"
        )
    return values


def checked_background(background, channels):
    """Returns a colour of margins as uint8 `(channels,)`.

    It is a grey or an RGB tuple, 0-255. A fourth channel is transparent.

    Raises:
        ValueError: if it is none of these.
    """
    values = np.atleast_1d(np.asarray(background, "float32"))
    fits = values.shape in ((1,), (3,)) and np.isfinite(values).all()
    if not fits or values.min() < 0 or values.max() > 255:
        raise ValueError(
            "`background` must be a grey or an RGB tuple, 0-255. "
            f"Received: background={background!r}"
        )
    if channels == 1 and values.size == 3:
        raise ValueError(
            "`background` must be a grey, for the picture is grey. "
            f"Received: background={background!r}"
        )
    colors = np.broadcast_to(values, (min(channels, 3),))
    return np.append(colors, [0] * (channels == 4)).round().astype("uint8")
