import json

import numpy as np
import pytest
from PIL import Image

from keras_productgen import editing
from keras_productgen import images
from keras_productgen import publishing
from keras_productgen.publishing.fixing import backdrop
from keras_productgen.publishing.fixing import canvas
from keras_productgen.publishing.fixing import encoding
from keras_productgen.publishing.fixing import scaling
from keras_productgen.publishing.rules import RULES
from tests.publishing import pictures


def names(fixed):
    return [step.name for step in fixed.done]


def test_a_grey_background_becomes_white_and_the_product_stays():
    picture, mask = pictures.product((900, 900), (226, 226, 226), 0.6)
    fixed = publishing.fix(picture, "amazon_main")
    assert fixed.passed, str(fixed)
    assert names(fixed) == ["background", "canvas", "encode"]
    assert fixed.proof.holds and fixed.proof.changed_pixels == 0
    # All but the outermost pixels of the block, found without its mask.
    assert fixed.proof.product_pixels >= 0.97 * mask.sum()
    rows, columns = fixed.proof.shift
    inside = np.argwhere(mask)[::97]
    moved = fixed.image[inside[:, 0] + rows, inside[:, 1] + columns]
    np.testing.assert_array_equal(moved, picture[inside[:, 0], inside[:, 1]])
    assert (fixed.image[0] == 255).all()


def test_what_is_good_is_only_encoded():
    picture, _ = pictures.product()
    fixed = publishing.fix(picture, "amazon_main")
    assert names(fixed) == ["encode"]
    np.testing.assert_array_equal(fixed.image, picture)


def test_a_product_beside_the_middle_is_centred():
    wide, _ = pictures.product((400, 800), share=0.5, middle=(0.5, 0.3))
    fixed = publishing.fix(wide, "generic")
    x, _, width, _ = fixed.after.subject.product.box
    assert abs(x + width / 2 - fixed.image.shape[1] / 2) <= 2


def test_a_frame_goes_with_the_background():
    picture, mask = pictures.product((800, 800), share=0.7)
    picture[:10] = picture[-10:] = picture[:, :10] = picture[:, -10:] = 0
    fixed = publishing.fix(picture, "amazon_main", mask)
    assert fixed.after["border"].status == "passed"
    scene = np.random.default_rng(0).integers(0, 255, (260, 260, 3), "uint8")
    framed = np.pad(scene, ((10, 10), (10, 10), (0, 0)))
    fixed = publishing.fix(framed, "google_merchant")
    assert names(fixed) == ["crop border", "encode"]
    np.testing.assert_array_equal(fixed.image, scene)
    assert fixed.proof is None


def test_pictures_are_enlarged_by_consent_alone():
    picture, _ = pictures.product((300, 300))
    left = publishing.fix(picture, "amazon_main")
    assert not left.passed and not left.resampled
    assert [f.rule for f in left.not_mended] == ["pixels"]
    made = publishing.fix(picture, "amazon_main", upscale=True)
    assert made.passed and made.resampled
    assert made.image.shape == made.mask.shape + (3,) == (1000, 1000, 3)


def test_pictures_that_are_too_large_are_made_smaller():
    picture, _ = pictures.product((900, 900))
    fixed = publishing.fix(picture, _own(pixels={"most_long": 300}))
    assert fixed.image.shape == (300, 300, 3)


def _own(**rules):
    plain = {"stated": False, "level": "fail"}
    profile = publishing.profile("generic")
    rules = {name: plain | settings for name, settings in rules.items()}
    return publishing.Profile(**(vars(profile) | {"rules": rules}))


def test_files_are_compressed_until_they_fit():
    noise = np.random.default_rng(0).integers(0, 255, (400, 400, 3), "uint8")
    profile = _own(file={"types": ["JPEG"], "most_megabytes": 0.2})
    fixed = publishing.fix(noise, profile)
    quality = fixed.done[-1].settings["quality"]
    assert 60 < quality < 95
    assert len(fixed.data) <= 200_000
    # The next better one would not fit, with its label.
    assert len(images.encode(noise, "JPEG", quality=quality + 1)) > 191_000


def test_what_cannot_be_small_enough_says_so():
    noise = np.random.default_rng(0).integers(0, 255, (400, 400, 3), "uint8")
    profile = _own(file={"types": ["JPEG"], "most_megabytes": 0.01})
    fixed = publishing.fix(noise, profile)
    assert [f.rule for f in fixed.not_mended if f.status == "failed"] == [
        "product", "file",
    ] or [f.rule for f in fixed.not_mended][:1] == ["file"]  # fmt: skip
    assert fixed.done[-1].settings["quality"] == 60


def test_transparency_is_flattened_where_it_must(tmp_path):
    picture, mask = pictures.product(background=(9, 9, 9))
    alpha = np.where(mask, 255, 0).astype("uint8")
    picture = np.dstack([picture, alpha])
    fixed = publishing.fix(picture, "amazon_main")
    assert fixed.passed and fixed.image.shape[-1] == 3
    assert names(fixed)[0] == "flatten"
    kept = publishing.fix(picture, "google_merchant")
    assert kept.image.shape[-1] == 4 and kept.file_type == "PNG"
    assert kept.save(tmp_path / "a.jpg").name == "a.png"


