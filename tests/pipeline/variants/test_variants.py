import json

import numpy as np
import pytest

from keras_productgen import editing
from keras_productgen import images
from keras_productgen import publishing
from keras_productgen.conditions.colors import cloth_color
from keras_productgen.pipeline import Thresholds
from keras_productgen.pipeline import Variants
from keras_productgen.pipeline.variants.scores import SCORES
from keras_productgen.pipeline.variants.scores import Scorer
from tests.pipeline.variants.painters import Painter
from tests.pipeline.variants.painters import star_gan

RED, NAVY = (0.8, 0.1, 0.1), (0.12, 0.2, 0.42)
ENHANCED = "algorithmicallyEnhanced"
PARTLY = "compositeWithTrainedAlgorithmicMedia"


@pytest.fixture(scope="module")
def variants():
    return Variants({"red": RED, "navy": NAVY}, styles=["retro"])


@pytest.fixture(scope="module")
def result(variants, product):
    return variants(product.image, product.mask)


def test_makes_every_variant_at_the_size_of_the_photo(result, product):
    assert result.names == ["red", "navy", "retro"]
    for image in result.images:
        assert image.dtype == np.uint8 and image.shape == product.image.shape


def test_good_variants_pass(result):
    assert result.passed == [True, True, True]
    red, navy, retro = result.scores
    assert red["color_difference"] < 2.0 and navy["color_difference"] < 2.0
    assert red["structure"] > 0.8 and red["outside_changed"] == 0
    assert red["similarity"] > navy["similarity"] - 1.0
    known = {name for name, value in retro.items() if value is not None}
    assert known == {"similarity", "style_change", "mask_confidence"}
    assert retro["similarity"] > 0.9 and retro["style_change"] > 5.0


def test_thresholds_decide_what_passes(product):
    strict = Variants(
        {"red": RED}, thresholds=Thresholds(similarity=0.9999, structure=1.0)
    )
    found = strict(product.image, product.mask)
    assert found.passed == [False]
    assert found.failures == [["structure", "similarity"]]


def test_a_product_that_is_not_found_fails(variants):
    noise = np.random.default_rng(0).integers(0, 256, (48, 48, 3), "uint8")
    found = variants(noise)
    assert all("mask_confidence" in failed for failed in found.failures[:2])


def test_a_photo_of_nothing_is_refused(variants):
    with pytest.raises(ValueError, match="No product was found in `photo`"):
        variants(np.full((48, 48, 3), 255, "uint8"))


def test_styles_alone_want_no_product(variants):
    found = Variants(styles=["retro"])(np.full((48, 48, 3), 255, "uint8"))
    assert "mask_confidence" in found.failures[0]
    assert found.images[0].shape == (48, 48, 3)


def test_failing_variants_are_framed_in_red(product):
    strict = Variants({"red": NAVY}, thresholds=Thresholds(structure=1.0))
    sheets = [
        make(product.image, product.mask).sheet(64)
        for make in (strict, Variants({"red": NAVY}))
    ]
    red = [(sheet == (200, 20, 20)).all(-1).sum() for sheet in sheets]
    assert red[0] > 200 and red[1] == 0


def test_what_is_saved_is_what_was_made(result, tmp_path):
    result.save(tmp_path / "shirt")
    manifest = json.loads((tmp_path / "shirt/manifest.json").read_text())
    rows = manifest["variants"]
    assert [row["name"] for row in rows] == result.names
    for row, image, scores in zip(rows, result.images, result.scores):
        saved = images.load(tmp_path / "shirt" / row["file"])
        np.testing.assert_array_equal(saved, image)
        assert row["scores"] == scores and row["passed"]
    assert manifest["parameters"]["colors"]["navy"] == pytest.approx(NAVY)
    assert images.load(tmp_path / "shirt/sheet.png").shape[0] > 100


