import numpy as np
import pytest

from keras_productgen.data.catalog.order import shuffled


@pytest.mark.parametrize("count", [1, 2, 3, 5, 64, 65, 1000])
def test_every_value_comes_once(count):
    values = shuffled(np.arange(count), count, (0, 1))
    np.testing.assert_array_equal(np.sort(values), np.arange(count))


def test_keys_make_different_orders():
    orders = [shuffled(np.arange(500), 500, (0, key)) for key in range(3)]
    same = [(a == b).mean() for a, b in zip(orders, orders[1:] + orders[:1])]
    assert max(same) < 0.05


def test_parts_agree_with_the_whole():
    whole = shuffled(np.arange(1000), 1000, (7,))
    part = shuffled(np.arange(300, 340), 1000, (7,))
    np.testing.assert_array_equal(part, whole[300:340])


def test_the_order_is_mixed_well():
    """Neighbours land far apart, and every class comes in every stretch."""
    values = shuffled(np.arange(13_000), 13_000, (3, 0))
    assert np.abs(np.diff(values)).mean() > 3000
    for start in range(0, 13_000, 1300):
        counts = np.bincount(values[start : start + 1300] % 13, minlength=13)
        assert counts.min() > 50


def test_long_orders_cost_no_memory():
    values = shuffled(np.arange(8), 10**15, (1,))
    assert len(set(values.tolist())) == 8 and values.max() < 10**15