def test_where_transparency_stays_colors_do_too():
    picture = np.zeros((600, 600, 4), "uint8")
    picture[..., :3] = (200, 30, 20)
    picture[70:530, 70:530, 3] = 255
    picture[70:530, 66:70, 3] = 100
    fixed = publishing.fix(picture, "google_merchant")
    made = images.load_rgba(fixed.data)
    assert made.shape[-1] == 4 and "flatten" not in names(fixed)
    # Mixed with white at the edge it would be pale on every other page.
    soft = made[(made[..., 3] > 60) & (made[..., 3] < 140)]
    assert len(soft) and np.abs(soft[:, :3] - [200.0, 30, 20]).max() <= 2


def test_a_new_backdrop_leaves_no_transparency():
    picture, _ = pictures.product((600, 600), (120, 160, 90), 0.7)
    cutout = np.dstack([picture, np.full((600, 600), 255, "uint8")])
    cutout[:60, :60, 3] = 0
    rule = {"color": [255, 255, 255], "tolerance": 2, "share": 0.98}
    profile = _own(background=rule, transparency={"allowed": True})
    mask = np.zeros((600, 600), bool)
    mask[90:510, 90:510] = True
    fixed = publishing.fix(cutout, profile, mask)
    assert fixed.image.shape[-1] == 3 and "flatten" in names(fixed)
    assert fixed.after["background"].status == "passed"
    assert fixed.proof.changed_pixels == 0


def test_mending_asks_only_for_the_rules_it_needs(monkeypatch):
    picture, _ = pictures.product((520, 520), (226, 226, 226), 0.6)
    asked = []
    look = RULES["text"]
    monkeypatch.setitem(RULES, "text", lambda *a: asked.append(1) or look(*a))
    fixed = publishing.fix(picture, "amazon_main", upscale=True)
    # Of the result, and not of what came; but that can be asked for.
    assert len(asked) == 1
    assert fixed.before["text"].status == "passed" and len(asked) == 2
    assert fixed.to_dict()["before"]["findings"] and len(asked) == 2


def test_files_come_out_in_srgb(tmp_path):
    picture, _ = pictures.product()
    images.save(tmp_path / "rgb.png", picture)
    with Image.open(tmp_path / "rgb.png") as opened:
        opened.convert("CMYK").save(tmp_path / "a.tif")
    fixed = publishing.fix(tmp_path / "a.tif", "generic")
    assert names(fixed)[0] == "to sRGB"
    path = fixed.save(tmp_path / "out" / "a.tif")
    assert path.suffix == ".jpg"
    report = publishing.check(path, "generic")
    assert report["color_space"].status == "passed"


def test_a_product_that_is_cut_off_is_not_moved():
    picture, _ = pictures.product(share=0.6, middle=(0.8, 0.5))
    fixed = publishing.fix(picture, "amazon_main")
    assert "cut_off" in [f.rule for f in fixed.not_mended]
    assert "canvas" not in names(fixed)


def test_a_guess_is_cut_out_by_consent_alone():
    picture, mask = pictures.product((260, 260), share=0.6)
    rng = np.random.default_rng(0)
    wood = rng.normal((150, 110, 70), 9, (260, 260, 3))
    wood[::40] = 60
    picture = np.where(mask[..., None], picture, np.clip(wood, 0, 255))
    picture = picture.astype("uint8")
    left = publishing.fix(picture, "amazon_main")
    assert left.proof is None and "background" not in names(left)
    made = publishing.fix(picture, "amazon_main", guess=True)
    assert "background" in names(made)
    assert made.not_mended[-1].measured.startswith("a guess")
    given = publishing.fix(picture, "amazon_main", mask)
    assert "background" in names(given) and given.proof.holds


@pytest.mark.parametrize("square", [(245, 255), (255, 245)])
def test_a_product_as_pale_as_its_backdrop_is_left(square):
    picture = pictures.pale_square(*square)
    fixed = publishing.fix(picture, "amazon_main")
    assert names(fixed) == ["encode"] and fixed.proof is None
    np.testing.assert_array_equal(fixed.image, picture)
    assert "product" in [f.rule for f in fixed.not_mended]
    mask = (picture != square[0]).any(axis=2)
    assert publishing.fix(picture, "amazon_main", mask).proof.holds


def test_no_old_backdrop_is_left_within_a_ring():
    fixed = publishing.fix(pictures.ring(180), "amazon_main", upscale=True)
    assert fixed.passed and not fixed.not_mended, str(fixed)
    middle = len(fixed.image) // 2
    within = fixed.image[
        middle - 200 : middle + 200, middle - 200 : middle + 200
    ]
    assert (within == 255).all()


