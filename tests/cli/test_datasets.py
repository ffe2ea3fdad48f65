import numpy as np
import pytest

from keras_productgen.cli.datasets import flipped

tf = pytest.importorskip("tensorflow")


@pytest.mark.parametrize("with_conditions", [False, True])
def test_about_half_of_the_pictures_are_mirrored(with_conditions):
    images = np.zeros((64, 8, 8, 3), "float32")
    images[:, :, :4] = 255.0
    ids = np.arange(64, dtype="int32")
    data = (images, {"category": ids}) if with_conditions else images
    dataset = flipped(tf.data.Dataset.from_tensor_slices(data).batch(64))
    batch = next(iter(dataset))
    if with_conditions:
        batch, conditions = batch
        np.testing.assert_array_equal(conditions["category"], ids)
    mirrored = [np.array_equal(p, q[:, ::-1]) for p, q in zip(batch, images)]
    kept = [np.array_equal(p, q) for p, q in zip(batch, images)]
    assert sum(mirrored) + sum(kept) == 64
    assert 15 <= sum(mirrored) <= 49
