import cv2
import numpy as np

from keras_productgen.data import ProductCatalog
from keras_productgen.similarity.product_views import product_area
from keras_productgen.similarity.product_views import product_views


def square(color, backdrop, corner=(10, 12), side=20):
    image = np.full((64, 64, 3), backdrop, "uint8")
    row, column = corner
    image[row : row + side, column : column + side] = color
    image[row + 5 : row + 8, column + 2 : column + side - 2] //= 2
    return image


def test_backdrop_and_place_are_not_seen():
    first = square((180, 40, 30), 255)
    other = square((180, 40, 30), (90, 140, 200), corner=(30, 25))
    views = product_views(np.stack([first, other]))
    assert views.shape == (2, 64, 64, 3) and views.dtype == np.uint8
    np.testing.assert_array_equal(views[0], views[1])


def test_another_outline_is_seen():
    tall = square((180, 40, 30), 255)
    tall[10:50, 12:20] = (180, 40, 30)
    views = product_views(np.stack([square((180, 40, 30), 255), tall]))
    assert np.mean(views[0] != views[1]) > 0.2


def test_stripes_in_the_color_of_the_backdrop_are_product():
    image = square((180, 40, 30), 255)
    image[10:30, 16:18] = 255
    area = product_area(image)
    assert area[12:28, 14:30].all() and not area[40:].any()


def test_lines_of_the_backdrop_are_none():
    image = square((180, 40, 30), 255)
    image[50] = image[2] = (120, 80, 40)
    area = product_area(image)
    assert not area[50].any() and not area[2].any() and area[20, 20]


def test_the_area_is_that_of_the_rendered_product():
    look = {"background": "plain"}
    catalog = ProductCatalog(64, 0, ("dress", "shirt", "vase"), 9, look)
    overlaps = []
    for product in map(catalog.__getitem__, range(9)):
        true, found = product.mask > 127, product_area(product.image)
        overlaps.append((true & found).sum() / (true | found).sum())
    assert np.median(overlaps) > 0.85


def test_an_empty_picture_has_a_view_too():
    views = product_views(np.full((1, 24, 40, 3), 200, "uint8"))
    assert (views == 128).all()


def test_a_small_picture_is_enlarged():
    small = cv2.resize(square((180, 40, 30), 255), (16, 16))
    (view,) = product_views(small[None])
    assert view[32, 32, 0] != 255
