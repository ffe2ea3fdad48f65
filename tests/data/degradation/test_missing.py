import numpy as np
import pytest

from keras_productgen.data import degradation

GRAY = np.full((64, 80, 3), 100.0, "float32")


@pytest.mark.parametrize("share", [0.05, 0.3, 0.6])
def test_mask_covers_its_share_and_little_more(share):
    for seed in range(5):
        generator = np.random.default_rng(seed)
        mask = degradation.free_form_mask((64, 80), share, generator)
        assert mask.shape == (64, 80, 1) and mask.dtype == bool
        assert share <= mask.mean() < share + 0.25


def test_nothing_is_missing_where_nothing_was_asked_for():
    worse = degradation.MissingPieces(share=0.0)(GRAY, seed=0)
    np.testing.assert_array_equal(worse, GRAY)


def test_pieces_are_filled_with_one_value_and_the_rest_is_untouched():
    worse = degradation.MissingPieces(share=0.2, value=7.0)(GRAY, seed=0)
    assert {*np.unique(worse)} == {7.0, 100.0}
    assert 0.2 <= (worse == 7.0).mean() < 0.45


def test_scratches_are_thin_and_stand_out():
    worse = degradation.Scratches(count=3, width=1.0)(GRAY, seed=1)
    changed = (worse != GRAY).any(-1)
    assert 0 < changed.mean() < 0.1
    assert abs(worse - GRAY).max() > 60
    assert worse.min() >= 0 and worse.max() <= 255


def test_impossible_shares_are_refused():
    with pytest.raises(ValueError, match="Received: share=1.0"):
        degradation.MissingPieces(share=1.0)
    with pytest.raises(ValueError, match="Received: count=-1"):
        degradation.Scratches(count=-1)
