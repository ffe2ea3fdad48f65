import tracemalloc

import keras
import numpy as np
import pytest
import tensorflow as tf

from keras_productgen.data import ProductCatalog
from keras_productgen.data.catalog import CONDITIONS


def small(**options):
    return ProductCatalog(16, **({"num_items": 26} | options))


def test_element_spec_is_as_told():
    images, conditions = small().dataset(batch_size=8).element_spec
    assert images == tf.TensorSpec((8, 16, 16, 3), tf.float32)
    assert conditions == {
        "category": tf.TensorSpec((8,), tf.int32),
        "color": tf.TensorSpec((8, 3), tf.float32),
    }


def test_images_alone_without_conditions():
    dataset = small().dataset(batch_size=8, conditions=None)
    assert dataset.element_spec == tf.TensorSpec((8, 16, 16, 3), tf.float32)


def test_unshuffled_batches_are_the_catalogue():
    catalog = small()
    dataset = catalog.dataset(5, tuple(CONDITIONS), shuffle=False)
    images, conditions = next(iter(dataset))
    for i in range(5):
        item = catalog.item(i)
        np.testing.assert_array_equal(images[i], catalog[i].image)
        assert conditions["category"][i] == item.category_id
        assert conditions["pattern"][i] == item.pattern_id
        np.testing.assert_allclose(conditions["color"][i], item.color)
        assert conditions["height"].shape == (5, 1)  # A vector of one.
        np.testing.assert_allclose(conditions["height"][i], item.height)
        sine, cosine = conditions["view_angle"][i].numpy()
        turned = np.degrees(np.arctan2(sine, cosine)) - item.view_angle
        assert abs((turned + 180) % 360 - 180) < 1e-3
        light = conditions["light"][i].numpy()
        np.testing.assert_allclose(np.linalg.norm(light), 1.0, rtol=1e-5)


def categories(dataset):
    return np.concatenate([c["category"] for _, c in dataset]).tolist()


def test_an_epoch_shows_every_item_once():
    dataset = small().dataset(13, "category")
    assert sorted(categories(dataset)) == sorted(list(range(13)) * 2)


def test_epochs_have_their_own_orders_and_seeds_fix_them():
    catalog = small()
    first, again = catalog.dataset(13), catalog.dataset(13)
    epochs = [categories(first) for _ in range(3)]
    assert epochs[0] != epochs[1] != epochs[2]
    assert [categories(again) for _ in range(3)] == epochs
    assert categories(catalog.dataset(13, seed=1)) != epochs[0]


def test_remainder_is_kept_on_request():
    sizes = [len(x) for x in small().dataset(8, None, drop_remainder=False)]
    assert sizes == [8, 8, 8, 2]
    dropped = small().dataset(8, None)
    assert [len(x) for x in dropped] == [8, 8, 8]
    assert dropped.cardinality() == 3


def test_cached_epochs_show_the_same_pictures():
    def total(dataset):
        return sum(float(tf.reduce_sum(images)) for images in dataset)

    cached = small().dataset(13, None, cache=True)
    plain = small().dataset(13, None)
    assert total(cached) == total(cached) == total(plain)


def test_length_costs_no_memory():
    def peak(num_items):
        dataset = small(num_items=num_items).dataset(4)
        tracemalloc.start()
        for _ in dataset.take(2):
            pass
        used = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return used

    peak(100)
    assert peak(10**9) < 2 * peak(100) + 2**20


def test_autotune_is_off():
    assert small().dataset(4).options().autotune.enabled is False


def test_a_model_learns_from_it():
    """Mean colour from picture: well below guessing after some epochs."""
    dataset = small(num_items=260).dataset(26, "color", cache=True)
    dataset = dataset.map(lambda images, c: (images, c["color"]))
    model = keras.Sequential(
        [
            keras.layers.Rescaling(1 / 255),
            keras.layers.Flatten(),
            keras.layers.Dense(3),
        ]
    )
    keras.utils.set_random_seed(0)
    model.compile("adam", "mse")
    history = model.fit(dataset, epochs=12, verbose=0, shuffle=False)
    loss = history.history["loss"]
    assert loss[-1] < 0.6 * loss[0]


@pytest.mark.parametrize(
    "arguments",
    [
        {"batch_size": 0},
        {"batch_size": 27},
        {"conditions": ("taste",)},
        {"conditions": ("color", "color")},
        {"seed": -1},
        {"workers": 0},
    ],
    ids=str,
)
def test_refuses_nonsense(arguments):
    (name,) = arguments
    with pytest.raises(ValueError, match=f"`{name}` must .*Received: {name}="):
        small().dataset(**({"batch_size": 8} | arguments))


def test_a_cache_that_would_not_fit_is_refused():
    with pytest.raises(ValueError, match="`cache` must be False"):
        small(num_items=10**7).dataset(cache=True)
