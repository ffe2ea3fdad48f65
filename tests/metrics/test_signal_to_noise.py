import numpy as np
import pytest

from keras_productgen.metrics import InverseSignalRatio
from keras_productgen.metrics import SignalToNoiseRatio
from keras_productgen.metrics import inverse_signal_ratio
from keras_productgen.metrics import snr_db
from tests.checks import check_config_round_trip
from tests.checks import to_numpy
from tests.metrics.pairs import clean_pictures
from tests.metrics.pairs import pair
from tests.metrics.pairs import spoiled


def test_a_small_case_by_hand():
    reference_images = np.full((1, 4, 4, 1), 100.0)
    images = reference_images + 10.0
    ratio = to_numpy(inverse_signal_ratio(reference_images, images))
    assert ratio == pytest.approx(0.01)
    assert to_numpy(snr_db(reference_images, images)) == pytest.approx(20.0)


def test_more_noise_raises_the_inverse_ratio_and_lowers_the_decibels():
    reference_images = clean_pictures()
    ladder = [spoiled(reference_images, level) for level in (0.5, 5, 20, 60)]
    ratios = [
        to_numpy(inverse_signal_ratio(reference_images, images))[0]
        for images in ladder
    ]
    decibels = [
        to_numpy(snr_db(reference_images, images))[0] for images in ladder
    ]
    assert ratios == sorted(ratios) and ratios[0] < ratios[-1]
    assert decibels == sorted(decibels, reverse=True)


@pytest.mark.backends
def test_the_ends_of_the_scale():
    picture = np.full((1, 4, 4, 3), 80, "uint8")
    assert to_numpy(inverse_signal_ratio(picture, picture)) == 0.0
    assert to_numpy(snr_db(picture, picture)) == np.inf
    assert to_numpy(inverse_signal_ratio(0 * picture, picture)) == np.inf
    assert to_numpy(snr_db(0 * picture, picture)) == -np.inf


def test_the_signal_counts_from_black_whatever_the_range():
    reference_images, images = pair()
    expected = to_numpy(snr_db(reference_images, images))
    values = snr_db(reference_images / 127.5 - 1, images / 127.5 - 1, (-1, 1))
    np.testing.assert_allclose(to_numpy(values), expected, atol=1e-4)


@pytest.mark.parametrize(
    "metric, function",
    [
        (SignalToNoiseRatio(), snr_db),
        (InverseSignalRatio(), inverse_signal_ratio),
    ],
)
def test_metrics_take_the_mean_over_pictures(metric, function):
    reference_images, images = pair()
    metric.update_state(reference_images, images)
    values = to_numpy(function(reference_images, images))
    assert to_numpy(metric.result()) == pytest.approx(values.mean())
    check_config_round_trip(metric)
