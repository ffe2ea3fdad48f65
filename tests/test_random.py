import numpy as np
import pytest

from keras_productgen.random import stateless_normal

SEEDS = [(0, 0), (1, 7), (123456789012, 5), (-3, 2**40), (2**62, -1)]


@pytest.mark.parametrize("dim", [1, 4, 101])
def test_same_numbers_as_tensorflow(dim):
    tf = pytest.importorskip("tensorflow")
    for seed, index in SEEDS:
        expected = tf.random.stateless_normal(
            (dim,), (seed, index), alg="philox"
        )
        numbers = stateless_normal([seed], [index], dim)[0]
        np.testing.assert_allclose(numbers, expected.numpy(), atol=5e-6)


def test_a_row_does_not_depend_on_the_rows_around_it():
    seeds, indices = zip(*SEEDS)
    together = stateless_normal(seeds, indices, 10)
    for row, (seed, index) in zip(together, SEEDS):
        alone = stateless_normal([seed], [index], 10)[0]
        np.testing.assert_array_equal(row, alone)


def test_numbers_are_normal_and_independent():
    numbers = stateless_normal(np.zeros(20000), np.arange(20000), 8)
    assert numbers.dtype == np.float32
    assert abs(numbers.mean()) < 0.01
    assert abs(numbers.std() - 1) < 0.01
    assert abs((numbers**4).mean() - 3) < 0.1
    correlations = np.corrcoef(numbers.T) - np.eye(8)
    assert np.abs(correlations).max() < 0.03
