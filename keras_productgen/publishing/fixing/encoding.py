"""Files of a type and a size that a profile allows."""

import bisect
import functools

from keras_productgen import images

SUFFIXES = {"JPEG": ".jpg", "PNG": ".png", "WEBP": ".webp"}
# Bytes that are left free for a label.
LABEL = 8192
QUALITIES = range(60, 96)


def choose_type(rules, came_as):
    """The type of the file: as it came, if that is allowed and written here.

    Args:
        rules: dict, those of a profile.
        came_as: optional str, Pillow's name of the type of the file that came.
    """
    allowed = rules.get("file", {}).get("types", [*SUFFIXES])
    for kind in (came_as, *SUFFIXES):
        if kind in allowed and kind in SUFFIXES:
            return kind
    raise ValueError(
        f"A profile must allow one of {[*SUFFIXES]} to be written. "
        f"Received: file.types={allowed}"
    )


def encode_within(image, kind, rules):
    """Returns `(data, kind, quality)` of the best file that is small enough.

    JPEG and WebP files are searched for the best quality from 60 to 95 that
    fits; a PNG that does not fit becomes a JPEG where that is allowed and
    nothing is transparent. What still is too large stays so.
    """
    rule = rules.get("file", {})
    most = rule.get("most_megabytes", float("inf")) * 1e6
    most = max(most - LABEL, 0.9 * most)
    if kind in ("JPEG", "WEBP"):
        return _best_quality(image, kind, most)
    data = images.encode(image, kind)
    opaque = image.ndim < 3 or image.shape[-1] == 3
    if len(data) > most and opaque and "JPEG" in rule.get("types", ["JPEG"]):
        return _best_quality(image, "JPEG", most)
    return data, kind, None


def _best_quality(image, kind, most):
    @functools.cache
    def encoded(quality):
        return images.encode(image, kind, quality=quality)

    best = QUALITIES[-1]
    if len(encoded(best)) > most:
        too_large = bisect.bisect_left(
            QUALITIES, True, key=lambda quality: len(encoded(quality)) > most
        )
        best = QUALITIES[max(0, too_large - 1)]
    return encoded(best), kind, best
