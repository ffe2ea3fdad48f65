import numpy as np
import pytest

from keras_productgen import images
from keras_productgen.editing import Matte
from keras_productgen.pipeline import product_verdicts
from keras_productgen.pipeline.studio_shot import verdicts
from keras_productgen.pipeline.try_on import photo


def mask_of(*boxes, size=(200, 100)):
    mask = np.zeros(size, bool)
    for top, bottom, left, right in boxes:
        mask[top:bottom, left:right] = True
    return mask


def busy(size):
    """A photo that no plain backdrop is seen in."""
    return np.random.default_rng(0).integers(0, 256, (*size, 3), "uint8")


def names(mask, *arguments, **named):
    found = product_verdicts.refusals_of_matte(mask, *arguments, **named)
    return [each.name for each in found]


def test_one_whole_product_is_not_refused():
    assert names(mask_of((20, 180, 20, 80))) == []


@pytest.mark.parametrize(
    ("side", "refused"), [(4, True), (9, False), (197, False), (199, True)]
)
def test_next_to_nothing_and_nearly_all_are_no_product(side, refused):
    # Of 40,000 pixels 0.04 %, 0.2 %, 97 %, 99 %.
    mask = mask_of((0, side, 0, side), size=(200, 200))
    found = names(mask, may_touch=product_verdicts.SIDES)
    assert found == (["no product"] if refused else [])


def test_parts_of_a_tenth_of_the_largest_are_products():
    large = (20, 120, 20, 80)
    assert names(mask_of(large, (150, 160, 20, 75))) == []
    assert names(mask_of(large, (150, 160, 20, 81))) == ["several products"]
    assert names(mask_of(large, (150, 160, 20, 81)), most_products=2) == []


def test_a_corner_may_touch_the_frame_and_a_trunk_may_not():
    corner, trunk = (40, 48, 0, 60), (40, 49, 0, 60)
    assert names(mask_of(corner)) == []
    (refusal,) = product_verdicts.refusals_of_matte(mask_of(trunk))
    assert refusal.name == "cut off" and refusal.measured == "touches left 4%"
    assert names(mask_of(trunk), may_touch=["left"]) == []
    assert names(mask_of(trunk), may_touch=["top"]) == ["cut off"]


@pytest.mark.parametrize("size", [(200, 100), (288, 216), (256, 256)])
@pytest.mark.parametrize("side", product_verdicts.SIDES)
def test_two_pixels_before_the_frame_a_network_sees_the_end(side, size):
    turns = ("top", "right", "bottom", "left").index(side)
    box = [(gap, 120, 20, 90) for gap in range(5)]
    cuts = {
        method: [
            names(
                mask := np.rot90(mask_of(each, size=size), -turns),
                busy(mask.shape),
                method,
            )
            for each in box
        ]
        for method in ("model MattingUNet", "rembg", "grabcut", "by_colour")
    }
    cut, whole = ["cut off"], []
    assert cuts["model MattingUNet"] == [cut, cut, whole, whole, whole]
    assert cuts["rembg"] == cuts["model MattingUNet"]
    assert cuts["grabcut"][:3] == [cut] * 3 and cuts["grabcut"][4] == whole
    assert cuts["by_colour"] == cuts["grabcut"]


def test_a_rim_grows_with_the_picture_and_ends():
    photo = busy((1024, 1024))
    for gap, method, refused in (
        (8, "grabcut", True),
        (9, "grabcut", False),
        (2, "rembg", True),
        (3, "rembg", False),
        (0, product_verdicts.GIVEN, True),
        (1, product_verdicts.GIVEN, False),
        (1, product_verdicts.OWN, False),
    ):
        # Of 1024 pixels 2 of 256 are 8, half a one is 2.
        mask = mask_of((20, 900, gap, 600), size=(1024, 1024))
        assert bool(names(mask, photo, method)) is refused, (gap, method)


def test_a_name_that_only_begins_like_a_network_is_none():
    for method in ("", "models", "modelled", "model"):
        assert product_verdicts.rim_of(method) == product_verdicts.RIM


def test_who_searched_is_told_of_a_matte_and_who_gave_one_is_not():
    mask = mask_of((0, 150, 20, 80))
    asked = mask, busy(mask.shape)
    (given,) = product_verdicts.refusals_of_matte(*asked)
    (found,) = product_verdicts.refusals_of_matte(*asked, "grabcut")
    assert "matte" not in given.wanted and "a matte of your own" in found.wanted


def test_a_plain_backdrop_shows_what_a_method_has_not_seen():
    photo = np.full((200, 100, 3), 240, "uint8")
    photo[:120, 20:80] = (150, 40, 30)
    scraps = mask_of((40, 60, 20, 40), (80, 100, 60, 80))
    assert names(scraps, photo) == ["several products"]
    sought = scraps, photo, "grabcut"
    assert names(*sought) == ["cut off"]
    assert names(*sought, may_touch=["top"]) == ["several products"]


def test_transparency_is_a_matte_from_half_a_percent_on():
    cutout = np.full((100, 100, 4), 255, "uint8")
    cutout[0, :49, 3] = 0
    assert product_verdicts.own_alpha(cutout) is None
    cutout[0, :50, 3] = 0
    np.testing.assert_array_equal(
        product_verdicts.own_alpha(cutout), cutout[..., 3]
    )
    assert product_verdicts.own_alpha(cutout[..., :3]) is None
    assert product_verdicts.own_alpha(cutout[..., 0]) is None


@pytest.mark.parametrize("seed", range(12))
def test_studio_shot_and_try_on_decide_alike(seed):
    generator = np.random.default_rng(seed)
    alpha = np.zeros((120, 90), "uint8")
    for _ in range(generator.integers(0, 3)):
        top, left = generator.integers(0, 70, 2)
        height, width = generator.integers(4, 60, 2)
        alpha[top : top + height, left : left + width] = 255
    alpha[0, 0] = 0
    cutout = np.dstack([np.full((120, 90, 3), 90, "uint8"), alpha])
    found = [each.name for each in photo.find(cutout).refusals]
    try:
        verdicts.check_photo(cutout)
        found_so = Matte(alpha, product_verdicts.OWN, 1.0)
        verdicts.check_product(found_so, cutout[..., :3], 1)
        wanted = []
    except verdicts.Unusable as unusable:
        wanted = [each.name for each in unusable.refusals]
    assert found == wanted


def test_size_is_judged_before_anything_is_decoded(monkeypatch):
    monkeypatch.setattr(images, "MAX_PIXELS", 10_000)
    (huge,) = product_verdicts.refusals_of_size(101, 100)
    assert huge.name == "too large" and "100 x 101" in str(huge)
    assert product_verdicts.refusals_of_size(100, 100) == []
    (tiny,) = product_verdicts.refusals_of_size(63, 100)
    assert tiny.name == "too small"
