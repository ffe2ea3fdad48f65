"""Whatever `fit` takes, the features are looked at once before."""

import keras
import numpy as np
import pytest

from keras_productgen.models.feature_gan.batches import collected
from tests.checks import to_numpy


def statistics(model):
    return [to_numpy(weight.value) for weight in model.space.weights]


class Batches(keras.utils.PyDataset):
    def __init__(self, images, conditions):
        super().__init__()
        self.rows = images, conditions

    def __len__(self):
        return 4

    def __getitem__(self, index):
        rows = slice(32 * index, 32 * (index + 1))
        return keras.tree.map_structure(lambda part: part[rows], self.rows)


def test_all_kinds_of_data_give_the_same(conditional, striped):
    tf = pytest.importorskip("tensorflow")
    conditional.adapt(*striped)
    expected = statistics(conditional)
    dataset = tf.data.Dataset.from_tensor_slices(striped).batch(50)
    for data in (dataset, Batches(*striped), list(Batches(*striped))):
        conditional.adapt(data)
        for values, wanted in zip(statistics(conditional), expected):
            np.testing.assert_allclose(values, wanted, atol=1e-3)


def test_the_first_fit_adapts(make, striped):
    trained, adapted = make(), make()
    trained.compile()
    trained.fit(striped[0], batch_size=64, verbose=0)
    adapted.adapt(striped[0])
    for mine, its in zip(statistics(trained), statistics(adapted)):
        np.testing.assert_array_equal(mine, its)
    assert int(trained.space.num_images) == 128


def test_validation_pictures_are_not_looked_at(make, striped):
    model = make()
    model.compile()
    model.fit(striped[0], batch_size=64, validation_split=0.25, verbose=0)
    assert int(model.space.num_images) == 96


def test_no_more_is_looked_at_than_asked_for():
    asked = []

    def columns_of(images, conditions):
        asked.append(len(images))
        return (images,)

    endless = [np.zeros((10, 2))] * 100
    (rows,) = collected(endless, None, columns_of, max_images=25)
    assert rows.shape == (25, 2)
    assert asked == [10, 10, 10]


def test_data_that_comes_but_once_is_refused_until_adapted(make, striped):
    model = make()
    model.compile()
    once = ((images,) for images in [striped[0][:64]])
    with pytest.raises(ValueError, match="Else call `adapt` with some"):
        model.fit(once, verbose=0)
    model.adapt(striped[0])
    model.fit(once, steps_per_epoch=1, verbose=0)
    assert int(model.g_optimizer.iterations) == 1


def test_data_of_another_range_is_refused_before_anything(make, striped):
    model = make()
    model.compile()
    with pytest.raises(ValueError, match="values from 0"):
        model.fit(striped[0] / 255, verbose=0)
    assert int(model.space.num_images) == 0


def test_missing_conditions_are_named(conditional, striped):
    conditional.compile()
    with pytest.raises(ValueError, match="without .*'category'"):
        conditional.fit(striped[0], verbose=0)
