import numpy as np
import pytest

from keras_productgen.metrics.variety import mean_distance
from keras_productgen.metrics.variety import rows_alike


def test_mean_distance_leaves_a_row_itself_out():
    rows = np.array([[0.0, 0.0], [3.0, 4.0], [3.0, 4.0]])
    assert mean_distance(rows) == pytest.approx((5.0 + 5.0 + 0.0) / 3.0)


def test_a_condition_narrows_only_where_enough_rows_are_left():
    kinds = np.array([0, 0, 0, 0, 1, 1])
    patterns = np.array([0, 0, 0, 1, 0, 1])
    alike = lambda place, fewest: rows_alike(
        [kinds, patterns], 6, place, fewest
    ).tolist()
    assert alike(0, 3) == [0, 1, 2]
    assert alike(0, 4) == [0, 1, 2, 3]
    # Too few of the kind itself: the pattern alone, or all.
    assert alike(4, 3) == [0, 1, 2, 4]
    assert alike(5, 5) == [0, 1, 2, 3, 4, 5]
    assert rows_alike([], 3, 0, 2).tolist() == [0, 1, 2]


def test_labels_are_alike_where_all_of_them_are():
    labels = np.array([[1, 0], [1, 0], [1, 1]])
    assert rows_alike([labels], 3, 0, 2).tolist() == [0, 1]
