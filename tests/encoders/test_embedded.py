import pathlib

import keras
import numpy as np
import pytest

from keras_productgen import encoders
from keras_productgen import images
from keras_productgen.metrics import kernel_inception_distance
from tests.checks import to_numpy
from tests.encoders.pictures import drawings

pytestmark = pytest.mark.backends


@pytest.fixture(scope="module")
def encoder():
    return encoders.load()


def features(encoder, pictures):
    return to_numpy(encoder(pictures.astype("float32")))


def test_features_are_finite_float32_of_a_handy_length(encoder):
    rows = features(encoder, drawings())
    assert rows.dtype == np.float32
    assert rows.shape == (8, encoder.output_shape[-1])
    assert 128 <= rows.shape[1] <= 256
    assert np.isfinite(rows).all()


def test_every_feature_says_something(encoder):
    rows = features(encoder, drawings(64))
    assert (rows.std(0) > 1e-3).mean() > 0.9
    assert np.linalg.matrix_rank(rows - rows.mean(0), tol=1e-3) > 40


def test_same_picture_gives_the_same_features(encoder):
    pictures = drawings()
    again = features(encoders.load(), pictures)
    np.testing.assert_array_equal(features(encoder, pictures), again)


def test_a_picture_is_judged_alone(encoder):
    pictures = drawings()
    alone = np.concatenate(
        [features(encoder, picture[None]) for picture in pictures]
    )
    together = features(encoder, pictures)
    np.testing.assert_allclose(alone, together, atol=1e-4)


def test_training_mode_changes_nothing(encoder):
    pictures = drawings().astype("float32")
    before = [weight.copy() for weight in encoder.get_weights()]
    trained = to_numpy(encoder(pictures, training=True))
    np.testing.assert_allclose(trained, features(encoder, pictures), atol=1e-5)
    for weight, old in zip(encoder.get_weights(), before):
        np.testing.assert_array_equal(weight, old)
    assert not encoder.trainable_weights


def test_takes_pictures_of_any_size(encoder):
    small, large = drawings(4, 64), drawings(4, 64)
    large = np.array([images.resize(x, (192, 160), "stretch") for x in large])
    rows, others = features(encoder, small), features(encoder, large)
    assert others.shape == rows.shape
    same = np.linalg.norm(rows - others, axis=1)
    different = np.linalg.norm(rows - np.roll(others, 1, axis=0), axis=1)
    assert (same < 0.6 * different).all()


def test_value_range_only_changes_the_units(encoder):
    pictures = drawings().astype("float32")
    other = encoders.load(value_range=(-1, 1))
    rows = to_numpy(other(pictures / 127.5 - 1.0))
    np.testing.assert_allclose(rows, features(encoder, pictures), atol=1e-3)
    assert not other.trainable_weights


def test_bytes_and_floats_are_the_same_pictures(encoder):
    pictures = drawings()
    np.testing.assert_array_equal(
        to_numpy(encoder(pictures)), features(encoder, pictures)
    )


def test_drawings_with_noise_are_farther_than_drawings(encoder):
    generator = np.random.default_rng(1)
    real, other = drawings(48, seed=1), drawings(48, seed=2)
    distances = []
    for deviation in (0, 15, 60):
        noise = generator.normal(0, deviation, other.shape)
        spoiled = np.clip(other + noise, 0, 255)
        distance = kernel_inception_distance(
            features(encoder, real), features(encoder, spoiled)
        )
        distances.append(float(to_numpy(distance)))
    assert distances == sorted(distances)
    assert distances[2] > 10 * abs(distances[0])


def test_file_is_small_and_of_few_parameters(encoder):
    path = pathlib.Path(encoders.__file__).parent / "products.keras"
    assert path.stat().st_size < 2_000_000
    assert encoder.count_params() <= 500_000


def test_survives_saving(encoder, tmp_path):
    encoder.save(tmp_path / "encoder.keras")
    loaded = keras.saving.load_model(tmp_path / "encoder.keras")
    np.testing.assert_array_equal(
        features(loaded, drawings()), features(encoder, drawings())
    )


def test_refuses_names_and_ranges_that_are_not_there():
    with pytest.raises(ValueError, match="products.*name='shoes'"):
        encoders.load("shoes")
    with pytest.raises(ValueError, match="value_range"):
        encoders.load(value_range=(255, 0))
