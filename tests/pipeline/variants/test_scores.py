import numpy as np
import pytest

from keras_productgen import encoders
from keras_productgen.editing import recolor
from keras_productgen.pipeline import Thresholds
from keras_productgen.pipeline.variants import scores

RED = (0.8, 0.1, 0.1)


def test_the_color_score_is_zero_for_the_color_itself():
    image = np.full((8, 8, 3), (204, 51, 102), "uint8")
    area = np.ones((8, 8), bool)
    assert scores.color_score(image, area, (0.8, 0.2, 0.4)) < 0.05
    black_from_white = scores.color_score(
        np.zeros((8, 8, 3), "uint8"), area, (1.0, 1.0, 1.0)
    )
    assert abs(black_from_white - 100.0) < 0.1


def test_structure_outlives_recoloring_but_not_another_cut(product):
    area = product.mask == 255
    red = recolor(product.image, RED, product.mask)
    kept = scores.structure_score(product.image, red, area)
    other = scores.structure_score(product.image, red[:, ::-1], area)
    flat = np.full_like(red, 90)
    lost = scores.structure_score(product.image, flat, area)
    assert kept > 0.8 and kept > other + 0.2 and kept > lost + 0.4


def test_changes_beyond_the_product_are_counted(product):
    mask = product.mask / 255.0
    image = recolor(product.image, RED, product.mask)
    count = scores.outside_changed
    assert count(product.image, image, mask) == 0
    image[0, :5] ^= 1
    assert count(product.image, image, mask) == 5


@pytest.mark.parametrize("color", [RED, (0.95, 0.95, 0.95), (0.05, 0.05, 0.05)])
def test_the_same_product_is_known_in_any_color(product, color):
    def score(image):
        shown = [
            scores.in_lightness(each, product.mask > 127)
            for each in (product.image, image)
        ]
        return scores.similarity_scores(encoders.load(), *shown)[0]

    same = recolor(product.image, color, product.mask)
    assert score(same) > Thresholds.similarity
    assert score(same) > score(same[::-1]) + 0.1


def test_lightness_in_deviations_by_hand():
    image = np.full((8, 8, 3), 30, "uint8")
    image[2:6, 2:4], image[2:6, 4:6] = 90, 200
    area = np.zeros((8, 8), bool)
    area[2:6, 2:6] = True
    shown = scores.in_lightness(image, area)
    # Half of it one deviation below the middle, half of it above.
    assert np.unique(shown[area]).tolist() == [100, 156]
    assert (shown[~area] == 255).all()
