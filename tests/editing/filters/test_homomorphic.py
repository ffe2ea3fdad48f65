import numpy as np
import pytest

from keras_productgen import editing
from keras_productgen.data.degradation.light import from_linear
from keras_productgen.data.degradation.light import to_linear
from tests.editing.pictures import noise

SIDE = 96
rows, columns = np.mgrid[:SIDE, :SIDE] / (SIDE - 1)
# A known field: a lamp in the upper left, 1 down to about 0.2.
FIELD = 0.15 + 0.85 * np.exp(-((rows - 0.2) ** 2 + (columns - 0.3) ** 2) / 0.25)
# Small tiles of random reflectance: nothing slow in it.
REFLECTANCE = np.random.default_rng(0).uniform(0.15, 0.8, (24, 24))
REFLECTANCE = REFLECTANCE.repeat(4, 0).repeat(4, 1)
SEEN = np.rint(from_linear(FIELD * REFLECTANCE)).astype("uint8")


def log_light(picture):
    return np.log(to_linear(picture.astype("float32")) + 1e-4)


def correlation(picture):
    return np.corrcoef(log_light(picture).ravel(), np.log(FIELD).ravel())[0, 1]


def error(picture):
    """RMS of the logarithm of reflectance, but for one factor."""
    return (log_light(picture) - np.log(REFLECTANCE)).std()


@pytest.mark.parametrize("kind", ["butterworth", "gaussian"])
def test_a_known_field_of_light_is_removed(kind):
    made = editing.homomorphic_filter(SEEN, 2.0, 0.0, kind=kind)
    assert correlation(SEEN) > 0.6
    assert abs(correlation(made)) < 0.15
    assert error(made) < 0.35 * error(SEEN)


def test_more_is_removed_with_a_lower_gain():
    left = [
        correlation(editing.homomorphic_filter(SEEN, 1.0, gain))
        for gain in (1.0, 0.6, 0.3, 0.0)
    ]
    assert left == sorted(left, reverse=True)


def test_gains_of_1_change_nothing():
    picture = noise((33, 48, 3))
    picture[picture < 8] = 8
    np.testing.assert_array_equal(
        editing.homomorphic_filter(picture, gain_low=1.0), picture
    )


def test_high_gain_sharpens():
    made = editing.homomorphic_filter(SEEN, 4.0, 1.0, 1.5)
    assert editing.sobel_edges(made).mean() > editing.sobel_edges(SEEN).mean()


def test_the_mean_of_the_logarithm_stays():
    made = editing.homomorphic_filter(SEEN, 1.0, 0.0)
    difference = log_light(made).mean() - log_light(SEEN).mean()
    assert abs(difference) < 0.03


def test_hues_stay():
    cloth = np.float32([0.5, 0.2, 0.1]) * (FIELD * REFLECTANCE)[..., None]
    seen = np.rint(from_linear(cloth)).astype("uint8")
    made = to_linear(
        editing.homomorphic_filter(seen, 1.0, 0.3).astype("float32")
    )
    light = made[..., 0] > 0.05
    ratio = made[light][:, 1] / made[light][:, 0]
    assert light.mean() > 0.5 and abs(ratio - 0.4).max() < 0.05


def test_frequencies_are_waves_along_the_longer_side():
    wide = np.float64(np.cos(2 * np.pi * 4 * (np.arange(256) + 0.5) / 256))
    picture = np.rint(from_linear(np.exp(0.5 * wide - 1.5))).astype("uint8")
    picture = picture[None].repeat(32, 0)
    spread = lambda p: log_light(p).std()
    made = editing.homomorphic_filter(picture, 4.0, 0.0, 1.0, order=2)
    # At the cutoff the gain is half.
    assert spread(made) / spread(picture) == pytest.approx(0.5, abs=0.02)


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"cutoff": 0.0}, "`cutoff`"),
        ({"gain_low": -1.0}, "`gain_low`"),
        ({"kind": "ideal"}, "`kind` must be one of"),
        ({"order": 0}, "`order`"),
    ],
)
def test_refuses_settings_without_sense(settings, message):
    with pytest.raises(ValueError, match=message):
        editing.homomorphic_filter(SEEN, **settings)
