"""Stages of one's own that would change the product, and honest ones."""

import cv2
import numpy as np
import pytest

from keras_productgen import data
from keras_productgen import editing
from keras_productgen import images
from keras_productgen.pipeline.studio_shot import corrections
from keras_productgen.pipeline.studio_shot import lighting
from keras_productgen.pipeline.studio_shot import one_light
from keras_productgen.pipeline.studio_shot import verdicts
from tests.pipeline.studio_shot.conftest import RED
from tests.pipeline.studio_shot.conftest import by_colour
from tests.pipeline.studio_shot.conftest import photo_of


@pytest.fixture(scope="module")
def printed():
    """A shirt with a white logo, its alpha, and the place of the logo."""
    picture = photo_of((120, 100, 76, 44), size=(240, 200))
    logo = np.s_[100:124, 84:116]
    picture[logo] = (235, 235, 230)
    return picture, _product(picture), logo


def _product(picture):
    alpha = np.zeros(picture.shape[:2], "uint8")
    cv2.ellipse(alpha, (100, 120), (44, 76), 0, 0, 360, 255, -1)
    return alpha


def noisy(picture, level=20.0):
    return images.to_uint8(data.degradation.GaussianNoise(level)(picture, 0))


def refused(result):
    assert result.image is None
    assert {each.name for each in result.report.reasons} == {"product changed"}
    return result.report.reasons[0].measured


def block(colors):
    """Paints a blue block of a fortieth of the product."""
    height, width = colors.shape[:2]
    y, x = height // 2, width // 2
    colors[y - 4 : y + 4, x - 4 : x + 4, :3] = (20, 30, 220)
    return colors


def invert(cutout):
    cutout[..., :3] = 255 - cutout[..., :3]
    return cutout


@pytest.mark.parametrize("stage", ["restore", "relight"])
@pytest.mark.parametrize("cheat", [block, invert])
def test_a_correction_cannot_paint_on_the_product(quick, photo, stage, cheat):
    shot = quick(matte=lambda _: by_colour(photo), **{stage: cheat})
    assert refused(shot(photo)).startswith(f"{stage}: CIEDE2000")


def test_straightening_cannot_change_colours(quick, photo):
    result = quick(matte=by_colour, straighten=invert)(photo)
    assert refused(result).startswith("straighten: CIEDE2000")


def test_straightening_cannot_paint_a_tenth_of_the_product(quick, photo):
    def painted(cutout):
        cutout[53:67, 40:60, :3] = (20, 30, 220)
        return cutout

    said = refused(quick(matte=by_colour, straighten=painted)(photo))
    assert "of the product" in said


@pytest.mark.parametrize("turn", [cv2.ROTATE_180, cv2.ROTATE_90_CLOCKWISE])
def test_turning_is_no_change_of_colours(quick, photo, turn):
    shot = quick(matte=by_colour, straighten=lambda c: cv2.rotate(c, turn))
    result = shot(photo)
    proof = result.report.proofs["straighten"]
    assert result.report.accepted and proof.moved_share < 1e-9
    tilted = quick(
        matte=by_colour, straighten=lambda c: editing.straighten(c, angle=9.0)
    )(photo)
    assert tilted.report.accepted


def test_noise_that_is_taken_out_is_no_change(printed):
    picture, alpha, _ = printed
    for level in (20.0, 45.0):
        before = noisy(picture, level)
        found = corrections.of_restoring(before, picture, alpha)
        assert found.holds and found.largest_part < 0.008, level
    blurred = cv2.GaussianBlur(picture, (0, 0), 2.0)
    assert corrections.of_restoring(blurred, picture, alpha).holds


def test_a_logo_cannot_vanish_with_the_noise(printed):
    picture, alpha, logo = printed
    plain = picture.copy()
    plain[logo] = RED
    found = corrections.of_restoring(noisy(picture), plain, alpha)
    # 768 pixels of a product of some 10500.
    assert not found.holds and 0.04 < found.largest_part < 0.12


