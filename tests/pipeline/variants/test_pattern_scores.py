import io

import numpy as np
import pytest
from PIL import Image

from keras_productgen.data import ProductCatalog
from keras_productgen.data.catalog import PATTERNS
from keras_productgen.editing import recolor
from keras_productgen.pipeline.variants.pattern_scores import pattern_distance
from keras_productgen.pipeline.variants.thresholds import Thresholds

LIMIT = Thresholds().pattern_change


def test_pattern_distance_by_hand():
    """Of grey stripes on grey: half the step of lightness between them."""
    area = np.ones((8, 8), bool)
    plain = np.full((8, 8, 3), 119, "uint8")
    stripes = plain.copy()
    stripes[::2] = 185
    # L* of a linear light y is 116 y^(1/3) - 16.
    dark, bright = (
        116.0 * (((level / 255.0 + 0.055) / 1.055) ** 2.4) ** (1.0 / 3.0)
        for level in (119, 185)
    )
    step = pytest.approx((bright - dark) / 2.0, abs=1e-3)
    assert pattern_distance(plain, stripes, area) == step
    # Taking a pattern away is as far as drawing it.
    assert pattern_distance(stripes, plain, area) == step
    assert pattern_distance(stripes, stripes, area) < 1e-9
    assert pattern_distance(stripes, 255 - stripes, area) < 1e-9
    # Beyond the area nothing counts.
    area[::2] = False
    assert pattern_distance(plain, stripes, area) < 1e-9


def test_light_color_and_noise_are_no_pattern(product):
    area = product.mask > 127
    image = product.image

    def distance(changed):
        return pattern_distance(image, changed, area)

    assert distance((image * 0.6).astype("uint8")) < LIMIT / 4.0
    assert distance(recolor(image, (0.8, 0.1, 0.1), product.mask)) < LIMIT
    file = io.BytesIO()
    Image.fromarray(image).save(file, "JPEG", quality=75)
    assert distance(np.asarray(Image.open(file))) < LIMIT


@pytest.mark.parametrize("pattern", [p for p in PATTERNS if p != "plain"])
def test_the_catalogue_s_own_patterns_are_patterns(pattern):
    catalog = ProductCatalog(64, seed=5)
    for index in range(6):
        item = catalog.item(index).replace(pattern="plain")
        product = catalog.render(item)
        other = catalog.render_image(item.replace(pattern=pattern))
        area = product.mask > 127
        assert pattern_distance(product.image, other, area) > LIMIT
