import sys

import numpy as np
import pytest

from keras_productgen import data
from keras_productgen import editing
from keras_productgen import evaluation
from keras_productgen import models
from keras_productgen.editing.matte import find_matte as finding


@pytest.fixture(scope="module")
def product():
    attributes = {"background": "plain"}
    catalog = data.ProductCatalog(96, 3, ["t-shirt"], attributes=attributes)
    return catalog[0]


class MiddleModel:
    """Takes a stripe down the middle for product, mirrored or not."""

    def matte(self, picture):
        matte = np.zeros(picture.shape[:2], "uint8")
        matte[:, 30:66] = 255
        return matte


class LeftModel:
    """Takes the left half for product, whatever is there."""

    def matte(self, picture):
        matte = np.zeros(picture.shape[:2], "uint8")
        matte[:, :48] = 255
        return matte


@pytest.fixture
def nothing_shipped(monkeypatch):
    monkeypatch.setattr(models, "shipped_models", dict)


def test_grabcut_finds_what_was_rendered(product):
    found = editing.grabcut_matte(product.image)
    assert evaluation.matte_iou(product.mask, found) > 0.95
    assert ((found > 20) & (found < 235)).any()  # Soft edges.


def test_kinds_of_pictures(product):
    grey = product.image.mean(-1).astype("uint8")
    assert editing.grabcut_matte(grey).shape == grey.shape
    alpha = np.full(grey.shape, 255, "uint8")
    alpha[:, :48] = 0
    found = editing.grabcut_matte(np.dstack([product.image, alpha]))
    assert not found[:, :48].any() and found[:, 48:].any()


def test_without_a_model_grabcut_does_it_and_says_so(product, nothing_shipped):
    found = editing.find_matte(product.image)
    assert found.method == "grabcut" and 0.9 < found.confidence <= 1.0
    np.testing.assert_array_equal(
        found.alpha, editing.grabcut_matte(product.image)
    )
    with pytest.raises(ValueError, match="No model that cuts out"):
        editing.find_matte(product.image, "model")


def test_a_model_of_ones_own_goes_first(product):
    found = editing.find_matte(product.image, model=MiddleModel())
    assert found.method == "model MiddleModel"
    assert found.alpha[:, 30:66].min() == 255
    assert not found.alpha[:, :30].any() and not found.alpha[:, 66:].any()
    again = editing.find_matte(product.image, "grabcut", MiddleModel())
    assert again.method == "grabcut"


def test_a_model_that_says_the_same_of_the_mirrored_picture_is_sure(product):
    sure = editing.find_matte(product.image, model=MiddleModel())
    assert sure.confidence == 1.0
    torn = editing.find_matte(product.image, model=LeftModel())
    assert torn.confidence == 0.0 and not torn.alpha.any()


def test_a_matte_is_soft_along_its_outline_alone():
    alpha = np.full((200, 200), 60, "uint8")  # A veil over all of it.
    alpha[50:150, 50:150] = 200
    alpha[50:150, 48:50] = 90
    made = finding.decided(alpha)
    assert (made[60:140, 60:140] == 255).all()
    assert (made[:40] == 0).all() and (made[:, :40] == 0).all()
    np.testing.assert_array_equal(made[60:140, 48:52], alpha[60:140, 48:52])


def test_the_shipped_model_is_loaded_once(product, monkeypatch):
    loaded = []
    monkeypatch.setattr(models, "shipped_models", lambda: {"matting": {}})
    monkeypatch.setattr(
        models, "load", lambda name: loaded.append(name) or MiddleModel()
    )
    finding._loaded.cache_clear()
    methods = [editing.find_matte(product.image).method for _ in range(2)]
    finding._loaded.cache_clear()
    assert methods == ["model MiddleModel"] * 2 and loaded == ["matting"]


def test_rembg_is_asked_for_by_name(product, monkeypatch):
    monkeypatch.setitem(sys.modules, "rembg", None)
    with pytest.raises(ImportError, match=r"keras-productgen\[rembg\]"):
        editing.find_matte(product.image, "rembg")


def test_a_picture_of_nothing_is_no_sure_product():
    flat = np.full((40, 40, 3), 200, "uint8")

    class Nothing:
        def matte(self, picture):
            return np.zeros(picture.shape[:2], "uint8")

    assert editing.find_matte(flat, model=Nothing()).confidence == 0.0


def test_refuses_other_methods_and_pictures(product):
    with pytest.raises(ValueError, match="Received: method='magic'"):
        editing.find_matte(product.image, "magic")
    with pytest.raises(ValueError, match="uint8"):
        editing.find_matte(product.image / 255.0)