@pytest.mark.parametrize(
    ("color", "share"),
    [
        ((20, 30, 220), 0.02),
        ((20, 30, 220), 0.3),
        ((215, 40, 10), 0.03),
        ((215, 40, 10), 0.2),
        ((60, 10, 10), 0.03),
        ((60, 10, 10), 0.2),
    ],
)
def test_blocks_of_all_sizes_are_found(printed, color, share):
    picture, alpha, _ = printed
    half = round(np.sqrt(share * (alpha > 0).sum()) / 2.0)
    painted = picture.copy()
    painted[150 - half : 150 + half, 100 - half : 100 + half] = color
    found = corrections.of_restoring(picture, painted, alpha)
    assert not found.holds and found.largest_part > 0.4 * share
    cutouts = [np.dstack([each, alpha]) for each in (picture, painted)]
    assert not corrections.of_lighting(*cutouts).holds


def test_a_part_cannot_be_painted_over_nor_one_be_added(printed):
    picture, alpha, _ = printed
    for part, color in ((np.s_[170:], (205, 205, 200)), (np.s_[:50], RED)):
        changed = picture.copy()
        changed[part][:, 70:130] = color
        left = _product(picture)
        left[170:] = 0
        found = corrections.of_restoring(picture, changed, left)
        assert not found.holds and found.largest_part > 0.05


def test_light_is_no_painted_part(printed):
    picture, alpha, _ = printed
    dark = images.to_uint8(data.degradation.LowLight(1.0, 1.0)(picture, 0))
    cast = images.to_uint8(data.degradation.ColorCast(0.5)(picture, 0))
    for before in (dark, cast):
        found = corrections.of_restoring(before, picture, alpha)
        assert found.holds and found.largest_part == 0.0
        assert found.mean_ciede2000 > 3.0
    cutout = np.dstack([picture, alpha])
    for direction in ((1.0, 0.5, 1.0), (-1.0, 0.0, 0.5)):
        lit, _, _ = lighting.relit(cutout, direction, 1.0)
        found = corrections.of_lighting(cutout, lit)
        assert found.holds and found.mean_ciede2000 > 0.2, direction


def test_light_of_another_colour_is_bounded_in_the_mean(printed):
    picture, alpha, _ = printed
    blue = np.ascontiguousarray(picture[..., ::-1])
    found = corrections.of_restoring(picture, blue, alpha)
    assert not found.holds and found.mean_ciede2000 > found.max_mean


def test_all_corrections_together_are_bounded(quick, photo):
    def warmer(picture):
        picture = picture.copy()
        picture[..., 0] = np.clip(picture[..., 0] * 1.3, 0, 255)
        picture[..., 1] = picture[..., 1] * 0.4
        return picture

    half = warmer(photo), by_colour(photo)
    one = corrections.of_restoring(photo, *half)
    assert one.holds and one.mean_ciede2000 > 5.0
    many = {f"stage {n}": one for n in range(5)}
    with pytest.raises(verdicts.Unusable, match="at most 20 together"):
        verdicts.check_change(many)


def test_a_light_that_changes_the_outline_is_refused(quick, photo):
    def hides(cutout):
        cutout[60:, :, 3] = 0
        return cutout

    report = quick(matte=by_colour, relight=hides)(photo).report
    assert "leave the transparency" in report.reasons[0].measured


def test_one_light_is_found_under_what_was_painted():
    before = np.random.default_rng(0).uniform(30, 160, (40, 40, 3))
    before = before.astype("float32")
    after = 1.3 * (before + one_light.DARK) - one_light.DARK
    after[:10] = 255.0
    made = one_light.fitted(before, after, np.ones((40, 40), "float32"))
    np.testing.assert_allclose(made[10:], after[10:], atol=1.0)
    assert np.abs(made[:10] - 255.0).mean() > 50.0


def test_every_proof_stands_in_the_report(quick, photo):
    result = quick(
        matte=by_colour,
        restore=lambda p: cv2.GaussianBlur(p, (0, 0), 1.0),
        straighten=lambda c: c,
        relight=(1.0, 0.0, 1.0),
    )(photo)
    proofs = result.report.to_dict()["proofs"]
    assert list(proofs) == ["restore", "straighten", "relight", "background"]
    for proof in proofs.values():
        assert proof["holds"] is True and proof["text"]
    assert proofs["restore"]["max_part"] >= 0.015
    assert proofs["relight"]["max_mean"] == 20.0
