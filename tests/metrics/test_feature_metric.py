import pytest

from keras_productgen import encoders
from keras_productgen import metrics
from tests.metrics.flat_pictures import DIM
from tests.metrics.flat_pictures import flat_encoder

CASES = [
    (metrics.FrechetInceptionDistance, {"name": "distance"}),
    (metrics.KernelInceptionDistance, {"max_images": 64}),
    (metrics.BlockKernelInceptionDistance, {"block_size": 8}),
    (metrics.PrecisionRecall, {"num_neighbors": 4, "max_images": 64}),
    (metrics.DensityCoverage, {"num_neighbors": 4, "max_images": 64}),
    (
        metrics.SlicedWassersteinDistance,
        {"order": 2, "seed": 5, "num_projections": 9, "max_images": 64},
    ),
]


@pytest.fixture
def shipped(monkeypatch):
    encoder = encoders.load()
    monkeypatch.setattr(encoders, "load", lambda: encoder)
    return encoder


@pytest.mark.parametrize("metric, settings", CASES)
def test_config_holds_the_settings(metric, settings, shipped):
    config = metric(value_range=(0, 1), **settings).get_config()
    assert settings.items() <= config.items()
    assert config["value_range"] == (0, 1)
    assert metric.from_config(config).get_config() == config


@pytest.mark.parametrize("metric, settings", CASES)
def test_an_encoder_of_the_user_is_named_but_has_no_config(metric, settings):
    encoder = flat_encoder()
    made = metric(encoder, **settings)
    assert made.encoder_identity["name"] == encoder.name
    assert made.encoder_identity["dim"] == made.dim == DIM
    with pytest.raises(ValueError, match=f"encoder='{encoder.name}'"):
        made.get_config()


def test_the_default_is_the_encoder_of_products():
    metric = metrics.FrechetInceptionDistance()
    assert metric.encoder_identity == encoders.describe(encoders.load())
    assert metric.encoder_identity["name"] == "products"


def test_refuses_a_range_that_does_not_rise():
    with pytest.raises(ValueError, match="value_range"):
        metrics.FrechetInceptionDistance(flat_encoder(), value_range=(1, 0))
