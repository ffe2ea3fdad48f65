import hashlib
import pathlib

import pytest

from keras_productgen.data import annotations
from keras_productgen.data.annotations import masks

MASKS = pathlib.Path(__file__).with_name("clothing_masks.json")
PHOTOS = pathlib.Path(__file__).parents[3] / "shared/data/clothing/validation"
needs_photos = pytest.mark.skipif(
    not PHOTOS.is_dir(), reason="the photos are not here"
)


@pytest.fixture(scope="module")
def found():
    return annotations.load(MASKS, PHOTOS)


def test_every_photo_has_one_mask_of_a_product(found):
    assert found.names() == {1: "product"}
    assert len(found.pictures) == len(found.items) == 60
    photos = {picture.id for picture in found.pictures}
    assert {item.picture_id for item in found.items} == photos
    assert not any(item.suggested for item in found.items)


def test_masks_fit_their_boxes_and_areas(found):
    annotations.validate(found, files=None, strict=True)


def test_a_product_covers_a_part_of_its_photo(found):
    pictures = {picture.id: picture for picture in found.pictures}
    for item in found.items:
        picture = pictures[item.picture_id]
        mask = masks.to_array(item.mask, picture.height, picture.width)
        assert 0.05 < mask.mean() < 0.95, picture.file


@needs_photos
def test_masks_fit_the_photos(found):
    annotations.validate(found, strict=True)


@needs_photos
def test_photos_are_the_first_by_the_hash_of_their_names(found):
    photos = sorted(
        PHOTOS.rglob("*.jpg"),
        key=lambda path: hashlib.sha256(path.name.encode()).hexdigest(),
    )
    first = [path.relative_to(PHOTOS).as_posix() for path in photos[:60]]
    assert [picture.file for picture in found.pictures] == first