def test_a_stopped_save_leaves_a_manifest_without_variants(
    result, tmp_path, monkeypatch
):
    result.save(tmp_path)
    monkeypatch.setattr(type(result), "sheet", lambda self: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        result.save(tmp_path)
    manifest = json.loads((tmp_path / "manifest.json").read_text())
    assert "variants" not in manifest
    monkeypatch.undo()
    result.save(tmp_path)
    assert "variants" in json.loads((tmp_path / "manifest.json").read_text())


def test_the_variants_of_a_cut_out_are_cut_out(product, tmp_path):
    picture = np.dstack([product.image, product.mask])
    make = Variants({"navy": NAVY}, ["stripes"], ["retro"], model=star_gan())
    found = make(picture)
    for image in found.images:
        np.testing.assert_array_equal(image[..., 3], product.mask)
    navy = found.scores[0]
    assert navy["mask_confidence"] == 1.0 and navy["color_difference"] < 2.0
    assert navy["outside_changed"] == 0
    found.save(tmp_path)
    words = {"navy": ENHANCED, "stripes": PARTLY, "retro": ENHANCED}
    for name, word in words.items():
        verified = publishing.verify(tmp_path / f"{name}.png")
        assert verified.source_type == word and not verified.problems
    assert publishing.verify(tmp_path / "stripes.png").model == "StarGAN"
    assert publishing.verify(tmp_path / "sheet.png").source_type == PARTLY
    saved = images.load_rgba(tmp_path / "navy.png")
    np.testing.assert_array_equal(saved, found.images[0])
    images.save(tmp_path / "photos/cutout.png", picture)
    report = Variants({"navy": NAVY}).run(tmp_path / "photos", tmp_path / "new")
    assert report.made == ["cutout.png"]
    made = images.load_rgba(tmp_path / "new/cutout.png/navy.png")
    np.testing.assert_array_equal(made, found.images[0])


def test_a_recoloring_that_does_nothing_does_not_pass(product):
    scorer = Scorer(
        product.image, product.mask / 255.0, 1.0, Variants(["red"]).encoder
    )
    cloth = np.median(product.image[scorer.area], axis=0) / 255.0
    # What has the colour already is rightly left as it is.
    for color, expected in ((cloth, []), (RED, ["color_difference"])):
        row = scorer.scores([product.image], [color])[0]
        assert Thresholds().failures(row) == expected


def test_a_style_that_does_nothing_does_not_pass(product, monkeypatch):
    monkeypatch.setitem(editing.STYLES, "retro", lambda image: image)
    found = Variants(styles=["retro"])(product.image, product.mask)
    assert found.failures == [["style_change"]]


def test_what_is_no_number_does_not_pass():
    rows = dict.fromkeys(SCORES, float("nan"))
    assert Thresholds().failures(rows) == list(SCORES)


def test_colors_may_be_words(product):
    named = Variants(["navy", "#1F4E79"], from_color="black").colors
    assert named["navy"] == pytest.approx(cloth_color("navy"))
    assert named["#1F4E79"] == pytest.approx((31 / 255, 78 / 255, 121 / 255))
    assert Variants({"sea": "navy"}).colors["sea"] == named["navy"]
    assert Variants("navy").names == ["navy"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({}, "at least one colour"),
        ({"colors": {"a/b": RED}}, "names that files can have"),
        ({"colors": {"retro": RED}, "styles": ["retro"]}, "different names"),
        ({"colors": {"Red": RED, "red": NAVY}}, "different names"),
        ({"colors": {"sheet": RED}}, "none called sheet"),
        ({"colors": {"red": (255, 0, 0)}}, "must be three sRGB"),
        ({"colors": ["nvy"]}, "must be a name such as navy"),
        ({"colors": [RED]}, "a list of names such as 'navy'"),
        ({"colors": {"a\0b": RED}}, "names that files can have"),
        ({"colors": {"\u00e9" * 101: RED}}, "of at most 200 bytes"),
        (
            {"patterns": ["checks"], "model": Painter(0.0)},
            "must be one of .*'dots'.*Received: pattern='checks'",
        ),
        ({"styles": ["oil"]}, "`styles` must be out of"),
        ({"colors": {"red": RED}, "gamma": 2.0}, "must be out of"),
    ],
)
def test_refuses_nonsense(arguments, message):
    with pytest.raises(ValueError, match=message):
        Variants(**arguments)


def test_refuses_tiny_photos(variants):
    with pytest.raises(ValueError, match="at least 16 pixels"):
        variants(np.zeros((8, 40, 3), "uint8"))
