import numpy as np
import pytest

from keras_productgen.conditions.rows import as_rows

KINDS = {"category": ["dress", "hat", "shoe"]}


def ids(asked, count=3, kinds=KINDS):
    return as_rows({"category": asked}, count, kinds, {}, {})["category"]


@pytest.mark.parametrize(
    "asked",
    [
        ["hat", "dress", "shoe"],
        ["hat", 0, np.int64(2)],
        np.array(["hat", "dress", "shoe"]),
        np.array([1, 0, 2]),
    ],
)
def test_names_and_numbers_may_stand_side_by_side(asked):
    np.testing.assert_array_equal(ids(asked), [1, 0, 2])


def test_numbers_that_are_names_are_names():
    sizes = {"category": [38, 36, 0]}
    np.testing.assert_array_equal(ids([36, 38, 0], kinds=sizes), [1, 0, 2])


def test_an_unknown_name_among_known_ones_is_named():
    with pytest.raises(ValueError, match="Received: category='boot'"):
        ids(["hat", 1, "boot"])
