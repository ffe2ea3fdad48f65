import ast
import pathlib

import pytest

from keras_productgen.pipeline import try_on
from keras_productgen.pipeline.try_on import point_reasons
from keras_productgen.pipeline.try_on.key_points import CONCERNS
from keras_productgen.pipeline.try_on.key_points import KeyPoints


def said(places=(), needed=("crotch",), **facts):
    points = KeyPoints(dict.fromkeys(places, (0.0, 0.0)), **facts)
    return point_reasons.reasons(points, "garment", needed, 0.5)


def test_points_that_will_do_have_no_reasons():
    assert said(["crotch"]) == []
    assert said(["crotch"], confidence=0.5, doubts=("not_symmetric",)) == []


def test_what_is_missing_is_said_once_with_photo_and_help():
    needed = ("crotch", "waist_left", "waist_right")
    (one,) = said(["waist_left", "waist_right"], needed)
    assert one.startswith("garment: crotch is not known: ")
    assert "garment's photo" in one
    assert "--points FILE" in one and "garment_points=" in one
    (many,) = said(["crotch"], needed)
    assert many.startswith("garment: waist_left, waist_right are not known: ")


def test_the_doubt_behind_it_is_explained():
    missing, doubt = said(confidence=0.4, doubts=("crotch_not_seen",))
    assert missing.startswith("garment: crotch is not known: ")
    assert doubt.startswith("garment: crotch_not_seen: its legs touch")
    assert "by hand" in missing and "by hand" not in doubt


def test_a_doubt_alone_names_the_points_that_end_it():
    (doubt,) = said(["crotch"], confidence=0.4, doubts=("armpits_not_seen",))
    assert "give armpit and shoulder by hand" in doubt
    (doubt,) = said(["crotch"], confidence=0.1, doubts=("not_symmetric",))
    assert "give all of its points by hand" in doubt


def test_little_confidence_without_a_doubt_is_named():
    (reason,) = said(["crotch"], confidence=0.49)
    assert reason.startswith("garment: points_not_trusted: ")


def test_every_doubt_there_is_has_words():
    assert {*CONCERNS} <= {*point_reasons.DOUBTS}
    endings = ("_seen", "_apart", "_differ", "_symmetric", "_standing", "_body")
    for path in pathlib.Path(try_on.__file__).parent.glob("*_points.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            text = getattr(node, "value", None)
            if isinstance(text, str) and text.endswith(endings):
                assert text in point_reasons.DOUBTS, (path.name, text)


@pytest.mark.parametrize("whose", ["garment", "person"])
def test_the_argument_that_is_named_exists(whose):
    points = KeyPoints({}, frozenset(), 0.0, ("not_symmetric",))
    reason, _ = point_reasons.reasons(points, whose, ("hip_left",), 0.5)
    taken = try_on.TryOn.__call__.__code__.co_varnames
    assert f"{whose}_points=" in reason and f"{whose}_points" in taken
