import numpy as np
import pytest

from keras_productgen.pipeline.try_on import garment_points
from keras_productgen.pipeline.try_on import key_points
from tests.pipeline.try_on.catalog_truth import rendered

# Pixels of 128: seams that no outline shows are guessed. What the median of
# some garments must keep.
BOUNDS = {
    "neck": 3.5,
    "shoulder": 4.0,
    "sleeve_top": 1.5,
    "sleeve_bottom": 2.0,
    "armpit": 8.0,
    "hem": 2.0,
    "waist": 2.0,
    "hem_outer": 1.5,
    "hem_inner": 1.5,
    "crotch": 5.0,
}


def errors(category, kind, indices):
    """Pixels between truth and estimate, by the name without its side."""
    found = {}
    for index in indices:
        product, truth = rendered(category, index, 128)
        points = garment_points.estimate(product.mask >= 128, kind)
        for name in {*truth} & {*points.places}:
            off = np.linalg.norm(points[name] - truth[name])
            found.setdefault(name.rpartition("_")[0] or name, []).append(off)
    return found


@pytest.mark.parametrize(
    ("category", "kind", "num_points"),
    [
        ("t-shirt", "top", 6),
        ("longsleeve", "top", 6),
        ("pants", "trousers", 4),
        ("shorts", "trousers", 4),
    ],
)
def test_points_are_where_the_catalogue_drew_them(category, kind, num_points):
    found = errors(category, kind, range(2))
    assert len(found) == num_points
    for name, offs in found.items():
        assert np.median(offs) <= BOUNDS[name], (name, offs)


def test_a_mirrored_garment_has_mirrored_points(shirt):
    mask = shirt[0].mask >= 128
    mask[20:60, :40] = False
    one = garment_points.estimate(mask, "top")
    other = garment_points.estimate(mask[:, ::-1], "top")
    for name, (x, y) in one.places.items():
        if name.endswith("_left"):
            twin = other[name.replace("_left", "_right")]
            assert (x, y) == pytest.approx((127 - twin[0], twin[1]), abs=3)


def test_a_lopsided_thing_is_doubted():
    mask = np.zeros((120, 120), bool)
    mask[20:100, 20:50] = True
    mask[80:100, 20:110] = True
    found = garment_points.estimate(mask, "top")
    assert "not_symmetric" in found.doubts
    assert found.confidence < 0.5


def test_a_plain_box_shows_no_armpits_and_no_crotch():
    mask = np.zeros((120, 120), bool)
    mask[20:100, 30:90] = True
    top = garment_points.estimate(mask, "top")
    assert "armpits_not_seen" in top.doubts
    trousers = garment_points.estimate(mask, "trousers")
    assert "crotch_not_seen" in trousers.doubts
    assert "crotch" not in trousers


def shorts(crotch, tip=100):
    """Shorts whose outer hems end in row 90, the inner ones in that of `tip`.

    The legs part from row `crotch` on.
    """
    rows, columns = np.mgrid[:120, :120]
    off = np.abs(columns - 60)
    hem = 90 + (tip - 90) * (1.0 - off / 40.0)
    gap = np.clip((rows - crotch) * 0.4, 0.0, 14.0)
    return (rows >= 20) & (off <= 40) & (rows <= hem) & (off >= gap)


def test_legs_that_part_show_where():
    points = garment_points.estimate(shorts(crotch=60), "trousers")
    assert points["crotch"] == pytest.approx((60, 60), abs=4)
    assert points.doubts == ()
    inner = points["hem_inner_left"], points["hem_inner_right"]
    assert inner[0][0] < 52 and inner[1][0] > 68


@pytest.mark.parametrize("crotch", [100, 120])
def test_legs_that_touch_leave_the_crotch_alone_unknown(crotch):
    """With and without a notch of four pixels where the hems meet."""
    mask = shorts(crotch, tip=104)
    points = garment_points.estimate(mask, "trousers")
    assert points.doubts == ("crotch_not_seen",)
    assert points.missing(key_points.NEEDED["trousers"]) == ("crotch",)
    for side, sign in (("left", -1), ("right", 1)):
        inner, outer = (points[f"hem_{e}_{side}"] for e in ("inner", "outer"))
        assert inner == pytest.approx((60, 101), abs=4)
        assert 0 < sign * (inner[0] - 60) <= 2
        assert outer == pytest.approx((60 + sign * 40, 90), abs=3)


def test_one_point_by_hand_ends_all_doubt_about_legs_that_touch():
    found = garment_points.estimate(shorts(120), "trousers")
    needed = key_points.NEEDED["trousers"]
    known = key_points.with_given(found, {"crotch": (60.0, 85.0)}, needed)
    assert known.doubts == () and known.missing(needed) == ()
    assert known.confidence > 0.9


def test_sleeves_that_lie_on_the_trunk_are_no_armholes():
    mask = np.zeros((140, 120), bool)
    for row in range(20, 121):
        # Shoulders, a dent as of an armhole, and elbows further out.
        half = 26 if row < 34 else 23 if row < 44 else 26 + (row - 44) // 6
        mask[row, 60 - half : 60 + half + 1] = True
    found = garment_points.estimate(mask, "top")
    assert "armpits_not_seen" in found.doubts


def test_a_trapezoid_is_a_skirt_with_known_corners():
    mask = np.zeros((120, 120), bool)
    for row in range(20, 101):
        half = 20 + (row - 20) // 4
        mask[row, 60 - half : 60 + half + 1] = True
    found = garment_points.estimate(mask, "skirt")
    assert found["waist_left"] == pytest.approx((40, 20), abs=2)
    assert found["waist_right"] == pytest.approx((80, 20), abs=2)
    assert found["hem_left"] == pytest.approx((20, 100), abs=2)
    assert found["hem_right"] == pytest.approx((100, 100), abs=2)
    assert found.confidence == 1.0


@pytest.mark.slow
def test_key_points_of_many_garments():
    for category, kind in (("shirt", "top"), ("longsleeve", "top")):
        for name, offs in errors(category, kind, range(10)).items():
            assert np.median(offs) <= BOUNDS[name], (category, name)
