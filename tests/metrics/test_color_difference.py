import numpy as np
import pytest
from skimage import color

from keras_productgen.metrics import ColorDifference
from keras_productgen.metrics import cie76
from keras_productgen.metrics import ciede2000
from keras_productgen.metrics import color_difference
from tests.checks import check_config_round_trip
from tests.checks import to_numpy
from tests.metrics.pairs import pair
from tests.metrics.sharma_pairs import PAIRS


@pytest.mark.backends
def test_agrees_with_all_published_pairs_both_ways_round():
    table = np.array(PAIRS)
    first, second, expected = table[:, :3], table[:, 3:6], table[:, 6]
    assert len(table) == 34
    for pair_of_colors in ((first, second), (second, first)):
        values = to_numpy(ciede2000(*pair_of_colors))
        np.testing.assert_allclose(values, expected, atol=1e-4)


def test_agrees_with_scikit_image_on_any_colors():
    generator = np.random.default_rng(0)
    low, high = (0, -100, -100), (100, 100, 100)
    first, second = generator.uniform(low, high, (2, 2000, 3))
    np.testing.assert_allclose(
        to_numpy(ciede2000(first, second)),
        color.deltaE_ciede2000(first, second),
        atol=2e-3,
    )
    np.testing.assert_allclose(
        to_numpy(cie76(first, second)),
        color.deltaE_cie76(first, second),
        rtol=1e-5,
    )


@pytest.mark.parametrize(
    "formula, theirs",
    [("cie76", color.deltaE_cie76), ("ciede2000", color.deltaE_ciede2000)],
)
def test_pictures_agree_with_scikit_image(formula, theirs):
    reference_images, images = pair()
    lab = [color.rgb2lab(pictures) for pictures in (reference_images, images)]
    values = color_difference(reference_images, images, formula=formula)
    expected = theirs(*lab).mean(axis=(1, 2))
    np.testing.assert_allclose(to_numpy(values), expected, atol=0.01)


@pytest.mark.backends
def test_greys_by_hand():
    black = np.zeros((1, 4, 4, 3), "uint8")
    value = color_difference(black, black + 255, formula="cie76")
    assert to_numpy(value) == pytest.approx(100.0, abs=1e-3)
    assert to_numpy(color_difference(black, black)) == 0.0


def test_only_the_product_counts():
    reference_images, images = pair()
    mask = np.zeros((2, 48, 64, 1))
    mask[:, 12:36, 20:44] = 1.0
    inside = (slice(None), slice(12, 36), slice(20, 44))
    values = to_numpy(color_difference(reference_images, images, mask=mask))
    expected = color_difference(reference_images[inside], images[inside])
    np.testing.assert_allclose(values, to_numpy(expected), rtol=1e-5)
    metric = ColorDifference()
    metric.update_state(reference_images, images, mask=mask)
    assert to_numpy(metric.result()) == pytest.approx(values.mean())
    check_config_round_trip(metric)


def test_refuses_grey_pictures_and_unknown_formulas():
    grey = np.zeros((1, 4, 4, 1))
    with pytest.raises(ValueError, match="with 3 channels"):
        color_difference(grey, grey)
    with pytest.raises(ValueError, match="formula='cmc'"):
        ColorDifference(formula="cmc")