def test_what_may_be_a_hole_is_left_and_told_where_it_is():
    fixed = publishing.fix(pictures.ring(180, 185), "amazon_main", upscale=True)
    middle = len(fixed.image) // 2
    assert (fixed.image[middle, middle] == 185).all()
    told = [f for f in fixed.not_mended if f.rule == "background"]
    assert [f.status for f in told] == ["warning"]
    # The place is that in the result: moved, and enlarged.
    assert told[0].mask.shape == fixed.image.shape[:2]
    x, y, width, height = told[0].boxes[0]
    assert abs(x + width / 2 - middle) < 4
    assert fixed.image[y + height // 2, x + 3].tolist() != [255] * 3
    scale = len(fixed.image) / fixed.done[1].settings["height"]
    assert abs(width / scale - 300) < 12


def test_an_empty_picture_is_no_crash():
    fixed = publishing.fix(np.zeros((1, 1, 3), "uint8"), "amazon_main")
    assert not fixed.passed and fixed.proof is None


def test_of_a_fully_transparent_picture_nothing_is_made(tmp_path):
    clear = publishing.fix(np.zeros((50, 50, 4), "uint8"), "amazon_main")
    assert clear.data is None and clear.done == [] and not clear.passed
    assert clear.after is clear.before
    assert clear.not_mended[0].measured == "fully transparent"
    assert "fully transparent" in str(clear)
    json.dumps(clear.to_dict())
    with pytest.raises(ValueError, match="nothing can be seen"):
        clear.save(tmp_path / "clear")
    assert list(tmp_path.iterdir()) == []


def test_an_edit_of_the_product_would_be_refused(monkeypatch):
    from keras_productgen.publishing.fixing import work

    def brighter(picture, matte, color):
        return np.clip(picture.astype(int) + 1, 0, 255).astype("uint8")

    monkeypatch.setattr(work, "replace_backdrop", brighter)
    picture, mask = pictures.product(background=(200, 200, 200))
    with pytest.raises(editing.ProductChangedError):
        publishing.fix(picture, "amazon_main", mask)


def test_the_result_is_json_and_text():
    picture, _ = pictures.product((300, 300), (240, 240, 240))
    fixed = publishing.fix(picture, "amazon_main")
    values = json.loads(json.dumps(fixed.to_dict()))
    assert values["proof"]["holds"] is True
    assert "not mended: pixels" in str(fixed)


def test_edges_lose_the_old_backdrop():
    matte = np.zeros((60, 60), "float32")
    matte[20:40, 20:40] = 1.0
    matte[19, 20:40] = 0.5
    product, old = np.array([200.0, 40.0, 40.0]), np.array([0.0, 0.0, 90.0])
    share = matte[..., None]
    picture = np.rint(product * share + old * (1 - share)).astype("uint8")
    made = backdrop.replace_backdrop(picture, matte, (255, 255, 255))
    # Half of the product's colour, half white: nothing of the blue.
    np.testing.assert_allclose(made[19, 30], [228, 148, 148], atol=2)
    np.testing.assert_array_equal(made[20:40, 20:40], picture[20:40, 20:40])
    assert (made[:10] == 255).all()


def test_the_canvas_is_hand_computed():
    rules = {"fill": {"least": 0.8, "most": 1.0}, "centring": {"most": 0.1}}
    frame = canvas.plan([40, 40, 20, 20], (100, 100), rules)
    # 20 pixels are 0.85 of 24; the middle is at 50.
    assert frame == canvas.Canvas(38, 38, 24, 24)
    assert canvas.plan([5, 5, 90, 90], (100, 100), rules) is None
    square = {"aspect": {"least": 1.0, "most": 1.0}}
    frame = canvas.plan([0, 0, 100, 50], (50, 100), square)
    assert frame == canvas.Canvas(-25, 0, 100, 100)


@pytest.mark.parametrize(
    "size, rule, upscale, wanted",
    [
        ((100, 200), {"least_short": 200}, True, (200, 400)),
        ((100, 200), {"least_short": 200}, False, None),
        ((100, 200), {"wanted_long": 300}, True, (150, 300)),
        ((1000, 2000), {"most_long": 500}, False, (250, 500)),
        ((2000, 2000), {"most_megapixels": 1}, False, (1000, 1000)),
        ((10, 2000), {"least_short": 100, "most_long": 2000}, True, None),
        ((100, 100), None, True, None),
    ],
)
def test_scaling_keeps_within_the_rule(size, rule, upscale, wanted):
    assert scaling.wanted_size(size, rule, upscale) == wanted


def test_files_stay_of_their_type_where_that_is_allowed():
    rules = {"file": {"types": ["PNG", "JPEG"]}}
    assert encoding.choose_type(rules, "PNG") == "PNG"
    assert encoding.choose_type(rules, "WEBP") == "JPEG"
    with pytest.raises(ValueError, match="must allow"):
        encoding.choose_type({"file": {"types": ["GIF"]}}, "GIF")
