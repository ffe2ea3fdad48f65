"""The network that cuts products out, as it comes along."""

import pathlib

import numpy as np
import pytest

from keras_productgen import data
from keras_productgen import evaluation
from keras_productgen import images
from keras_productgen import models
from keras_productgen.data import annotations
from keras_productgen.data.annotations import masks

MASKS = pathlib.Path(__file__).parents[1] / "clothing_masks.json"
PHOTOS = pathlib.Path(__file__).parents[4] / "shared/data/clothing/validation"


@pytest.fixture(scope="module")
def model():
    return models.load("matting")


def test_its_file_is_small():
    path = pathlib.Path(models.__file__).parents[1] / "saved_models/matting.npz"
    assert path.stat().st_size < 6e6


def test_renders_that_no_training_showed_are_cut_out(model):
    catalog = data.ProductCatalog(192, seed=4321, num_items=8)
    scores = [
        evaluation.matte_iou(shown.mask, model.matte(shown.image))
        for shown in (catalog[number] for number in range(8))
    ]
    assert np.mean(scores) > 0.95


def test_a_picture_of_nothing_has_no_product(model):
    """A wall, to the last pixel."""
    found = model.matte(np.full((120, 160, 3), (190, 180, 160), "uint8"))
    assert (found > 127).mean() < 0.02


@pytest.mark.slow
@pytest.mark.skipif(not PHOTOS.is_dir(), reason="the photos are not here")
def test_photos_whose_masks_were_drawn_by_hand(model):
    known = annotations.load(MASKS, PHOTOS)
    names = {picture.id: picture.file for picture in known.pictures}
    scores = []
    for item in known.items:
        photo = images.load(PHOTOS / names[item.picture_id])
        truth = masks.to_array(item.mask, *photo.shape[:2])
        truth = np.where(truth, 255, 0).astype("uint8")
        scores.append(evaluation.matte_iou(truth, model.matte(photo)))
    assert np.mean(scores) > 0.93
