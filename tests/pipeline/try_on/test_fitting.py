import numpy as np
import pytest

from keras_productgen.pipeline.try_on import fitting
from keras_productgen.pipeline.try_on.key_points import KeyPoints


def both(right, middle=60.0):
    places = {}
    for name, (x, y) in right.items():
        places[f"{name}_right"] = (middle + x, y)
        places[f"{name}_left"] = (middle - x, y)
    return places


TOP = {
    "neck": (10, 10),
    "shoulder": (25, 14),
    "armpit": (24, 34),
    "waist": (24, 60),
    "hem": (24, 86),
}


@pytest.fixture
def person(mannequin):
    return KeyPoints(mannequin.points)


def sleeved(length):
    """Sleeves straight down, so long."""
    cuff = {
        "sleeve_top": (40, 20 + length),
        "sleeve_bottom": (30, 20 + length),
    }
    return KeyPoints(both(TOP | cuff))


def test_seams_of_shoulders_lie_on_shoulders(person):
    places, notes = fitting.targets("top", KeyPoints(both(TOP)), person)
    off = places["shoulder_left"] - person["shoulder_left"]
    wide = person["shoulder_right"][0] - person["shoulder_left"][0]
    assert off == pytest.approx((-0.02 * wide, 0.0))
    assert notes == []


def test_lengths_keep_their_proportion_to_the_shoulders(person):
    places, _ = fitting.targets("top", KeyPoints(both(TOP)), person)
    wide = places["shoulder_right"][0] - places["shoulder_left"][0]
    long = places["hem_left"][1] - places["shoulder_left"][1]
    assert long / wide == pytest.approx((86 - 14) / 50)


def test_a_garment_is_never_narrower_than_the_body(person):
    narrow = TOP | {"waist": (4, 60), "hem": (4, 86)}
    places, _ = fitting.targets("top", KeyPoints(both(narrow)), person)
    for name in ("waist", "hem"):
        found = places[f"{name}_right"][0] - places[f"{name}_left"][0]
        body = person["waist_right"][0] - person["waist_left"][0]
        assert found > body


def test_sleeves_that_are_too_long_end_at_the_wrist(person):
    places, notes = fitting.targets("top", sleeved(200), person)
    assert notes == ["sleeves_end_at_the_wrist"]
    cuff = (places["sleeve_top_left"] + places["sleeve_bottom_left"]) / 2.0
    assert np.linalg.norm(cuff - person["wrist_left"]) < 8.0


def test_longer_sleeves_reach_further_down_the_arm(person):
    rows = [
        fitting.targets("top", sleeved(length), person)[0]["sleeve_top_left"]
        for length in (30, 45, 60)
    ]
    assert rows[0][1] < rows[1][1] < rows[2][1]


def test_legs_do_not_cross(person):
    legs = {
        "waist": (20, 10),
        "hem_outer": (60, 60),
        "hem_inner": (2, 60),
    }
    garment = KeyPoints(both(legs) | {"crotch": (60, 40)})
    places, _ = fitting.targets("trousers", garment, person)
    assert places["hem_inner_left"][0] < person["crotch"][0]
    assert places["hem_inner_right"][0] > person["crotch"][0]


def legs_of(person, hem_outer, hem_inner):
    """Rows of both hems, from the crotch down, of a garment's crotch in 58."""
    legs = {"waist": (20, 10), "hem_outer": hem_outer, "hem_inner": hem_inner}
    garment = KeyPoints(both(legs) | {"crotch": (60, 58)})
    places, _ = fitting.targets("trousers", garment, person)
    return [
        places[f"hem_{end}_left"][1] - person["crotch"][1]
        for end in ("outer", "inner")
    ]


def test_hems_that_rise_above_the_crotch_do_so_on_the_body(person):
    outer, inner = legs_of(person, (40, 50), (1, 66))
    assert outer < 0 < inner and outer == pytest.approx(-inner)


def test_hems_of_spread_legs_are_level(person):
    outer, inner = legs_of(person, (50, 64), (20, 80))
    assert outer == inner > 0
