"""Which pictures train and which validate, decided by their names alone."""

import hashlib
import unicodedata


def position(key):
    """Returns a number in [0, 1) that depends on nothing but the text `key`.

    The same text written in composed and decomposed Unicode, as macOS and
    Linux store file names, has the same position.
    """
    text = unicodedata.normalize("NFC", str(key))
    digest = hashlib.blake2b(text.encode("utf-8", "surrogateescape"))
    return int.from_bytes(digest.digest()[:8], "big") / 2**64


def in_subset(key, subset, validation_split):
    """Whether a picture, or the group it belongs to, lies in a subset.

    A picture keeps its side when others come or go: every key is put to its
    side alone. The shares are therefore met on average, not exactly.

    Args:
        key: Name of the picture, or of its group: groups stay together.
        subset: `"training"`, `"validation"`, or `None` for all pictures.
        validation_split: Share of the keys that validate, in (0, 1).
    """
    if subset is None:
        return True
    return (position(key) < validation_split) == (subset == "validation")


def check(validation_split, subset, subsets=("training", "validation", "both")):
    """Refuses a split that says only half of what it means."""
    if (validation_split is None) != (subset is None):
        raise ValueError(
            "`validation_split` and `subset` must be given together. "
            f"Received: validation_split={validation_split}, subset={subset!r}"
        )
    if subset is None:
        return
    if subset not in subsets:
        raise ValueError(
            f"`subset` must be one of {subsets}. Received: subset={subset!r}"
        )
    if not 0 < validation_split < 1:
        raise ValueError(
            "`validation_split` must lie between 0 and 1. "
            f"Received: validation_split={validation_split}"
        )
