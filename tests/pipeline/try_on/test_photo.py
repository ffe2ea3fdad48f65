import numpy as np
import pytest

from keras_productgen import images
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
    assert found.refusals == () and found.method == "transparency"
    np.testing.assert_array_equal(found.mask, alpha >= 128)


def test_a_person_may_end_at_the_lower_frame():
    picture = photo_of((30, 120, 25, 75))
    assert names(photo.find(picture)) == ["cut off"]
    mask = (picture[..., 0] < 200).astype("uint8") * 255
    assert photo.find(picture, mask, ("bottom",)).refusals == ()


def test_a_mask_of_another_size_is_refused():
    with pytest.raises(ValueError, match="garment_photo_mask"):
        photo.find(photo_of(), np.ones((5, 5)), name="garment_photo")
