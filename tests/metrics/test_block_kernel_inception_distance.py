import numpy as np
import pytest

from keras_productgen.metrics import BlockKernelInceptionDistance
from keras_productgen.metrics import kernel_inception_distance
from tests.checks import to_numpy
from tests.metrics.flat_pictures import flat_encoder
from tests.metrics.flat_pictures import pictures
from tests.metrics.flat_pictures import rows
from tests.metrics.flat_pictures import updated

pytestmark = pytest.mark.backends


def distance(real, fake):
    return float(to_numpy(kernel_inception_distance(rows(real), rows(fake))))


def metric(block_size):
    return BlockKernelInceptionDistance(flat_encoder(), block_size=block_size)


def test_is_the_mean_over_blocks_however_batched():
    real, fake = pictures(0, 24), pictures(1, 24, brightness=0.5)
    blocks = [slice(0, 8), slice(8, 16), slice(16, 24)]
    distances = [distance(real[block], fake[block]) for block in blocks]
    for cuts in ([0, 24], [0, 1, 13, 24]):
        estimate = updated(metric(8), real, fake, cuts).estimate()
        assert estimate.mean == pytest.approx(np.mean(distances), abs=1e-6)
        deviation = np.std(distances, ddof=1)
        assert estimate.standard_deviation == pytest.approx(deviation, abs=1e-6)


def test_the_rest_counts_for_as_much_as_it_is():
    real, fake = pictures(0, 12), pictures(1, 12, brightness=0.5)
    expected = (
        8 * distance(real[:8], fake[:8]) + 4 * distance(real[8:], fake[8:])
    ) / 12
    value = to_numpy(updated(metric(8), real, fake, [0, 5, 12]).result())
    assert value == pytest.approx(expected, abs=1e-6)


def test_one_block_is_the_distance_of_all():
    real, fake = pictures(0, 20), pictures(1, 20, brightness=0.5)
    estimate = updated(metric(1000), real, fake, [0, 20]).estimate()
    assert estimate.mean == pytest.approx(distance(real, fake), abs=1e-6)
    assert np.isnan(estimate.standard_deviation)


def test_memory_holds_one_block_of_any_number_of_pictures():
    judge = metric(8)
    features = np.ones((1000, 12), "float32")
    judge.update_features(features, features)
    assert judge.num_blocks == 125
    assert judge.real_memory.rows().shape == (0, 12)


def test_is_unbiased_where_blocks_are_small():
    def features(seed):
        return np.random.default_rng(seed).normal(size=(400, 12))

    judge = metric(10)
    judge.update_features(features(0), features(1))
    mean, deviation = judge.estimate()
    assert abs(mean) < 4 * deviation / np.sqrt(judge.num_blocks)


def test_reset_forgets():
    judge = metric(4)
    assert np.isnan(to_numpy(judge.result()))
    judge.update_state(pictures(0, 10), pictures(1, 10))
    assert np.isfinite(to_numpy(judge.result()))
    judge.reset_state()
    assert np.isnan(to_numpy(judge.result()))


def test_the_estimate_says_which_encoder_made_it():
    judge = metric(8)
    judge.update_state(pictures(0, 2), pictures(1, 2))
    assert judge.estimate().encoder_identity == judge.encoder_identity


def test_refuses_unequal_numbers_and_nonsense():
    with pytest.raises(ValueError, match="Received: 3 and 2"):
        metric(8).update_state(pictures(0, 3), pictures(1, 2))
    with pytest.raises(ValueError, match="block_size=1"):
        metric(1)
