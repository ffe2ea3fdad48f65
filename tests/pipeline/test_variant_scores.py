import numpy as np

from keras_productgen.editing import recolor
from keras_productgen.pipeline import variant_scores

RED = (0.8, 0.1, 0.1)


def test_the_color_score_is_zero_for_the_color_itself():
    image = np.full((8, 8, 3), (204, 51, 102), "uint8")
    area = np.ones((8, 8), bool)
    assert variant_scores.color_score(image, area, (0.8, 0.2, 0.4)) < 0.05
    black_from_white = variant_scores.color_score(
        np.zeros((8, 8, 3), "uint8"), area, (1.0, 1.0, 1.0)
    )
    assert abs(black_from_white - 100.0) < 0.1


def test_structure_outlives_recoloring_but_not_another_cut(product):
    area = product.mask == 255
    red = recolor(product.image, RED, product.mask)
    kept = variant_scores.structure_score(product.image, red, area)
    other = variant_scores.structure_score(product.image, red[:, ::-1], area)
    flat = np.full_like(red, 90)
    lost = variant_scores.structure_score(product.image, flat, area)
    assert kept > 0.8 and kept > other + 0.2 and kept > lost + 0.4


def test_changes_beyond_the_product_are_counted(product):
    mask = product.mask / 255.0
    image = recolor(product.image, RED, product.mask)
    count = variant_scores.outside_changed
    assert count(product.image, image, mask) == 0
    image[0, :5] ^= 1
    assert count(product.image, image, mask) == 5
