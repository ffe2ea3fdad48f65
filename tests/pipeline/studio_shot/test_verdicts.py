import numpy as np
import pytest
from PIL import Image

from keras_productgen import images
from keras_productgen.editing import Matte
from keras_productgen.pipeline import QualityGate
from keras_productgen.pipeline.quality_gate import SCORES
from keras_productgen.pipeline.studio_shot import verdicts
from tests.pipeline.studio_shot.conftest import RED
from tests.pipeline.studio_shot.conftest import by_colour
from tests.pipeline.studio_shot.conftest import photo_of


def names(result):
    assert result.image is None and result.data is None
    assert result.report.verdict == "rejected"
    assert all(reason.measured for reason in result.report.reasons)
    return [reason.name for reason in result.report.reasons]


def test_a_wall_alone_shows_no_product(quick):
    assert names(quick()(photo_of())) == ["no product"]


def test_noise_and_black_and_white_do_not_pass(quick):
    noise = np.random.default_rng(0).integers(0, 256, (100, 100, 3), "uint8")
    gate = QualityGate(
        {"confidence": SCORES["matte_confidence"]}, {"confidence": (0.8, None)}
    )
    for photo in (noise, np.zeros_like(noise), np.full_like(noise, 255)):
        assert names(quick(gate=gate)(photo))


def test_two_products_are_several(quick):
    two = photo_of((60, 35, 30, 18), (60, 95, 28, 18), size=(120, 130))
    assert names(quick()(two)) == ["several products"]
    assert quick(max_products=2)(two).report.accepted


@pytest.mark.parametrize(
    "ellipse",
    [(100, 50, 50, 22), (10, 50, 50, 22), (60, 85, 30, 40), (60, 5, 30, 40)],
    ids=["below", "above", "right", "left"],
)
def test_a_product_beyond_the_frame_is_cut_off(quick, ellipse):
    def red(photo):
        alpha = (photo[..., 1] < 120).astype("uint8") * 255
        # As of GrabCut, which takes the rim for backdrop.
        inner = np.zeros_like(alpha)
        inner[2:-2, 2:-2] = alpha[2:-2, 2:-2]
        return inner

    assert names(quick(matte=red)(photo_of(ellipse))) == ["cut off"]


def test_two_pixels_before_the_frame_only_a_network_is_believed(quick):
    photo = photo_of()
    photo[40:118, 20:80] = RED

    def shot_by(method):
        return quick(matte=lambda seen: Matte(by_colour(seen), method, 1.0))

    assert shot_by("model MattingUNet")(photo).report.accepted
    assert names(shot_by("grabcut")(photo)) == ["cut off"]
    photo[118:, 20:80] = RED
    for method in ("model MattingUNet", "grabcut"):
        assert names(shot_by(method)(photo)) == ["cut off"]


def test_grabcut_is_seen_to_end_at_the_frame(quick):
    below = photo_of((100, 50, 50, 22))
    assert "cut off" in names(quick(matte="grabcut")(below))


def test_a_cutout_that_touches_its_frame_is_cut_off(quick):
    cutout = np.dstack([photo_of(), np.zeros((120, 100), "uint8")])
    cutout[40:, 20:80, 3] = 255
    assert names(quick()(cutout)) == ["cut off"]


def test_one_that_ends_a_pixel_before_it_is_whole(quick):
    cutout = np.dstack([photo_of(), np.zeros((120, 100), "uint8")])
    cutout[40:119, 20:80, 3] = 255
    assert quick()(cutout).report.accepted


def test_a_transparent_picture_is_named(quick, photo):
    clear = np.dstack([photo, np.zeros((120, 100), "uint8")])
    assert names(quick()(clear)) == ["fully transparent"]


def test_tiny_pictures_are_named(quick):
    for size in ((63, 200), (1, 1), (8, 8)):
        assert names(quick()(np.zeros((*size, 3), "uint8"))) == ["too small"]


def test_huge_pictures_are_named(quick, photo, tmp_path, monkeypatch):
    images.save(tmp_path / "huge.png", photo)
    monkeypatch.setattr(images, "MAX_PIXELS", 100 * 100)
    for picture in (photo, tmp_path / "huge.png"):
        result = quick()(picture)
        assert names(result) == ["too large"]
        assert result.report.reasons[0].measured == "100 x 120 pixels"


def test_what_pillow_takes_for_an_attack_is_too_large(
    quick, photo, tmp_path, monkeypatch
):
    images.save(tmp_path / "bomb.png", photo)
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 1000)
    assert names(quick()(tmp_path / "bomb.png")) == ["too large"]


def test_every_score_of_the_gate_has_a_verdict():
    assert set(verdicts.NAMES) == set(SCORES)


@pytest.mark.parametrize(
    ("score", "name"),
    [
        ("sharpness", "too blurred"),
        ("lightness", "too dark"),
        ("matte_confidence", "matte not trusted"),
    ],
)
def test_what_the_gate_finds_is_said_by_name(quick, photo, score, name):
    gate = QualityGate(
        {score: lambda _: 0.1}, {score: (0.2, None)}, max_retries=0
    )
    result = quick(gate=gate)(photo)
    assert names(result) == [name]
    assert result.report.reasons[0].measured == f"{score} 0.1"
    assert result.report.reasons[0].wanted == "at least 0.2"


def test_grey_and_small_and_wide_photos_are_no_trouble(quick, photo):
    grey = photo[..., 1]
    assert quick()(grey).report.accepted
    assert quick()(grey[..., None]).report.accepted
    wide = photo_of((40, 300, 25, 60), size=(80, 600))
    assert quick()(wide).report.accepted


def test_large_photos_are_worked_on_smaller(quick):
    large = photo_of((300, 250, 190, 110), size=(600, 500))
    result = quick()(large)
    assert result.report.stages[0].method == "made smaller"
    assert max(result.report.stages[0].settings["working_size"]) < 220
    assert result.report.accepted
