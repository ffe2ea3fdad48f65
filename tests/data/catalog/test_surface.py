import numpy as np
import pytest

from keras_productgen.data.catalog.item import Item
from keras_productgen.data.catalog.outline import ellipse
from keras_productgen.data.catalog.relief import Relief
from keras_productgen.data.catalog.surface import normals_of
from keras_productgen.data.catalog.surface import place


def disc(radius=0.5, thickness=0.1, x=0.0):
    relief = Relief(Item("hat", color=(0.2, 0.4, 0.6)), 200, cells=3.0)
    relief.add(ellipse(x, 0.0, radius, radius), thickness, rim=0.3)
    return relief


def width(mask):
    columns = np.nonzero(mask.max(axis=0) > 0.5)[0]
    return columns.max() - columns.min() + 1


def test_normals_of_a_slope_by_hand():
    """Rising by 0.5 to the right, by 0.25 downwards: half pictures."""
    axis = (np.arange(50, dtype="float32") + 0.5) / 25 - 1
    height = 0.5 * axis[None] + 0.25 * axis[:, None]
    expected = np.array([-0.5, 0.25, 1.0])
    np.testing.assert_allclose(
        normals_of(height)[25, 25],
        expected / np.linalg.norm(expected),
        atol=1e-5,
    )


def test_a_part_rises_from_its_edge_to_its_thickness():
    relief = disc(thickness=0.1)
    assert relief.height[100, 100] == pytest.approx(0.1)
    inside = relief.height[100, 52:100]
    assert (np.diff(inside) >= 0).all()
    assert relief.height[relief.mask == 0].max() == 0.0


def test_paint_covers_the_pattern_where_it_is_put():
    relief = disc()
    relief.paint(ellipse(0.0, 0.0, 0.2, 0.2), (1.0, 0.0, 0.0))
    albedo = relief.surface().albedo
    np.testing.assert_allclose(albedo[100, 100], (1.0, 0.0, 0.0))
    np.testing.assert_allclose(albedo[100, 60], (0.2, 0.4, 0.6), atol=1e-6)


def test_a_seam_is_darker_and_deeper():
    relief = disc()
    relief.seam([(-0.3, 0.0), (0.3, 0.0)], width=0.03)
    surface, plain = relief.surface(), disc().surface()
    assert surface.height[99, 100] < plain.height[99, 100]
    assert surface.albedo[99, 100].sum() < plain.albedo[99, 100].sum()


def test_a_turned_relief_gets_narrower_and_keeps_its_height():
    straight, turned = (place(disc().surface(), a) for a in (0.0, 35.0))
    rows = [np.nonzero(s.mask.max(axis=1) > 0.5)[0] for s in (straight, turned)]
    assert np.ptp(rows[0]) == pytest.approx(np.ptp(rows[1]), abs=2)
    expected = width(straight.mask) * np.cos(np.radians(35.0))
    assert width(turned.mask) == pytest.approx(expected, rel=0.05)


def test_turning_tips_the_normals_to_the_side():
    normals = normals_of(place(disc().surface(), 30.0).height)
    assert normals[100, 100, 0] == pytest.approx(
        np.sin(np.radians(30)), abs=0.1
    )


def test_products_off_centre_are_centred():
    mask = place(disc(0.3, x=0.4).surface(), 0.0).mask
    columns = np.nonzero(mask.max(axis=0) > 0.5)[0]
    assert columns.mean() == pytest.approx(99.5, abs=1.0)


def test_small_products_grow_but_stay_smaller_than_large_ones():
    small, large = (
        width(place(disc(r).surface(), 0.0).mask) for r in (0.3, 0.8)
    )
    assert 60 < small < large
