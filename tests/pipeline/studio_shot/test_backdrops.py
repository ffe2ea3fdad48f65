import pathlib

import cv2
import numpy as np
import pytest

from keras_productgen import images
from keras_productgen.pipeline.studio_shot import drawn
from keras_productgen.pipeline.studio_shot.backdrops import backdrop_of

CUTOUT = np.zeros((60, 80, 4), "uint8")


@pytest.mark.parametrize(
    ("background", "color"),
    [
        ("white", (255, 255, 255)),
        ("#f4f4f4", (244, 244, 244)),
        ((10, 20, 30), (10, 20, 30)),
        ([10, 20, 30], (10, 20, 30)),
    ],
)
def test_colours_are_colours(background, color):
    found = backdrop_of(background)
    made = found.make(CUTOUT, 0)
    assert made.shape == (60, 80, 3) and (made == color).all()
    assert found.color == list(color)


def test_a_gradient_goes_from_top_to_bottom():
    made = backdrop_of(("white", (55, 155, 255))).make(CUTOUT, 0)
    assert (made[0] == 255).all() and (made[-1] == (55, 155, 255)).all()
    assert abs(made[30, :, 0].mean() - 155) < 3.0
    assert (made[..., 2] == 255).all()


def test_a_gradient_has_no_bands():
    made = drawn.gradient((200, 64), (200, 200, 200), (204, 204, 204))
    rows = made[..., 0].mean(1)
    # A step of one level would be a band; it comes gradually.
    assert np.abs(np.diff(cv2.blur(rows[:, None], (1, 9))[:, 0])).max() < 0.2


def test_a_scene_fills_the_frame(tmp_path):
    scene = np.random.default_rng(0).integers(0, 256, (90, 90, 3), "uint8")
    images.save(tmp_path / "room.png", scene)
    made = backdrop_of(scene).make(CUTOUT, 0)
    assert made.shape == (60, 80, 3)
    of_file = backdrop_of(pathlib.Path(tmp_path / "room.png"))
    np.testing.assert_array_equal(of_file.make(CUTOUT, 0), made)
    assert of_file.settings["file"] == "room.png"


def test_drawn_backdrops_follow_their_seed():
    first = drawn.studio_sweep((90, 120), (3, 0))
    np.testing.assert_array_equal(first, drawn.studio_sweep((90, 120), (3, 0)))
    assert (first != drawn.studio_sweep((90, 120), (4, 0))).any()
    assert (first != drawn.studio_sweep((90, 120), (3, 1))).any()


def test_drawn_backdrops_are_light_calm_and_nearly_grey():
    for seed in range(20):
        made = drawn.studio_sweep((90, 120), seed).astype("float32")
        assert 150.0 < made.mean() < 252.0
        assert made.mean((0, 1)).max() - made.mean((0, 1)).min() < 45.0
        smooth = cv2.blur(made, (9, 9))
        assert np.abs(np.diff(smooth, axis=1)).max() < 4.0


def test_transparency_has_no_colour():
    assert (backdrop_of(None).make(CUTOUT, 0) == 0).all()
