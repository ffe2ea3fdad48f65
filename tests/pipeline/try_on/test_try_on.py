import json

import numpy as np
import pytest

from keras_productgen import images
from keras_productgen import publishing
from keras_productgen.pipeline import TryOn
from keras_productgen.pipeline.try_on import garment_points
from keras_productgen.pipeline.try_on import key_points


@pytest.fixture(scope="module")
def cutout(shirt):
    product, _ = shirt
    return np.dstack([product.image, product.mask])


@pytest.fixture(scope="module")
def preview(cutout, mannequin):
    return TryOn()(cutout, mannequin.image, person_mask=mannequin.mask)


def test_shows_the_garment_on_the_trunk(preview, mannequin):
    assert preview.report.accepted, preview.report.reasons
    assert preview.image.shape == mannequin.image.shape
    left, right = (mannequin.points[f"waist_{s}"] for s in ("left", "right"))
    middle = round((left[0] + right[0]) / 2), round(left[1])
    assert preview.mask[middle[1], middle[0]] == 255
    knees = round(mannequin.points["crotch"][1]) + 40
    assert not preview.mask[knees:].any()


def test_beyond_the_garment_every_bit_is_the_photo(preview, mannequin):
    untouched = preview.mask == 0
    np.testing.assert_array_equal(
        preview.image[untouched], mannequin.image[untouched]
    )
    proof = preview.report.proof
    assert proof["changed_pixels"] == 0 and proof["holds"]
    assert proof["product_pixels"] == untouched.sum() > 0


def test_head_and_hands_stay_above(preview, mannequin):
    neck = round(mannequin.points["neck_left"][1])
    assert not preview.mask[: neck - 12].any()
    x, y = mannequin.points["wrist_left"]
    assert preview.mask[round(y) + 6, round(x)] == 0


def test_uneven_stretching_is_refused(cutout, mannequin):
    strict = TryOn(most_stretch=1.01)
    result = strict(cutout, mannequin.image, person_mask=mannequin.mask)
    assert result.image is None
    assert result.report.reasons == ["warp: stretched"]


def test_says_what_it_is_and_who_gave_the_points(cutout, mannequin):
    result = TryOn()(
        cutout,
        mannequin.image,
        person_mask=mannequin.mask,
        person_points={"wrist_left": mannequin.points["wrist_left"]},
    )
    report = json.loads(json.dumps(result.report.to_dict()))
    assert report["kind"] == "2D preview"
    assert report["person_points"]["wrist_left"]["by"] == "user"
    assert report["person_points"]["neck_left"]["by"] == "silhouette"
    assert {"relaxed", "fold_share", "bending_energy"} <= {*report["warp"]}


def test_points_of_the_user_move_the_garment(cutout, mannequin, preview):
    lower = {
        f"{name}_{side}": np.add(mannequin.points[f"{name}_{side}"], (0, 12))
        for name in ("shoulder", "neck", "armpit")
        for side in ("left", "right")
    }
    moved = TryOn()(
        cutout,
        mannequin.image,
        person_mask=mannequin.mask,
        person_points=lower,
    )
    first, second = (
        np.flatnonzero(each.mask.any(axis=1))[-1] for each in (preview, moved)
    )
    assert second - first == pytest.approx(12, abs=2)


def test_the_users_points_answer_doubts(cutout, mannequin):
    mask = mannequin.mask.copy()
    crotch = round(mannequin.points["crotch"][1])
    left, right = (
        round(mannequin.points[f"elbow_{side}"][0])
        for side in ("left", "right")
    )
    mask[60:crotch, left:right] = 255
    refused = TryOn()(cutout, mannequin.image, person_mask=mask)
    assert refused.image is None
    assert any(
        each.startswith("person: arms_not_apart: ")
        for each in refused.report.reasons
    )
    given = TryOn()(
        cutout,
        mannequin.image,
        person_mask=mask,
        person_points=mannequin.points,
    )
    assert given.report.accepted, given.report.reasons


def test_what_is_in_front_stays_in_front(cutout, mannequin, preview):
    over = np.zeros(mannequin.mask.shape, bool)
    over[90:110, 70:90] = True
    result = TryOn()(
        cutout, mannequin.image, person_mask=mannequin.mask, over_mask=over
    )
    assert preview.mask[over].all()
    assert not result.mask[over].any()


def test_light_on_the_person_falls_on_the_garment(cutout, mannequin):
    lit = mannequin.image.copy()
    half = lit.shape[1] // 2
    lit[:, half:] = (lit[:, half:] * 0.6).astype("uint8")
    plain, shaded = (
        TryOn(shading=strength)(cutout, lit, person_mask=mannequin.mask)
        for strength in (0.0, 1.0)
    )
    seen = plain.mask == 255
    change = shaded.image.astype(float).mean(-1) - plain.image.mean(-1)
    left, right = seen.copy(), seen.copy()
    left[:, half - 8 :] = False
    right[:, : half + 8] = False
    assert change[right].mean() < change[left].mean() - 5.0


