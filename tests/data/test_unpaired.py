import keras
import numpy as np
import pytest

from keras_productgen import data

tf = pytest.importorskip("tensorflow")


def numbered(count, batch_size=1, conditions=False):
    """Pictures of one pixel, each of its own number."""
    images = np.arange(count, dtype="float32").reshape(-1, 1, 1, 1)
    rows = (images, {"category": np.arange(count)}) if conditions else images
    return tf.data.Dataset.from_tensor_slices(rows).batch(batch_size)


def epoch(dataset):
    batches = [(a.numpy().ravel(), b.numpy().ravel()) for a, b in dataset]
    return [np.concatenate(numbers).tolist() for numbers in zip(*batches)]


def test_the_shorter_begins_again_until_the_longer_ends():
    pairs = data.unpaired(numbered(7, conditions=True), numbered(3))
    assert int(pairs.cardinality()) == len(pairs) == 7
    a, b = epoch(pairs)
    assert a == list(range(7))
    assert sorted(b) == [0, 0, 0, 1, 1, 2, 2]
    a, b = epoch(data.unpaired(numbered(2), numbered(5)))
    assert a == [0, 1, 0, 1, 0]
    assert sorted(b) == list(range(5))


def test_pictures_meet_others_in_every_epoch():
    pairs = data.unpaired(numbered(100), numbered(100))
    orders = [epoch(pairs)[1] for _ in range(2)]
    assert orders[0] != orders[1]
    assert sorted(orders[0]) == sorted(orders[1]) == list(range(100))
    assert np.mean(np.equal(orders[0], range(100))) < 0.1


def test_same_seed_gives_the_same_pairs_whatever_the_global_seed():
    orders = []
    for seed, global_seed in ((3, 1), (3, 2), (4, 1)):
        keras.utils.set_random_seed(global_seed)
        pairs = data.unpaired(numbered(50), numbered(50), seed=seed)
        orders.append(epoch(pairs))
    assert orders[0] == orders[1] != orders[2]


def test_batches_have_as_many_of_both():
    pairs = data.unpaired(numbered(10, 4), numbered(7, 3))
    sizes = [(len(a), len(b)) for a, b in pairs]
    assert all(a == b for a, b in sizes)
    assert len(sizes) == 3


@pytest.mark.parametrize("dataset", [numbered(0), numbered(2).repeat()])
def test_refuses_what_has_no_batch_or_no_end(dataset):
    with pytest.raises(ValueError, match="`dataset_b`.*Received: dataset_b"):
        data.unpaired(numbered(3), dataset)


def test_refuses_a_negative_seed():
    with pytest.raises(ValueError, match="Received: seed=-1"):
        data.unpaired(numbered(3), numbered(3), seed=-1)
