"""Which tables and keys a profile may hold, and their values."""

import dataclasses

from PIL import Image


@dataclasses.dataclass(frozen=True)
class Number:
    """A number between two ends.

    Args:
        low: float, the least it may be.
        high: float, the most.
        whole: bool, whether it must be an int.
    """

    low: float
    high: float
    whole: bool = False

    def check(self, value):
        """Returns what must hold where it does not, else None."""
        kinds = int if self.whole else (int, float)
        fits = isinstance(value, kinds) and not isinstance(value, bool)
        if fits and self.low <= value <= self.high:
            return None
        kind = "an int" if self.whole else "a number"
        return f"must be {kind} from {self.low:g} to {self.high:g}"


@dataclasses.dataclass(frozen=True)
class Words:
    """A list of words out of some.

    Args:
        choices: tuple of str.
    """

    choices: tuple

    def check(self, value):
        listed = isinstance(value, list) and value
        if listed and all(word in self.choices for word in value):
            return None
        return f"must be a list of words out of {sorted(self.choices)}"


class Flag:
    """True or false."""

    def check(self, value):
        return None if isinstance(value, bool) else "must be true or false"


class Color:
    """Red, green and blue, ints 0-255."""

    def check(self, value):
        part = Number(0, 255, whole=True)
        right = isinstance(value, list) and len(value) == 3
        if right and not any(map(part.check, value)):
            return None
        return "must be [red, green, blue], ints from 0 to 255"


class Level:
    """What a rule that is not kept amounts to."""

    def check(self, value):
        if value in ("fail", "warn"):
            return None
        return "must be 'fail' or 'warn'"


# Pillow's names, as far as this package reads and writes them.
TYPES = ("JPEG", "PNG", "WEBP", "GIF", "TIFF", "BMP", "AVIF")
SHARE = Number(0.0, 1.0)
PIXELS = Number(1, Image.MAX_IMAGE_PIXELS, whole=True)
COMMON = {"stated": Flag(), "level": Level(), "checked": Flag()}
NEEDED = {
    "background": ("color", "tolerance", "share"),
    "fill": ("least", "most"),
    "centring": ("most",),
    "pixels": (),
    "aspect": ("least", "most"),
    "file": (),
    "color_space": ("allowed",),
    "transparency": ("allowed",),
    "border": (),
    "text": (),
    "sharpness": ("least",),
    "exposure": ("most_clipped", "darkest", "brightest"),
    "products": ("most",),
    "cut_off": ("most",),
}
FIELDS = {
    "background": {
        "color": Color(),
        "tolerance": Number(0, 255, whole=True),
        "share": SHARE,
    },
    "fill": {"least": SHARE, "most": SHARE},
    "centring": {"most": SHARE},
    "pixels": {
        "least_short": PIXELS,
        "least_long": PIXELS,
        "wanted_long": PIXELS,
        "most_long": PIXELS,
        "most_megapixels": Number(0.001, 1000.0),
    },
    "aspect": {"least": Number(0.01, 100.0), "most": Number(0.01, 100.0)},
    "file": {"types": Words(TYPES), "most_megabytes": Number(0.001, 1000.0)},
    "color_space": {"allowed": Words(("sRGB", "RGB", "CMYK", "GRAY", "LAB"))},
    "transparency": {"allowed": Flag()},
    "border": {},
    "text": {},
    "sharpness": {"least": Number(0.0, 0.5)},
    "exposure": {
        "most_clipped": SHARE,
        "darkest": Number(0, 255),
        "brightest": Number(0, 255),
    },
    "products": {"most": Number(1, 100, whole=True)},
    "cut_off": {"most": SHARE},
}
