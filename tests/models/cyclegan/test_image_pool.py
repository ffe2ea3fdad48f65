import keras
import numpy as np
import pytest
from keras import ops

from keras_productgen.models.cyclegan.image_pool import ImagePool
from tests.checks import to_numpy

pytestmark = pytest.mark.backends


def numbered(first, count):
    numbers = np.arange(first, first + count, dtype="float32")
    return ops.convert_to_tensor(
        np.tile(numbers[:, None, None, None], (2, 2, 3))
    )


def put(pool, first, count, seeds):
    outputs = to_numpy(pool.exchanged(numbered(first, count), seeds))
    assert outputs.shape == (count, 2, 2, 3)
    assert np.all(outputs == outputs[:, :1, :1, :1])
    kept = to_numpy(pool.images.value)[:, 0, 0, 0]
    return outputs[:, 0, 0, 0], kept


def test_first_images_are_taken_in_and_go_through():
    pool, seeds = ImagePool(5, (2, 2, 3)), keras.random.SeedGenerator(0)
    outputs, kept = put(pool, 1, 3, seeds)
    np.testing.assert_array_equal(outputs, [1, 2, 3])
    np.testing.assert_array_equal(kept, [1, 2, 3, 0, 0])
    outputs, kept = put(pool, 4, 2, seeds)
    np.testing.assert_array_equal(outputs, [4, 5])
    np.testing.assert_array_equal(kept, [1, 2, 3, 4, 5])
    assert int(pool.count) == 5


@pytest.mark.parametrize("batch_size", [1, 3])
def test_then_half_of_them_are_exchanged_for_one_of_the_pool(batch_size):
    pool, seeds = ImagePool(5, (2, 2, 3)), keras.random.SeedGenerator(0)
    _, before = put(pool, 1, 5, seeds)
    num_exchanged, places = 0, []
    for first in range(10, 10 + 60 * batch_size, batch_size):
        new = np.arange(first, first + batch_size)
        outputs, kept = put(pool, first, batch_size, seeds)
        exchanged = outputs != new
        # What was there and what came is there still, or came out.
        everything = np.sort(np.concatenate([before, new]))
        after = np.sort(np.concatenate([kept, outputs]))
        np.testing.assert_array_equal(after, everything)
        assert set(outputs[exchanged]) <= set(before)
        assert set(new[exchanged]) <= set(kept)
        num_exchanged += exchanged.sum()
        places += list(np.nonzero(kept != before)[0])
        before = kept
    assert 0.35 < num_exchanged / (60 * batch_size) < 0.65
    assert set(places) == set(range(5))


def test_what_is_beyond_its_size_goes_through():
    pool, seeds = ImagePool(2, (2, 2, 3)), keras.random.SeedGenerator(0)
    outputs, kept = put(pool, 1, 4, seeds)
    np.testing.assert_array_equal(outputs, [1, 2, 3, 4])
    np.testing.assert_array_equal(kept, [1, 2])
