"""Pairs of pictures of which it is known which one looks less changed.

Nobody was asked. The order follows from how the pictures were made:

- strength: the same damage, weaker and stronger;
- strength, shifted: the weaker one is moved by a pixel or two as well, which
  nobody minds and pixel by pixel comparison does;
- harmless: a shift or a little more light, against a damage that changes the
  pixels by the same mean square;
- other product: a damaged picture against one of another product.
"""

import typing

import numpy as np
from damages import shift
from damages import within

# Where a little of it is no worse than a harmless change.
UNSEEN = {"warp", "dark", "fade", "ghost"}
KINDS = ("strength", "strength, shifted", "harmless", "other product")


class Pair(typing.NamedTuple):
    """Two changed pictures of one reference; `more` looks further from it."""

    reference: np.ndarray
    less: np.ndarray
    more: np.ndarray
    kind: str
    damage: str


def pairs_of(pictures, damages, seed=0, rounds=3):
    """Pairs for each picture: `rounds` of each kind but the last, one of that.

    Args:
        pictures: array `(num_pictures, height, width, 3)`, values 0-255.
        damages: functions as in `damages.py`.
        seed: int.
        rounds: int.

    Returns:
        List of `Pair`, pictures uint8.
    """
    generator = np.random.default_rng(seed)
    seen = [damage for damage in damages if damage.__name__ not in UNSEEN]
    pairs = []
    for place, picture in enumerate(pictures):
        reference = picture.astype("float32")
        other = place + 1 + generator.integers(len(pictures) - 1)
        other = pictures[other % len(pictures)]
        for _ in range(rounds):
            damage = damages[generator.integers(len(damages))]
            pairs.append(by_strength(reference, damage, generator))
            damage = damages[generator.integers(len(damages))]
            pairs.append(by_strength_shifted(reference, damage, generator))
            damage = seen[generator.integers(len(seen))]
            pairs.append(by_harm(reference, damage, generator))
        damage = damages[generator.integers(len(damages))]
        pairs.append(by_product(reference, other, damage, generator))
    return [whole_levels(pair) for pair in pairs if pair is not None]


def by_strength(reference, damage, generator):
    low = generator.uniform(0.1, 0.7)
    high = generator.uniform(low + 0.2, 1.0)
    less, more = applied_twice(reference, damage, (low, high), generator)
    return Pair(reference, less, more, KINDS[0], damage.__name__)


def by_strength_shifted(reference, damage, generator):
    low = generator.uniform(0.1, 0.5)
    high = generator.uniform(low + 0.35, 1.0)
    less, more = applied_twice(reference, damage, (low, high), generator)
    less = shift(less, *drawn_shift(generator, 1.0, 2.0))
    return Pair(reference, less, more, KINDS[1], damage.__name__)


def by_harm(reference, damage, generator):
    """None where no strength of the damage changes the pixels as much."""
    if generator.random() < 0.6:
        less = shift(reference, *drawn_shift(generator, 0.5, 2.0))
    else:
        gain = generator.uniform(0.04, 0.1) * generator.choice([-1.0, 1.0])
        less = within(reference * (1.0 + gain))
    more = as_different(
        reference, damage, squared_error(reference, less), generator
    )
    if more is None:
        return None
    return Pair(reference, less, more, KINDS[2], damage.__name__)


def by_product(reference, other, damage, generator):
    strength = generator.uniform(0.2, 0.7)
    less = damage(reference, strength, generator)
    more = other.astype("float32")
    return Pair(reference, less, more, KINDS[3], damage.__name__)


def as_different(reference, damage, error, generator):
    """The picture damaged so that its squared error is `error`, or None."""
    seed = generator.integers(2**31)
    low, high = 0.0, 1.0
    for _ in range(12):
        middle = (low + high) / 2
        draws = np.random.default_rng(seed)
        damaged = damage(reference, middle, draws)
        found = squared_error(reference, damaged)
        if abs(found / error - 1.0) < 0.05:
            return damaged
        low, high = (middle, high) if found < error else (low, middle)
    return None


def applied_twice(reference, damage, strengths, generator):
    """One draw of a damage, at two strengths."""
    seed = generator.integers(2**31)
    return [
        damage(reference, strength, np.random.default_rng(seed))
        for strength in strengths
    ]


def drawn_shift(generator, low, high):
    angle = generator.uniform(0.0, 2.0 * np.pi)
    length = generator.uniform(low, high)
    return length * np.cos(angle), length * np.sin(angle)


def squared_error(reference, image):
    return float(np.mean((reference - image) ** 2))


def whole_levels(pair):
    pictures = [
        np.rint(within(picture)).astype("uint8") for picture in pair[:3]
    ]
    return pair._replace(**dict(zip(("reference", "less", "more"), pictures)))
