import numpy as np
import pytest

from keras_productgen.pipeline.try_on import draw_mannequin
from keras_productgen.pipeline.try_on import person_points


@pytest.mark.parametrize("arms", [10, 24, 35])
def test_a_standing_figure_has_its_points(arms):
    figure = draw_mannequin(240, arms)
    found = person_points.estimate(figure.mask >= 128)
    assert found.doubts == () and found.confidence == 1.0
    assert {*found.places} == {*figure.points}
    for name, at in figure.points.items():
        # Where the hips are widest many rows are alike.
        least = 8.0 if name.startswith("hip") else 4.0
        assert np.linalg.norm(found[name] - at) < least, name


def test_arms_that_touch_the_body_are_doubted():
    figure = draw_mannequin(240, 0)
    found = person_points.estimate(figure.mask >= 128)
    assert {*found.doubts} & {"arms_not_apart", "arms_end_at_the_body"}


def test_crossed_arms_are_doubted():
    figure = draw_mannequin(240, 0)
    mask = figure.mask >= 128
    rows = slice(*(round(figure.points[n][1]) for n in
                   ("armpit_left", "wrist_left")))  # fmt: skip
    left, right = (round(figure.points[f"elbow_{s}"][0]) for s in
                   ("left", "right"))  # fmt: skip
    mask[rows, left:right] = True
    assert "arms_not_apart" in person_points.estimate(mask).doubts


def test_legs_that_are_together_are_doubted():
    figure = draw_mannequin(240)
    mask = figure.mask >= 128
    crotch = round(figure.points["crotch"][1])
    left, right = (round(figure.points[f"ankle_outer_{s}"][0]) for s in
                   ("left", "right"))  # fmt: skip
    mask[crotch:225, left:right] = True
    found = person_points.estimate(mask)
    assert "legs_not_apart" in found.doubts
    assert "crotch" not in found
    # A top needs no legs.
    about = found.about(("neck_left", "shoulder_left"))
    assert about.doubts == () and about.confidence == 1.0


def test_who_sits_is_no_standing_figure():
    figure = draw_mannequin(240)
    rows = slice(0, round(figure.points["crotch"][1]))
    mask = (figure.mask >= 128)[rows]
    seated = np.pad(mask, ((0, 10), (0, 0)))
    found = person_points.estimate(seated)
    assert found.doubts


@pytest.mark.parametrize("shape", ["box", "disc", "speck"])
def test_what_is_no_person_has_no_neck(shape):
    rows, columns = np.mgrid[:120, :80]
    masks = {
        "box": (abs(rows - 60) < 40) & (abs(columns - 40) < 20),
        "disc": (rows - 60) ** 2 + (columns - 40) ** 2 < 900,
        "speck": (rows == 60) & (columns == 40),
    }
    found = person_points.estimate(masks[shape])
    assert found.doubts == ("neck_not_seen",)
    assert found.confidence == 0.0
