import cv2
import keras
import numpy as np
import pytest

from keras_productgen import encoders
from keras_productgen.metrics import kid_between
from keras_productgen.metrics import kid_over_subsets

pytestmark = pytest.mark.backends


def moments_encoder():
    """Mean, and mean steepness, of the colours: enough to see blur."""
    images = keras.Input((None, None, 3))
    scaled = images / 64.0
    steps = keras.ops.absolute(scaled[:, 1:] - scaled[:, :-1])
    pool = keras.layers.GlobalAveragePooling2D()
    features = keras.layers.Concatenate()([pool(scaled), pool(steps)])
    return keras.Model(images, features)


def pictures(seed, count=60):
    generator = np.random.default_rng(seed)
    coarse = generator.uniform(40, 215, (count, 6, 6, 3))
    images = [cv2.resize(image, (16, 16)) for image in coarse]
    fine = generator.normal(0, 10, (count, 16, 16, 3))
    return (np.array(images) + fine).clip(0, 255).astype("float32")


def noisy(images, amount):
    generator = np.random.default_rng(9)
    spoilt = images + generator.normal(0, amount, images.shape)
    return spoilt.clip(0, 255)


def blurred(images, amount):
    return np.array([cv2.GaussianBlur(x, (0, 0), amount) for x in images])


def test_two_halves_of_one_source_agree():
    mean, deviation = kid_between(pictures(0), pictures(1), moments_encoder())
    assert abs(mean) < 3 * deviation


@pytest.mark.parametrize(
    "spoil, amounts",
    [(noisy, (0.0, 5.0, 20.0, 60.0)), (blurred, (0.1, 0.6, 1.2, 3.0))],
)
def test_grows_with_the_damage(spoil, amounts):
    encoder = moments_encoder()
    distances = [
        kid_between(pictures(0), spoil(pictures(1), amount), encoder).mean
        for amount in amounts
    ]
    assert distances == sorted(distances)
    assert distances[-1] > distances[0] + 0.01


def test_says_which_encoder_made_it():
    encoder = moments_encoder()
    estimate = kid_between(pictures(0), pictures(1), encoder, num_subsets=2)
    assert estimate.encoder_identity == encoders.describe(encoder)
    assert tuple(estimate) == (estimate.mean, estimate.standard_deviation)


def test_subsets_of_features_give_the_numbers_of_their_pictures():
    encoder = moments_encoder()
    settings = dict(subset_size=20, num_subsets=5, seed=2)
    expected = kid_between(pictures(0), pictures(1), encoder, **settings)
    estimate = kid_over_subsets(
        encoders.extract(encoder, pictures(0)),
        encoders.extract(encoder, pictures(1)),
        **settings,
    )
    assert estimate == expected and estimate.encoder_identity is None


def test_same_seed_gives_the_same_numbers():
    encoder = moments_encoder()
    first = kid_between(pictures(0), pictures(1), encoder, seed=3)
    assert first == kid_between(pictures(0), pictures(1), encoder, seed=3)
    assert first != kid_between(pictures(0), pictures(1), encoder, seed=4)


def test_datasets_give_the_numbers_of_their_arrays():
    encoder, real, fake = moments_encoder(), pictures(0), pictures(1)
    batches = [(real[:50], {"category": np.zeros(50)}), real[50:]]
    expected = kid_between(real, fake, encoder)
    given = kid_between(batches, iter([fake]), encoder)
    assert given == pytest.approx(expected, abs=1e-5)


def test_value_range_only_changes_the_units():
    encoder, real, fake = moments_encoder(), pictures(0), pictures(1)
    expected = kid_between(real, fake, encoder)
    given = kid_between(real / 255, fake / 255, encoder, value_range=(0, 1))
    assert given == pytest.approx(expected, abs=1e-4)


@pytest.mark.parametrize(
    "arguments, message",
    [
        (dict(fake_images=pictures(1) / 255), "value_range"),
        (dict(fake_images=pictures(1)[:1]), "subset_size"),
        (dict(fake_images=pictures(1)[:0]), "at least one picture"),
        (dict(fake_images=pictures(1)[..., :1]), "shape"),
        (dict(fake_images=pictures(1), subset_size=61), "subset_size=61"),
        (dict(fake_images=pictures(1), subset_size=1), "subset_size=1"),
        (dict(fake_images=pictures(1), num_subsets=0), "num_subsets=0"),
    ],
)
def test_refuses_what_gives_no_distance(arguments, message):
    with pytest.raises(ValueError, match=message):
        kid_between(pictures(0), encoder=moments_encoder(), **arguments)
