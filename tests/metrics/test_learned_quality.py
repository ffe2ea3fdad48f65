import cv2
import numpy as np
import pytest

from keras_productgen import images
from keras_productgen.data import ProductCatalog
from keras_productgen.metrics import LearnedQuality
from keras_productgen.metrics import learned_quality
from keras_productgen.metrics import quality_network
from tests.checks import check_config_round_trip
from tests.checks import to_numpy


@pytest.fixture(scope="module")
def products():
    catalog = ProductCatalog(96, seed=77, attributes={"background": "white"})
    return np.array([catalog[index].image for index in range(8)])


def judged(pictures, **settings):
    quality = learned_quality(np.array(pictures), **settings)
    return {name: to_numpy(v) for name, v in quality._asdict().items()}


def blurred(pictures, strength):
    return [cv2.GaussianBlur(x, (0, 0), 3.0 * strength) for x in pictures]


def noisy(pictures, strength):
    noise = np.random.default_rng(0).normal(0, 50 * strength, pictures.shape)
    return images.to_uint8(pictures + noise)


def crushed(pictures, strength):
    quality = round(5 + 90 * (1 - strength) ** 2)
    files = [images.encode(x, "JPEG", quality=quality) for x in pictures]
    return [images.decode(file) for file in files]


def darkened(pictures, strength):
    return images.to_uint8(pictures * 2 ** (-4 * strength / 2.2))


@pytest.mark.parametrize(
    "name, damage",
    [
        ("blur", blurred),
        ("noise", noisy),
        ("jpeg", crushed),
        ("dark", darkened),
    ],
)
def test_knows_a_damage_by_its_name_and_lowers_the_score(
    products, name, damage
):
    found = [judged(products)] + [
        judged(damage(products, strength)) for strength in (0.4, 0.9)
    ]
    strengths = [each[name].mean() for each in found]
    scores = [each["score"].mean() for each in found]
    assert strengths == sorted(strengths)
    assert strengths[2] > strengths[0] + 0.4
    assert scores == sorted(scores, reverse=True)
    assert scores[0] > scores[2] + 30


@pytest.mark.backends
def test_score_is_what_the_damages_leave(products):
    found = judged(noisy(products, 0.5))
    left = [1.0 - found[name] for name in ("blur", "noise", "jpeg", "dark")]
    np.testing.assert_allclose(
        found["score"], 100 * np.prod(left, 0), rtol=1e-4
    )


def test_a_network_of_ones_own_can_judge(products):
    network = quality_network(widths=(2, 4))
    given = judged(products, network=network)
    strengths = to_numpy(network(products.astype("float32")))
    np.testing.assert_allclose(given["noise"], strengths[:, 1], rtol=1e-5)


def test_value_range_only_changes_the_units(products):
    given = judged(products / 255.0, value_range=(0, 1))["score"]
    np.testing.assert_allclose(given, judged(products)["score"], atol=1e-2)


@pytest.mark.backends
def test_metric_is_the_mean_score(products):
    metric = LearnedQuality()
    metric.update_state(products[:5])
    metric.update_state(products[5:])
    expected = judged(products)["score"].mean()
    assert to_numpy(metric.result()) == pytest.approx(expected, rel=1e-4)
    check_config_round_trip(LearnedQuality(value_range=(0, 1)))
