"""Products stay as they stood, unless their outline says otherwise."""

import cv2
import numpy as np
import pytest

from keras_productgen import editing
from keras_productgen.data import ProductCatalog
from tests.editing.pictures import noise

# Handles at either side, and seen from half before.
MUGS = [37, 89, 102, 115, 206, 245, 414]


def cutout_of(category):
    shown = ProductCatalog(128, seed=0, categories=[category])[0]
    return np.dstack([shown.image, shown.mask])


def mug(index):
    shown = ProductCatalog(128, seed=991)[index]
    assert shown.item.category == "mug"
    return np.dstack([shown.image, shown.mask])


def without_holes(cutout):
    edges, _ = cv2.findContours(
        cutout[..., 3], cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE
    )
    filled = cutout.copy()
    alpha = cv2.drawContours(cutout[..., 3].copy(), edges, -1, 255, cv2.FILLED)
    filled[..., 3] = alpha
    return filled


def wedge_on_its_side():
    """An angular shape that stands on the longest of its sides."""
    mask = np.zeros((120, 160), "uint8")
    cv2.fillPoly(mask, [np.array([[20, 90], [140, 90], [120, 60]])], 255)
    return np.dstack([noise((120, 160, 3)), mask])


@pytest.mark.parametrize("index", MUGS)
def test_upright_mugs_stay_upright(index):
    cutout = mug(index)
    assert editing.estimate_tilt(cutout) == 0.0
    # A matte may have the handle filled.
    assert editing.estimate_tilt(without_holes(cutout)) == 0.0


@pytest.mark.parametrize("angle", [-14.0, 8.0])
def test_turned_mugs_are_found_by_what_they_are_without_their_handle(angle):
    tilted = editing.straighten(mug(37), angle=angle)
    assert editing.estimate_tilt(tilted) == pytest.approx(angle, abs=1.0)


@pytest.mark.parametrize("category", ["t-shirt", "pants", "vase"])
@pytest.mark.parametrize("angle", [-17.0, -4.0, 9.0])
def test_tilts_of_products_are_found(category, angle):
    picture = cutout_of(category)
    upright = editing.estimate_tilt(picture)
    tilted = editing.straighten(picture, angle=angle)
    assert abs(upright) < 1.5
    assert editing.estimate_tilt(tilted) - upright == pytest.approx(
        angle, abs=1.5
    )
    assert abs(editing.estimate_tilt(editing.straighten(tilted))) < 1.5


@pytest.mark.parametrize("angle", [-20.0, -6.0, 0.0, 11.0])
def test_unsymmetric_products_stand_on_their_sole(angle):
    tilted = editing.straighten(wedge_on_its_side(), angle=angle)
    assert editing.estimate_tilt(tilted) == pytest.approx(angle, abs=1.0)


def test_no_sole_is_above():
    boot = np.zeros((120, 160, 4), "uint8")
    boot[20:40, 20:140] = boot[20:100, 100:140] = 255
    tilted = editing.straighten(boot, angle=8.0)
    assert editing.estimate_tilt(tilted) == 0.0
    upright = np.ascontiguousarray(tilted[::-1])
    assert editing.estimate_tilt(upright) == pytest.approx(-8.0, abs=1.0)


def test_two_points_are_no_sole():
    mask = np.zeros((120, 160), "uint8")
    # Toe and heel at heights of their own, as a high heel's seen from above.
    corners = [[20, 60], [70, 40], [140, 80], [136, 88], [70, 62], [24, 72]]
    cv2.fillPoly(mask, [np.array(corners)], 255)
    assert editing.estimate_tilt(noise((120, 160, 3)), mask) == 0.0


def test_nothing_is_guessed_of_what_has_neither_symmetry_nor_sole():
    rows, columns = np.mgrid[:90, :90] - 44.5
    # A bean: three overlapping disks.
    bean = np.zeros((90, 90), bool)
    for y, x, radius in ((-15, -12, 20), (5, 12, 22), (22, 2, 14)):
        bean |= np.hypot(rows - y, columns - x) < radius
    assert editing.estimate_tilt(noise((90, 90, 3)), bean) == 0.0


def test_round_products_are_not_turned():
    rows, columns = np.mgrid[:90, :90] - 44.5
    disk = np.hypot(rows, columns) < 35
    assert editing.estimate_tilt(noise((90, 90, 3)), disk) == 0.0
