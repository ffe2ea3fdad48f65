import numpy as np
import pytest

from keras_productgen.losses import MatteLoss
from tests.checks import check_config_round_trip
from tests.checks import to_numpy

pytestmark = pytest.mark.backends


def test_is_the_sum_of_three_means_computed_in_numpy():
    generator = np.random.default_rng(0)
    wanted, found = generator.uniform(0.05, 0.95, (2, 3, 4, 5, 1))
    crossed = wanted * np.log(found) + (1 - wanted) * np.log(1 - found)
    error = wanted - found
    expected = (
        -crossed.mean(axis=(1, 2, 3))
        + np.abs(error).mean(axis=(1, 2, 3))
        + 2.0 * np.abs(np.diff(error, axis=1)).mean(axis=(1, 2, 3))
        + 2.0 * np.abs(np.diff(error, axis=2)).mean(axis=(1, 2, 3))
    )
    for value_range in ((0, 1), (-1, 1), (0, 255)):
        low, high = value_range
        scaled = [low + (high - low) * x for x in (wanted, found)]
        loss = MatteLoss(2.0, value_range, reduction="none")
        value = to_numpy(loss(*(x.astype("float32") for x in scaled)))
        np.testing.assert_allclose(value, expected, rtol=1e-4)


def test_a_blurred_edge_costs_more_with_the_slopes():
    sharp = np.zeros((1, 16, 16, 1), "float32")
    sharp[:, :, 8:] = 1.0
    blurred = sharp.copy()
    blurred[:, :, 6:10] = np.linspace(0.2, 0.8, 4)[:, None]
    plain, sloped = (
        float(MatteLoss(weight, (0, 1))(sharp, blurred)) for weight in (0, 1)
    )
    assert sloped > plain > float(MatteLoss(0, (0, 1))(sharp, sharp))


def test_round_trip_and_refusals():
    check_config_round_trip(MatteLoss(0.5, (0, 255)))
    with pytest.raises(ValueError, match="Received: slope_weight=-1"):
        MatteLoss(-1)
    with pytest.raises(ValueError, match=r"value_range=\(1, 0\)"):
        MatteLoss(value_range=(1, 0))
