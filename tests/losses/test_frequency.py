import numpy as np
import pytest

from keras_productgen.losses import FrequencyLoss
from tests.checks import to_numpy

pytestmark = pytest.mark.backends


def two_batches(shape=(2, 6, 10, 3)):
    generator = np.random.default_rng(0)
    return generator.uniform(0, 1, (2, *shape)).astype("float32")


@pytest.mark.parametrize("alpha", [1.0, 2.0])
def test_agrees_with_the_paper_computed_in_numpy(alpha):
    real, fake = two_batches()
    expected = []
    for one, other in zip(
        real.transpose(0, 3, 1, 2), fake.transpose(0, 3, 1, 2)
    ):
        distance = np.abs(
            np.fft.fft2(one, norm="ortho") - np.fft.fft2(other, norm="ortho")
        )
        weights = distance**alpha
        weights = weights / weights.max(axis=(1, 2), keepdims=True)
        expected.append(np.mean(weights * distance**2))
    loss = FrequencyLoss(alpha, value_range=(0, 1), reduction="none")
    np.testing.assert_allclose(to_numpy(loss(real, fake)), expected, rtol=1e-4)


def test_without_weights_it_is_the_mean_squared_error():
    real, fake = two_batches()
    loss = FrequencyLoss(0.0, value_range=(0, 1))
    expected = np.mean((real - fake) ** 2)
    assert float(loss(real, fake)) == pytest.approx(expected, rel=1e-5)


def test_value_range_changes_nothing():
    real, fake = two_batches()
    expected = float(FrequencyLoss(value_range=(0, 1))(real, fake))
    value = float(FrequencyLoss()(2 * real - 1, 2 * fake - 1))
    assert value == pytest.approx(expected, rel=1e-5)


def test_negative_alpha_is_refused():
    with pytest.raises(ValueError, match="Received: alpha=-1"):
        FrequencyLoss(-1)
