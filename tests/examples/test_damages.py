"""What the measures of quality are trained and judged with."""

import pathlib
import sys

import numpy as np
import pytest

from tests.encoders.pictures import drawings


@pytest.fixture(scope="module")
def examples():
    """The modules of the folder, as a script there finds them."""
    folder = str(pathlib.Path(__file__).parents[2] / "examples")
    sys.path.insert(0, folder)
    try:
        import damages
        import perceptual_pairs

        yield damages, perceptual_pairs
    finally:
        sys.path.remove(folder)


@pytest.fixture(scope="module")
def pictures():
    grain = np.random.default_rng(0).normal(0, 4, (3, 64, 64, 3))
    pictures = drawings(3) * 0.7 + 30 + grain
    return pictures.clip(0, 255).astype("uint8")


def test_damages_begin_with_little_and_grow(examples, pictures):
    damages, pairs = examples
    picture = pictures[0].astype("float32")
    for damage in damages.TAUGHT + damages.HELD_OUT:
        errors = []
        for strength in (0.0, 0.3, 0.6, 1.0):
            spoiled = damage(picture, strength, np.random.default_rng(5))
            assert spoiled.shape == picture.shape, damage
            assert 0.0 <= spoiled.min() and spoiled.max() <= 255.0, damage
            errors.append(pairs.squared_error(picture, spoiled))
        assert errors == sorted(errors), damage
        # WebP stores colours at half the size, whatever the quality.
        assert errors[0] < 0.5 * errors[-1], damage


def test_harmless_pairs_change_the_pixels_alike(examples, pictures):
    damages, pairs = examples
    found = pairs.pairs_of(pictures, damages.TAUGHT, seed=0)
    harmless = [pair for pair in found if pair.kind == "harmless"]
    assert len(harmless) >= 3
    for pair in harmless:
        reference, less, more = (x.astype("float32") for x in pair[:3])
        ratio = pairs.squared_error(reference, more) / pairs.squared_error(
            reference, less
        )
        assert ratio == pytest.approx(1.0, abs=0.15)


def test_same_seed_gives_the_same_pairs(examples, pictures):
    damages, pairs = examples
    first, again, other = (
        pairs.pairs_of(pictures, damages.HELD_OUT, seed=seed, rounds=1)
        for seed in (3, 3, 4)
    )
    assert all((a.more == b.more).all() for a, b in zip(first, again))
    assert any((a.more != b.more).any() for a, b in zip(first, other))
