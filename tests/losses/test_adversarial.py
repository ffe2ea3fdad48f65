import keras
import numpy as np
import pytest

from keras_productgen import losses
from tests.checks import check_config_round_trip
from tests.checks import to_numpy

pytestmark = pytest.mark.backends

REAL = np.array([[2.0], [-1.0]], "float32")
FAKE = np.array([[0.5], [-3.0]], "float32")


def softplus(x):
    return np.log1p(np.exp(x))


EXPECTED = {
    "NonSaturatingLoss": (
        (softplus(-2) + softplus(1) + softplus(0.5) + softplus(-3)) / 2,
        (softplus(-0.5) + softplus(3)) / 2,
    ),
    "MinimaxLoss": (
        (softplus(-2) + softplus(1) + softplus(0.5) + softplus(-3)) / 2,
        -(softplus(0.5) + softplus(-3)) / 2,
    ),
    "HingeLoss": ((0 + 2 + 1.5 + 0) / 2, 1.25),
    "LeastSquaresLoss": ((1 + 4 + 0.25 + 9) / 4, (0.25 + 16) / 4),
    "WassersteinLoss": (-1.25 - 0.5, 1.25),
}


@pytest.mark.parametrize("name", EXPECTED)
def test_agrees_with_the_sum_by_hand(name):
    loss = getattr(losses, name)()
    discriminator, generator = EXPECTED[name]
    real, fake = (keras.ops.convert_to_tensor(x) for x in (REAL, FAKE))
    assert to_numpy(loss.discriminator(real, fake)) == pytest.approx(
        discriminator, rel=1e-5
    )
    assert to_numpy(loss.generator(fake)) == pytest.approx(generator, rel=1e-5)


@pytest.mark.parametrize("name", EXPECTED)
def test_config_round_trip(name):
    check_config_round_trip(getattr(losses, name)())


def test_minimax_is_the_log_likelihood_of_the_game():
    logits = np.array([0.3, -1.2], "float32")
    probability_fake = 1 / (1 + np.exp(-logits))
    value = losses.MinimaxLoss().generator(keras.ops.convert_to_tensor(logits))
    assert to_numpy(value) == pytest.approx(
        np.mean(np.log(1 - probability_fake)), rel=1e-5
    )


def test_factor_of_the_squares():
    real, fake = (keras.ops.convert_to_tensor(x) for x in (REAL, FAKE))
    whole, half = losses.LeastSquaresLoss(1.0), losses.LeastSquaresLoss()
    for side, logits in (
        ("discriminator", (real, fake)),
        ("generator", (fake,)),
    ):
        value = to_numpy(getattr(whole, side)(*logits))
        assert value == pytest.approx(
            2 * to_numpy(getattr(half, side)(*logits))
        )
    check_config_round_trip(whole)
    with pytest.raises(ValueError, match="Received: factor=0.0"):
        losses.LeastSquaresLoss(0.0)
