import keras
import numpy as np
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


@pytest.fixture
def pictures():
    generator = np.random.default_rng(0)
    return generator.uniform(0, 255, (12, 2, 2, 3)).astype("float32")


@pytest.mark.parametrize("metric, settings", CASES)
def test_pictures_of_another_range_are_refused(metric, settings, pictures):
    made = metric(flat_encoder(), **settings)
    with pytest.raises(ValueError, match="real_images.*value_range.*Received"):
        made.update_state(pictures / 255, pictures)
    with pytest.raises(ValueError, match="fake_images.*value_range.*Received"):
        made.update_state(pictures, pictures / 255)
    ranged = metric(flat_encoder(), value_range=(0, 1), **settings)
    with pytest.raises(ValueError, match="fake_images.*value_range.*Received"):
        ranged.update_state(pictures / 255, pictures)


def test_gray_pictures_and_not_numbers_are_refused(pictures):
    metric = metrics.KernelInceptionDistance(flat_encoder())
    with pytest.raises(ValueError, match="shape .batch, height, width, 3"):
        metric.update_state(pictures[..., :1], pictures[..., :1])
    broken = pictures.copy()
    broken[3] = np.nan
    with pytest.raises(ValueError, match="fake_images.*finite"):
        metric.update_state(pictures, broken)


@pytest.mark.skipif(
    keras.config.backend() != "tensorflow", reason="eager on TensorFlow"
)
def test_distance_can_stand_in_compile_run_eagerly(pictures):
    model = keras.Sequential([keras.Input((2, 2, 3)), keras.layers.Identity()])
    metric = metrics.KernelInceptionDistance(flat_encoder(), name="kid")
    model.compile(loss="mse", metrics=[metric], run_eagerly=True)
    found = model.evaluate(
        pictures, pictures, batch_size=6, verbose=0, return_dict=True
    )
    by_hand = metrics.KernelInceptionDistance(flat_encoder())
    by_hand.update_state(pictures, pictures)
    assert found["kid"] == pytest.approx(float(by_hand.result()), abs=1e-6)
    with pytest.raises(ValueError, match="without weights"):
        by_hand.update_state(pictures, pictures, sample_weight=np.ones(12))
