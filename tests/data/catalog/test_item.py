import dataclasses
import json

import pytest

from keras_productgen.data.catalog import CATEGORIES
from keras_productgen.data.catalog import PATTERNS
from keras_productgen.data.catalog import Item


def test_clothes_are_numbered_like_a_sorted_folder():
    clothes = CATEGORIES[:10]
    assert list(clothes) == sorted(clothes)
    assert Item("t-shirt").category_id == 9
    assert CATEGORIES[10:] == ("bottle", "mug", "vase")


def test_replace_changes_one_thing():
    item = Item("mug", seed=3, pattern="dots")
    red = item.replace(color=(1, 0, 0))
    assert red == dataclasses.replace(item, color=(1.0, 0.0, 0.0))
    assert red.replace(color=item.color) == item


def test_an_item_is_frozen():
    with pytest.raises(dataclasses.FrozenInstanceError):
        Item("mug").height = 0.3


def test_attributes_are_json_and_make_the_item_again():
    item = Item("vase", seed=2**61, pattern="checks", view_angle=200)
    fields = json.loads(json.dumps(item.attributes()))
    assert fields.pop("category_id") == 12
    assert PATTERNS[fields.pop("pattern_id")] == "checks"
    assert Item(**fields) == item


@pytest.mark.parametrize(
    "field, value",
    [
        ("category", "sofa"),
        ("pattern", "plaid"),
        ("background", "moon"),
        ("color", (0.1, 0.2, 1.1)),
        ("color", (0.1, 0.2)),
        ("color", "red"),
        ("second_color", (float("nan"), 0.2, 0.3)),
        ("height", -0.1),
        ("gloss", 2),
        ("light", (0, 0, -1)),
        ("light", (0, float("inf"), 1)),
        ("view_angle", float("nan")),
        ("seed", -1),
        ("seed", 0.5),
    ],
)
def test_refuses_a_wrong_field_by_name(field, value):
    with pytest.raises(ValueError, match=rf"`{field}` must .*Received"):
        Item(**({"category": "mug"} | {field: value}))


def test_an_unknown_category_is_answered_with_the_known_ones():
    with pytest.raises(ValueError, match="dress.*vase"):
        Item("sofa")


def test_only_turned_objects_can_be_turned_around():
    assert Item("bottle", view_angle=180).view_angle == 180.0
    assert Item("dress", view_angle=-330).view_angle == -330.0
    with pytest.raises(ValueError, match="within 40 degrees"):
        Item("dress", view_angle=90)
