import numpy as np
import pytest

from keras_productgen.data.first_pictures import first_pictures


def batches():
    return [
        (np.full((3, 4, 4, 3), k), {"category": np.full(3, k)})
        for k in range(4)
    ]


def test_collects_as_many_as_asked_for_with_their_conditions():
    found, conditions = first_pictures(batches(), 5)
    assert found.shape == (5, 4, 4, 3)
    np.testing.assert_array_equal(conditions["category"], [0, 0, 0, 1, 1])
    found, conditions = first_pictures([np.zeros((3, 2, 2, 3))], 8)
    assert len(found) == 3
    assert conditions == {}


def test_no_picture_at_all_is_refused():
    with pytest.raises(ValueError, match="an empty list"):
        first_pictures([])


def test_no_more_batches_are_drawn_than_are_needed():
    drawn = []

    def endless():
        while True:
            drawn.append(1)
            yield np.zeros((3, 2, 2, 3))

    assert len(first_pictures(endless(), 5)[0]) == 5
    assert len(drawn) == 2


def test_labels_that_are_no_conditions_are_left_out():
    found, conditions = first_pictures((np.zeros((3, 2, 2, 3)), np.arange(3)))
    assert len(found) == 3
    assert conditions == {}
