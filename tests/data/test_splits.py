import unicodedata

import numpy as np
import pytest

from keras_productgen.data import splits


def test_positions_are_even():
    positions = [splits.position(f"shoes/{i}.jpg") for i in range(4000)]
    counts, _ = np.histogram(positions, 10, (0, 1))
    # Ten bins of 400: five standard deviations are 95.
    assert np.abs(counts - 400).max() < 95


def test_position_is_the_same_on_every_machine():
    # The first 8 bytes of blake2b-512 of "a" are 333fcb4ee1aa7c11.
    assert splits.position("a") == 0x333FCB4EE1AA7C11 / 2**64


def test_unicode_spellings_share_a_position():
    name = "chaussure d'été.jpg"
    composed, apart = (unicodedata.normalize(f, name) for f in ("NFC", "NFD"))
    assert composed != apart
    assert splits.position(composed) == splits.position(apart)


def test_subsets_divide_the_keys():
    for key in map(str, range(100)):
        sides = [
            splits.in_subset(key, subset, 0.3)
            for subset in ("training", "validation")
        ]
        assert sum(sides) == 1
        assert splits.in_subset(key, None, None)


@pytest.mark.parametrize(
    "split, subset, message",
    [
        (0.2, None, "given together"),
        (None, "training", "given together"),
        (0.2, "test", "subset='test'"),
        (1.0, "training", "between 0 and 1"),
        (0, "both", "between 0 and 1"),
    ],
)
def test_half_said_splits_are_refused(split, subset, message):
    with pytest.raises(ValueError, match=message):
        splits.check(split, subset)
