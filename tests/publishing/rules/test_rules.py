"""Each rule finds the defect that was planted, and not the others."""

import cv2
import numpy as np
import pytest
from PIL import Image

from keras_productgen import images
from keras_productgen import publishing
from keras_productgen.data import ProductCatalog
from tests.publishing import pictures


def statuses(report):
    return {f.rule: f.status for f in report.findings}


def broken(report):
    found = {f.rule for f in report.failed + report.warnings}
    # Small pictures are tested faster, and warned of.
    return found - {"pixels"}


def test_a_good_picture_passes_every_rule():
    picture, _ = pictures.product((1000, 1000))
    report = publishing.check(picture, "amazon_main")
    assert report.passed and not report.warnings, str(report)


@pytest.mark.parametrize("color", [(250, 250, 250), (255, 255, 249)])
def test_nearly_white_is_not_white(color):
    picture, _ = pictures.product(background=color)
    report = publishing.check(picture, "amazon_main")
    assert broken(report) == {"background"}
    assert "0.0% of it is" in report["background"].measured


def test_the_delta_e_of_the_background_is_that_of_black_and_white():
    picture, mask = pictures.product(background=(0, 0, 0))
    found = publishing.check(picture, "amazon_main", mask)["background"]
    assert "deltaE 100.0 away" in found.measured


def test_a_stain_on_the_background_is_shown_where_it_is():
    picture, mask = pictures.product(share=0.6)
    picture[10:60, 20:120] = 230
    found = publishing.check(picture, "amazon_main", mask)["background"]
    assert found.status == "failed"
    assert found.boxes == [[20, 10, 100, 50]]
    assert found.mask.sum() == 100 * 50


@pytest.mark.parametrize("share, good", [(0.84, False), (0.86, True)])
def test_fill_is_the_longer_side_of_the_box(share, good):
    picture, _ = pictures.product(share=share)
    report = publishing.check(picture, "amazon_main")
    assert (report["fill"].status == "passed") == good


def test_off_the_middle_is_seen():
    picture, _ = pictures.product(share=0.5, middle=(0.5, 0.3))
    found = publishing.check(picture, "amazon_main")["centring"]
    assert found.status == "warning"
    assert found.measured.startswith("-20.0% across, +0.0% down")


@pytest.mark.parametrize(
    "size, status", [(499, "failed"), (999, "warning"), (1000, "passed")]
)
def test_too_few_pixels_fail_and_few_ones_warn(size, status):
    picture, _ = pictures.product((size, size))
    report = publishing.check(picture, "amazon_main")
    assert report["pixels"].status == status


def test_proportions_are_those_of_the_profile():
    picture, _ = pictures.product((1000, 1200))
    assert publishing.check(picture, "jd")["aspect"].status == "failed"
    picture, _ = pictures.product((1000, 1000))
    assert publishing.check(picture, "jd")["aspect"].status == "passed"


def test_a_frame_is_found_and_measured():
    picture, _ = pictures.product(share=0.7)
    picture[:9] = picture[-12:] = 0
    picture[:, :7] = picture[:, -7:] = 0
    found = publishing.check(picture, "amazon_main")["border"]
    assert found.status == "failed"
    assert found.measured == "top 9 px, bottom 12 px, left 7 px, right 7 px"


def test_white_above_and_below_a_scene_is_a_border():
    scene = np.random.default_rng(0).integers(0, 200, (300, 300, 3), "uint8")
    scene[:30] = scene[-30:] = 255
    found = publishing.check(scene, "amazon_main")["border"]
    assert found.measured == "top 30 px, bottom 30 px"


def test_words_beside_the_product_are_suspected():
    picture, mask = pictures.product(share=0.7)
    assert publishing.check(picture, "amazon_main")["text"].status == "passed"
    for color in ((20, 20, 20), (200, 200, 200)):
        marked = pictures.written(picture, color=color)
        found = publishing.check(marked, "amazon_main", mask)["text"]
        assert found.status == "warning"
        x, y, width, height = found.boxes[0]
        assert x < 120 and y < 60 and width > 80


