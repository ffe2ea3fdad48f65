"""Numbers and colours as the page writes them."""

import math


def number(value):
    if value is None:
        return "–"
    return f"{value:#.3g}".rstrip(".").replace("-", "−")


def percent(share):
    return "–" if share is None else f"{100 * share:.1f} %"


def interval(pair):
    """`(low, high)` in words, as two minus signs would be hard to read."""
    if pair is None:
        return "–"
    return f"{number(pair[0])} to {number(pair[1])}"


def percents(pair):
    return f"{percent(pair[0])} to {percent(pair[1])}"


def give_or_take(value, deviation):
    """A value with its deviation, no more digits than that allows."""
    if not deviation > 0.0:
        return number(value)
    digits = max(0, 1 - math.floor(math.log10(deviation)))
    # Adding zero makes a plain zero of the negative one.
    rounded = round(value, digits) + 0.0
    text = f"{rounded:.{digits}f} ± {deviation:.{digits}f}"
    return text.replace("-", "−")


def hexadecimal(color):
    """An sRGB colour in `[0, 1]` as `#rrggbb`."""
    return "#" + bytes(round(255 * min(max(c, 0), 1)) for c in color).hex()
