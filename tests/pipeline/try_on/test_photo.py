import functools

import numpy as np
import pytest

from keras_productgen import data
from keras_productgen import editing
from keras_productgen import images
from keras_productgen.editing.matte.find_matte import find_matte
from keras_productgen.pipeline import product_verdicts
from keras_productgen.pipeline.try_on import photo


def photo_of(*boxes, size=(120, 100)):
    picture = np.full((*size, 3), 240, "uint8")
    for top, bottom, left, right in boxes:
        picture[top:bottom, left:right] = (150, 40, 30)
    return picture


def names(found):
    return [each.name for each in found.refusals]


def test_one_product_is_found():
    found = photo.find(photo_of((30, 90, 25, 75)))
    assert found.refusals == ()
    assert found.mask[60, 50] and not found.mask[5, 5]


@pytest.mark.parametrize(
    ("picture", "reason"),
    [
        (photo_of(), "no product"),
        (photo_of((30, 90, 10, 40), (30, 90, 60, 90)), "several products"),
        (photo_of((0, 70, 25, 75)), "cut off"),
        (photo_of((20, 40, 20, 30), size=(50, 60)), "too small"),
        (np.zeros((120, 100, 4), "uint8"), "fully transparent"),
    ],
)
def test_bad_photos_have_a_verdict(picture, reason):
    assert names(photo.find(picture)) == [reason]


def on_cloth(top):
    """A T-shirt whose lower end is so many pixels above the frame, or below."""
    catalog = data.ProductCatalog(
        192, 0, ["t-shirt"], attributes={"pattern": "plain"}
    )
    product = catalog[3]
    shirt = editing.cut_out(product.image, product.mask)
    rows = np.flatnonzero((product.mask >= 128).any(axis=1))
    shift = 191 - top - rows[-1]
    moved = np.zeros_like(shirt)
    kept = shirt[max(0, -shift) : 192 - max(0, shift)]
    moved[max(0, shift) :][: len(kept)] = kept
    light = np.linspace(0.6, 1.2, 192)[None, :, None]
    cloth = (light * (186, 160, 128) * np.ones((192, 1, 1))).astype("uint8")
    return editing.composite(moved, cloth)


@pytest.mark.parametrize(
    ("gap", "refused"), [(20, []), (2, []), (-12, ["cut off"])]
)
def test_the_network_tells_the_end_of_a_shirt_from_that_of_the_photo(
    gap, refused
):
    found = photo.find(on_cloth(gap))
    assert found.method.startswith("model ")
    assert names(found) == refused


def test_grabcut_that_ends_there_is_not_believed(monkeypatch):
    by_grabcut = functools.partial(find_matte, method="grabcut")
    monkeypatch.setattr(photo, "find_matte", by_grabcut)
    assert "cut off" in names(photo.find(on_cloth(-12)))


def test_a_huge_photo_is_not_even_looked_at(monkeypatch):
    monkeypatch.setattr(images, "MAX_PIXELS", 10_000)
    assert names(photo.find(photo_of((30, 90, 25, 75)))) == ["too large"]


def test_noise_is_not_trusted():
    noise = np.random.default_rng(0).integers(0, 256, (120, 100, 3), "uint8")
    assert photo.find(noise).refusals


def test_transparency_is_the_matte():
    alpha = np.zeros((120, 100), "uint8")
    alpha[30:90, 25:75] = 255
    cutout = np.dstack([photo_of(), alpha])
    found = photo.find(cutout)
    assert found.refusals == () and found.method == product_verdicts.OWN
    np.testing.assert_array_equal(found.mask, alpha >= 128)


def test_a_person_may_end_at_the_lower_frame():
    picture = photo_of((30, 120, 25, 75))
    assert names(photo.find(picture)) == ["cut off"]
    mask = (picture[..., 0] < 200).astype("uint8") * 255
    assert photo.find(picture, mask, ("bottom",)).refusals == ()


def test_a_mask_of_another_size_is_refused():
    with pytest.raises(ValueError, match="garment_photo_mask"):
        photo.find(photo_of(), np.ones((5, 5)), name="garment_photo")
