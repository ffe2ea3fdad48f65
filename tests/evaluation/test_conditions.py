import types

import numpy as np
import pytest

from keras_productgen.evaluation import Pictures
from keras_productgen.evaluation import asked_conditions
from keras_productgen.evaluation.conditions import common_ids


def pictures(conditions, vocabularies=None):
    count = len(next(iter(conditions.values()), np.zeros(4)))
    images = np.zeros((count, 8, 8, 3), "uint8")
    names = [str(number) for number in range(count)]
    return Pictures(images, conditions, vocabularies or {}, "test", names)


def model(categories=None, vectors=None, labels=None):
    return types.SimpleNamespace(
        categories=categories or {}, vectors=vectors or {}, labels=labels or {}
    )


def test_ids_of_a_folder_become_those_of_the_model_by_name():
    real = pictures(
        {"category": np.array([0, 1, 1])}, {"category": ["hat", "shoes"]}
    )
    wanted = model({"category": ["dress", "shoes", "hat"]})
    conditions, spread = asked_conditions(wanted, real)
    np.testing.assert_array_equal(conditions["category"], [2, 1, 1])
    assert spread == []


def test_conditions_without_words_are_ids():
    real = pictures({"category": np.array([2, 0]), "color": np.ones((2, 3))})
    wanted = model({"category": ["a", "b", "c"]}, {"color": 3})
    conditions, _ = asked_conditions(wanted, real)
    np.testing.assert_array_equal(conditions["category"], [2, 0])
    np.testing.assert_array_equal(conditions["color"], np.ones((2, 3)))


def test_what_the_real_pictures_do_not_say_is_spread_and_named():
    wanted = model({"category": ["a", "b"]}, {"color": 3, "light": 2})
    conditions, spread = asked_conditions(wanted, pictures({}))
    np.testing.assert_array_equal(conditions["category"], [0, 1, 0, 1])
    assert spread == ["category", "color", "light"]
    assert len({tuple(color) for color in conditions["color"]}) == 4


def test_labels_are_asked_for_as_shown_or_in_turns():
    wanted = model(labels={"attributes": ["striped", "hood"]})
    shown = np.array([[1, 1], [0, 0]], "float32")
    conditions, spread = asked_conditions(
        wanted, pictures({"attributes": shown})
    )
    np.testing.assert_array_equal(conditions["attributes"], shown)
    assert spread == []
    conditions, spread = asked_conditions(wanted, pictures({}))
    turns = [[1, 0], [0, 1], [1, 0], [0, 1]]
    np.testing.assert_array_equal(conditions["attributes"], turns)
    assert spread == ["attributes"]


def test_a_model_without_conditions_is_asked_for_nothing():
    assert asked_conditions(object(), pictures({})) == (None, [])


def test_folders_that_are_no_categories_say_nothing():
    real = pictures(
        {"category": np.array([0, 1, 1, 0])},
        {"category": ["train", "validation"]},
    )
    conditions, spread = asked_conditions(model({"category": ["a", "b"]}), real)
    np.testing.assert_array_equal(conditions["category"], [0, 1, 0, 1])
    assert spread == ["category"]


@pytest.mark.parametrize("words", [None, ["dress", "boat"]])
def test_a_category_that_the_model_does_not_know_is_refused(words):
    real = pictures(
        {"category": np.array([0, 1])}, {"category": words} if words else {}
    )
    with pytest.raises(ValueError, match=r"Received: \[(1|'boat')\]"):
        asked_conditions(model({"category": ["dress"]}), real)


def test_ids_of_two_folders_meet_by_their_words():
    (first, second, third), names = common_ids(
        ([0, 1], ["dress", "hat"]), ([0, 1], ["hat", "shoes"]), ([0, 3], None)
    )
    assert names == ["dress", "hat", "shoes", "3"]
    np.testing.assert_array_equal(first, [0, 1])
    np.testing.assert_array_equal(second, [1, 2])
    np.testing.assert_array_equal(third, [0, 3])