def test_words_on_the_product_are_its_own():
    picture, mask = pictures.product(share=0.8)
    picture[mask] = (120, 60, 60)
    marked = pictures.written(picture, place=(140, 260), color=pictures.WHITE)
    assert publishing.check(marked, "amazon_main")["text"].status == "passed"


def test_blur_is_seen_at_any_size():
    picture, _ = pictures.product()
    blurred = cv2.GaussianBlur(picture, (0, 0), 4)
    large = cv2.resize(blurred, None, fx=2.0, fy=2.0)
    for one in (blurred, large):
        found = publishing.check(one, "generic")["sharpness"]
        assert found.status == "warning"


@pytest.mark.parametrize(
    "color, mend", [((255, 255, 255), "shorter"), ((0, 0, 0), "longer")]
)
def test_a_product_without_drawing_is_clipped(color, mend):
    picture, mask = pictures.product(background=(128, 128, 128))
    picture[mask] = color
    found = publishing.check(picture, "generic", mask)["exposure"]
    assert found.status == "warning"
    assert mend in found.mend


def test_several_products_are_counted():
    picture, _ = pictures.product(share=0.3, middle=(0.5, 0.25))
    other, mask = pictures.product(share=0.3, middle=(0.5, 0.75))
    picture[mask] = other[mask]
    found = publishing.check(picture, "amazon_main")["products"]
    assert found.measured == "2 separate parts"
    assert len(found.boxes) == 2


def test_a_product_that_the_frame_cuts_is_named_with_its_side():
    picture, _ = pictures.product(share=0.6, middle=(0.8, 0.5))
    found = publishing.check(picture, "amazon_main")["cut_off"]
    assert found.status == "failed"
    assert found.measured == "touches bottom 60%"


def test_transparency_is_told_and_laid_on_white():
    picture, mask = pictures.product(background=(9, 9, 9))
    picture = np.dstack([picture, np.where(mask, 255, 0).astype("uint8")])
    report = publishing.check(picture, "amazon_main")
    assert broken(report) == {"transparency"}
    assert report["background"].status == "passed"
    google = publishing.check(picture, "google_merchant")
    assert google["transparency"].status == "passed"


def test_fully_transparent_is_a_verdict():
    picture = np.zeros((600, 600, 4), "uint8")
    report = publishing.check(picture, "amazon_main")
    assert report["product"].measured == "fully transparent"
    assert not report.passed
    assert report.picture().shape == (600, 600, 3)


@pytest.mark.parametrize("shape", [(1, 1, 3), (1, 1), (2, 7, 4), (3, 900, 3)])
def test_tiny_pictures_are_verdicts(shape):
    report = publishing.check(np.zeros(shape, "uint8"), "amazon_main")
    assert not report.passed
    assert report.picture().shape[2] == 3


def test_an_empty_picture_has_no_product():
    picture = np.full((1000, 1000, 3), 255, "uint8")
    report = publishing.check(picture, "amazon_main")
    assert statuses(report)["product"] == "failed"
    assert statuses(report)["fill"] == "not applicable"


def test_noise_has_no_product_to_be_sure_of():
    picture = np.random.default_rng(0).integers(0, 255, (120, 120, 3), "uint8")
    report = publishing.check(picture, "generic")
    assert report["product"].status in ("warning", "failed")
    assert report["fill"].status == "not applicable"


@pytest.mark.parametrize("square", [(245, 255), (255, 245), (240, 249)])
@pytest.mark.parametrize("blur", [0.0, 1.5])
def test_a_product_as_pale_as_its_backdrop_is_not_its_print(square, blur):
    picture = pictures.pale_square(*square)
    if blur:
        picture = cv2.GaussianBlur(picture, (0, 0), blur)
    report = publishing.check(picture, "amazon_main")
    assert report["product"].status == "warning"
    assert report["product"].measured.startswith("unsure (fainter parts")
    x, y, width, height = report["product"].boxes[0]
    assert abs(x - 150) < 6 and abs(y - 100) < 6
    assert abs(width - 300) < 12 and abs(height - 400) < 12
    assert report["fill"].status == "not applicable"


