"""What names and codes of colours mean, as sRGB."""

from keras_productgen.conditions.color_names import CLOTH
from keras_productgen.conditions.color_names import CSS


def cloth_color(text):
    """As `color`, but names mean what products have.

    CSS' navy is purer than any cloth; a model has never seen it, and photos
    that are dyed with it look false.
    """
    name = _joined(text)
    return _CLOTH_VALUES[name] if name in _CLOTH_VALUES else color(text)


def color(text):
    """Turns `#aa3344`, `#a34`, or the name of a colour, into sRGB in `[0, 1]`.

    Names are CSS', with blanks, hyphens or neither, gray or grey; or Chinese,
    such as 藏青色.

    Raises:
        ValueError: if it is none of these.
    """
    code = text.strip().lower()
    digits = _CSS_CODES.get(_joined(text), code).removeprefix("#")
    if code.startswith("#") and len(digits) == 3:
        digits = "".join(2 * digit for digit in digits)
    try:
        channels = bytes.fromhex(digits)
    except ValueError:
        channels = b""
    if len(channels) != 3:
        raise ValueError(
            "A colour must be a name such as navy, or a code such as "
            f"'#1f4e79'. Received: {text!r}"
        )
    return tuple(channel / 255 for channel in channels)


def _joined(name):
    """A name as CSS writes it: in small letters, without blanks."""
    words = name.lower().replace("-", " ").split()
    return "".join(words).replace("grey", "gray")


def _by_either_name(names):
    """A dict from English names, joined, and Chinese ones, to the values."""
    chinese = {word: value for word, value in names.values()}
    english = {_joined(name): value for name, (_, value) in names.items()}
    return chinese | english


_CSS_CODES = _by_either_name(CSS)
_CLOTH_VALUES = _by_either_name(CLOTH)
