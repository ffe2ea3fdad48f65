"""How many pixels a profile asks for."""

import math


def wanted_size(size, rule, upscale):
    """Returns the `(height, width)` to scale to, or None to leave it.

    Args:
        size: `(height, width)`.
        rule: optional dict, the rule of pixels of a profile.
        upscale: bool, whether it may become larger.
    """
    if rule is None:
        return None
    height, width = size
    short, long = min(size), max(size)
    least = max(
        rule.get("least_short", 0) / short, rule.get("least_long", 0) / long
    )
    most = min(
        rule.get("most_long", math.inf) / long,
        math.sqrt(rule.get("most_megapixels", math.inf) * 1e6 / height / width),
    )
    if least > most:
        return None
    if most < 1.0:
        return _scaled(size, most, math.floor)
    wanted = min(max(least, rule.get("wanted_long", 0) / long), most)
    if upscale and wanted > 1.0:
        return _scaled(size, wanted, math.ceil)
    return None


def _scaled(size, scale, whole):
    # A hair, against 999.9999999 pixels.
    hair = 1e-9 if whole is math.floor else -1e-9
    return tuple(max(1, whole(side * scale + hair)) for side in size)
