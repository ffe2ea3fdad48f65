import numpy as np
import pytest

from keras_productgen.data import degradation
from keras_productgen.data.degradation import light

GRAY = np.full((200, 200, 3), 100.0, "float32")


def test_gaussian_noise_has_the_sigma_asked_for_and_is_not_clipped():
    noise = degradation.GaussianNoise(25.0)(GRAY * 0.0, seed=1)
    assert abs(noise.mean()) < 0.5
    assert abs(noise.std() - 25.0) < 0.3
    assert noise.min() < -60


def test_noise_of_a_range_differs_from_picture_to_picture():
    batch = np.repeat(GRAY[None], 4, 0)
    noisy = degradation.GaussianNoise((0.0, 50.0))(batch, seed=1) - batch
    deviations = noisy.std((1, 2, 3))
    assert len(set(deviations.round(1))) == 4
    assert deviations.max() < 51


def test_poisson_noise_grows_with_the_light():
    degrade = degradation.PoissonNoise(50.0)
    for value in (40.0, 200.0):
        noisy = degrade(np.full((300, 300, 1), value), seed=2)
        assert abs(noisy.mean() - value) < 1
        assert noisy.var() == pytest.approx(255 * value / 50, rel=0.05)


def test_camera_noise_is_of_the_sensor_in_linear_light():
    noisy = degradation.CameraNoise(shot=0.004, read=0.01)(GRAY, seed=3)
    linear = light.to_linear(noisy)
    there = light.to_linear(GRAY).mean()
    assert linear.mean() == pytest.approx(there, rel=0.01)
    assert linear.var() == pytest.approx(0.004 * there + 0.01**2, rel=0.05)


def test_camera_noise_stays_a_picture():
    black = np.zeros((50, 50, 3), "uint8")
    noisy = degradation.CameraNoise()(black, seed=0)
    assert noisy.min() == 0.0 and noisy.max() <= 255.0


@pytest.mark.parametrize(
    "make",
    [
        lambda: degradation.GaussianNoise(-1),
        lambda: degradation.GaussianNoise((30, 20)),
        lambda: degradation.GaussianNoise((1, 2, 3)),
        lambda: degradation.GaussianNoise(float("nan")),
        lambda: degradation.PoissonNoise(0),
        lambda: degradation.CameraNoise(shot=-0.1),
    ],
)
def test_settings_that_make_no_sense_are_refused(make):
    with pytest.raises(ValueError, match="must be a number or a pair.*Recei"):
        make()
