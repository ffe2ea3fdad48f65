"""What names and codes of colours mean, as sRGB."""

from keras_productgen.conditions.color_names import CLOTH
from keras_productgen.conditions.color_names import CSS


def cloth_color(text):
    """As `color`, but names mean what products have.

    CSS' navy is purer than any cloth; a model has never seen it, and photos
    that are dyed with it look false.
    """
    name = text.strip().lower().replace("-", " ")
    name = name.replace("gray", "grey")
    return CLOTH[name][1] if name in CLOTH else color(text)


def color(text):
    """Turns `#aa3344`, or the name of a colour, into sRGB in `[0, 1]`.

    Raises:
        ValueError: if it is neither.
    """
    name = text.strip().lower()
    _, digits = CSS.get(name.replace("-", " "), ("", name))
    try:
        channels = bytes.fromhex(digits.removeprefix("#"))
    except ValueError:
        channels = b""
    if len(channels) != 3:
        raise ValueError(
            "A colour must be a name such as navy, or a code such as "
            f"'#1f4e79'. Received: {text!r}"
        )
    return tuple(channel / 255 for channel in channels)
