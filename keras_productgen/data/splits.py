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


def part_of(key, shares):
    """Returns the part of a picture, or of its group, out of several.

    Args:
        key: Name of the picture, or of its group.
        shares: Dict of the names of parts to shares that sum to 1.
    """
    place, edge = position(key), 0.0
    for part, share in shares.items():
        edge += share
        if place < edge:
            return part
    # Rounding may leave the sum a little below 1.
    return [part for part, share in shares.items() if share > 0][-1]


def distance_to(key, part, shares):
    """How far a key's position is from the range of a part; 0 within it."""
    names = list(shares)
    low = sum(shares[name] for name in names[: names.index(part)])
    high = low + shares[part]
    return max(low - position(key), position(key) - high, 0.0)


def check_shares(shares):
    """Refuses shares that are negative or do not sum to 1."""
    good = all(0 <= share <= 1 for share in shares.values())
    if not good or abs(sum(shares.values()) - 1) > 1e-6:
        raise ValueError(
            "The shares must not be negative, and sum to 1. "
            f"Received: {', '.join(f'{k}={v}' for k, v in shares.items())}"
        )


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
