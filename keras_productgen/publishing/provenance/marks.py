"""What a picture may be marked with, beside its label."""

from keras_productgen.publishing.provenance.aigc import AIGC
from keras_productgen.publishing.provenance.record import identity


def checked_marks(aigc=None, visible_mark=False, watermark_key=None):
    """Returns a dict of the three, as `label` takes them.

    Raises:
        ValueError: if `aigc` is no `AIGC`, or the key no text.
    """
    if aigc is not None and not isinstance(aigc, AIGC):
        raise ValueError(
            f"`aigc` must be a `publishing.AIGC`. Received: aigc={aigc!r}"
        )
    # Keys are secrets: what came is not said.
    if watermark_key is not None and not isinstance(watermark_key, str):
        kind = type(watermark_key).__name__
        raise ValueError(f"`watermark_key` must be a str. Received: a {kind}")
    return {
        "aigc": aigc,
        "visible_mark": bool(visible_mark),
        "watermark_key": watermark_key,
    }


def described(marks):
    """Plain values of marks, by which a later run knows them, not the key.

    Args:
        marks: dict, as of `checked_marks`.
    """
    aigc, key = marks["aigc"], marks["watermark_key"]
    return {
        "aigc": None if aigc is None else aigc.to_dict(),
        "visible_mark": marks["visible_mark"],
        "watermark": None if key is None else identity(key)[:16],
    }