def test_shadows_make_no_product_unsure():
    catalog = ProductCatalog(
        160, seed=991, attributes={"background": "white"}, num_items=26
    )
    for index in range(0, 26, 2):
        report = publishing.check(catalog[index].image, "amazon_main")
        assert report["product"].status == "passed", index


def test_a_ring_is_open_and_its_backdrop_counts():
    found = publishing.check(pictures.ring(180), "amazon_main")
    assert not found.subject.product.mask[300, 300]
    assert found["background"].status == "failed"
    assert found["background"].mask[300, 300]


def test_what_may_be_a_hole_is_told_where_its_colour_is_wrong():
    rule = {"color": [180] * 3, "tolerance": 1, "share": 0.98}
    rule |= {"stated": False, "level": "fail"}
    profile = vars(publishing.profile("generic"))
    profile = publishing.Profile(**(profile | {"rules": {"background": rule}}))
    report = publishing.check(pictures.ring(180, 185), profile)
    found = report["background"]
    assert found.status == "warning" and report.passed
    assert "of the picture may be holes" in found.measured
    x, y, width, height = found.boxes[0]
    assert abs(x - 151) < 6 and abs(width - 298) < 12
    # White within before white is right, whatever it is.
    white = publishing.check(pictures.ring(255), "amazon_main")
    assert white["background"].status == "passed"


def test_files_are_judged_as_files(tmp_path):
    picture, _ = pictures.product()
    images.save(tmp_path / "a.webp", picture)
    images.save(tmp_path / "b.jpg", picture)
    (tmp_path / "c.png").write_bytes((tmp_path / "b.jpg").read_bytes())
    webp, jpg, png = (
        publishing.check(tmp_path / name, "amazon_main")
        for name in ("a.webp", "b.jpg", "c.png")
    )
    assert webp["file"].mend == "Write it as JPEG."
    assert jpg["file"].status == "passed"
    assert "ending" in png["file"].mend
    assert publishing.check(picture)["file"].status == "not applicable"


def test_the_profile_of_a_file_is_its_color_space(tmp_path):
    picture, _ = pictures.product((600, 600))
    images.save(tmp_path / "a.jpg", picture)
    with Image.open(tmp_path / "a.jpg") as opened:
        opened.convert("CMYK").save(tmp_path / "b.jpg")
    report = publishing.check(tmp_path / "b.jpg", "generic")
    assert report["color_space"].status == "failed"
    assert report["color_space"].measured.startswith("CMYK")
    amazon = publishing.check(tmp_path / "b.jpg", "amazon_main")
    assert amazon["color_space"].status == "passed"


@pytest.mark.parametrize("data", [b"", b"words", b"\xff\xd8\xff\xe0none"])
def test_bad_files_are_named(tmp_path, data):
    path = tmp_path / "shirt.jpg"
    path.write_bytes(data)
    with pytest.raises(ValueError, match="shirt.jpg"):
        publishing.check(path)


def test_a_truncated_file_is_named(tmp_path):
    picture, _ = pictures.product((600, 600))
    data = images.encode(picture, "JPEG")
    (tmp_path / "cut.jpg").write_bytes(data[: len(data) // 2])
    with pytest.raises(ValueError, match="truncated.*cut.jpg"):
        publishing.check(tmp_path / "cut.jpg")


def test_very_wide_pictures_are_judged():
    picture = np.full((20, 20_000, 3), 255, "uint8")
    picture[5:15, 4000:15_000] = (90, 40, 40)
    report = publishing.check(picture, "amazon_main")
    assert report["pixels"].status == "failed"
    assert "20000 x 20" in report["pixels"].measured


def test_masks_must_fit():
    picture, _ = pictures.product((100, 100))
    with pytest.raises(ValueError, match="as large as the picture"):
        publishing.check(picture, mask=np.ones((50, 100), bool))
    with pytest.raises(ValueError, match="floats in"):
        publishing.check(picture, mask=np.full((100, 100), 2.0))