@pytest.mark.parametrize(
    ("garment", "person", "reason"),
    [
        ("blank", None, "garment: no product"),
        ("tiny", None, "garment: too small"),
        ("transparent", None, "garment: fully transparent"),
        (None, "tiny", "person: too small"),
        (None, "transparent", "person: fully transparent"),
    ],
)
def test_bad_photos_are_refused_by_name(
    cutout, mannequin, garment, person, reason
):
    bad = {
        "blank": np.full((100, 100, 3), 250, "uint8"),
        "tiny": np.full((20, 20, 3), 250, "uint8"),
        "transparent": np.zeros((100, 100, 4), "uint8"),
    }
    result = TryOn()(
        bad.get(garment, cutout),
        bad.get(person, mannequin.image),
        person_mask=None if person else mannequin.mask,
    )
    assert result.image is None and result.mask is None
    assert result.report.verdict == "rejected"
    assert any(each.startswith(reason) for each in result.report.reasons)
    with pytest.raises(ValueError, match="rejected"):
        result.save("never.png")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"category": "hat"}, "`category` must be one of"),
        ({"garment_points": {"nose": (1, 1)}}, "nose"),
        ({"garment_points": {"crotch": (1, 1)}}, "crotch"),
        ({"person_points": {"neck_left": (1e9, 1)}}, "within the photo"),
        ({"person_points": {"neck_left": "here"}}, "pairs of x and y"),
        ({"person_points": {"neck_left": (float("nan"), 1)}}, "pairs"),
        ({"over_mask": np.zeros((3, 3))}, "over_mask"),
    ],
)
def test_refuses_nonsense(cutout, mannequin, arguments, message):
    with pytest.raises(ValueError, match=message):
        TryOn()(
            cutout, mannequin.image, person_mask=mannequin.mask, **arguments
        )


@pytest.mark.parametrize("name", ["shading", "least_confidence"])
def test_refuses_settings_beyond_their_range(name):
    with pytest.raises(ValueError, match=name):
        TryOn(**{name: 1.5})


def test_is_written_with_its_record(preview, tmp_path):
    preview.save(tmp_path / "shown.png")
    np.testing.assert_array_equal(
        images.load(tmp_path / "shown.png"), preview.image
    )
    beside = json.loads((tmp_path / "shown.png.json").read_text())
    assert beside["record"]["source_type"] == "composite"
    assert beside["notes"]["kind"] == "2D preview"
    found = publishing.verify(tmp_path / "shown.png")
    assert found.source_type == "composite" and found.problems == []


def test_over_a_generated_garment_it_says_so(preview, tmp_path):
    made = tmp_path / "made.png"
    record = publishing.record("trainedAlgorithmicMedia")
    publishing.label(preview.image, made, record)
    images.save(tmp_path / "taken.png", preview.image)
    preview.save(tmp_path / "shown.png", [made, tmp_path / "taken.png"])
    found = publishing.verify(tmp_path / "shown.png")
    assert found.source_type == "compositeWithTrainedAlgorithmicMedia"


@pytest.mark.parametrize("category", key_points.CATEGORIES)
def test_needed_points_are_among_the_known(category):
    assert {*key_points.NEEDED[category]} <= {
        *key_points.GARMENT_POINTS[category]
    }


def test_shorts_whose_legs_touch_need_one_point(mannequin):
    rows, columns = np.mgrid[:120, :120]
    off = np.abs(columns - 60)
    inside = (rows >= 20) & (off <= 40) & (rows <= 90 + 10 * (1 - off / 40))
    shorts = np.dstack(
        [np.full((120, 120, 3), (30, 60, 150), "uint8"),
         np.where(inside, 255, 0).astype("uint8")]
    )  # fmt: skip
    refused, made = (
        TryOn()(
            shorts,
            mannequin.image,
            "trousers",
            garment_points=points,
            person_mask=mannequin.mask,
        )
        for points in (None, {"crotch": (60, 84)})
    )
    assert refused.report.reasons[0].startswith("garment: crotch is not known")
    assert made.report.accepted, made.report.reasons
    seen = np.flatnonzero(made.mask.any(axis=1))
    crotch = mannequin.points["crotch"][1]
    assert seen[0] < crotch - 20 and 2 < seen[-1] - crotch < 20


def test_skirts_hang_from_the_waist(mannequin):
    rows, columns = np.mgrid[:120, :120]
    inside = (rows >= 20) & (rows <= 90)
    inside &= np.abs(columns - 60) <= 20 + (rows - 20) / 3
    skirt = np.dstack(
        [np.full((120, 120, 3), (30, 60, 150), "uint8"),
         np.where(inside, 255, 0).astype("uint8")]
    )  # fmt: skip
    assert garment_points.estimate(inside, "skirt").confidence == 1.0
    result = TryOn()(
        skirt, mannequin.image, "skirt", person_mask=mannequin.mask
    )
    assert result.report.accepted, result.report.reasons
    top = np.flatnonzero(result.mask.any(axis=1))[0]
    assert top == pytest.approx(mannequin.points["waist_left"][1], abs=4)
