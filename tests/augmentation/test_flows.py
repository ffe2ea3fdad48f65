import keras
import numpy as np
import pytest

from keras_productgen.augmentation import ImageDataGenerator
from tests.augmentation.legacy import smooth_picture

RANGES = {
    "rotation_range": 40,
    "width_shift_range": 0.2,
    "height_shift_range": 0.1,
    "zoom_range": 0.2,
    "horizontal_flip": True,
    "rescale": 1 / 255,
}


def pictures(count, size=16, channels=3):
    return np.stack(
        [smooth_picture(k, size, size, channels) for k in range(count)]
    )


def test_an_epoch_shows_every_picture_once_in_an_order_of_its_own():
    numbers = np.arange(10)
    flow = ImageDataGenerator().flow(pictures(10), numbers, batch_size=4)
    assert len(flow) == 3
    epochs = [[next(flow)[1].tolist() for _ in range(3)] for _ in range(3)]
    assert [len(batch) for batch in epochs[0]] == [4, 4, 2]
    orders = {tuple(sum(epoch, [])) for epoch in epochs}
    assert len(orders) == 3
    assert all(sorted(order) == numbers.tolist() for order in orders)


def test_without_shuffle_the_order_is_that_of_the_array():
    flow = ImageDataGenerator().flow(
        pictures(5), np.arange(5), batch_size=2, shuffle=False
    )
    assert [next(flow)[1].tolist() for _ in range(4)] == [
        [0, 1],
        [2, 3],
        [4],
        [0, 1],
    ]


@pytest.mark.parametrize("workers", [1, 2, 5])
def test_a_seed_gives_the_same_batches_whatever_the_workers(workers):
    def batches(workers):
        flow = ImageDataGenerator(**RANGES, brightness_range=(0.5, 1)).flow(
            pictures(9), np.arange(9), batch_size=4, seed=3, workers=workers
        )
        return [next(flow) for _ in range(8)]

    for (x, y), (expected_x, expected_y) in zip(batches(workers), batches(1)):
        np.testing.assert_array_equal(y, expected_y)
        np.testing.assert_array_equal(x, expected_x)


def test_the_index_gives_what_next_gives():
    generator = ImageDataGenerator(**RANGES)
    walked = generator.flow(pictures(9), np.arange(9), batch_size=4, seed=3)
    indexed = generator.flow(pictures(9), np.arange(9), batch_size=4, seed=3)
    for _ in range(2):
        expected = [next(walked) for _ in range(3)]
        # Any order: workers of `fit()` ask so.
        batches = {index: indexed[index] for index in (2, 0, 1)}
        for index in range(3):
            np.testing.assert_array_equal(batches[index][0], expected[index][0])
            np.testing.assert_array_equal(batches[index][1], expected[index][1])
        indexed.on_epoch_end()


def test_numpys_global_seed_makes_an_unseeded_flow_repeat():
    batches = []
    for _ in range(2):
        keras.utils.set_random_seed(7)
        batches.append(next(ImageDataGenerator(**RANGES).flow(pictures(4))))
    np.testing.assert_array_equal(*batches)
    other = next(ImageDataGenerator(**RANGES).flow(pictures(4)))
    assert not np.array_equal(batches[0], other)


def test_reset_begins_an_epoch():
    flow = ImageDataGenerator().flow(
        pictures(5), np.arange(5), batch_size=2, shuffle=False
    )
    next(flow)
    assert (flow.batch_index, flow.total_batches_seen) == (1, 1)
    flow.reset()
    assert flow.batch_index == 0
    assert next(flow)[1].tolist() == [0, 1]
    assert flow.total_batches_seen == 2
    np.testing.assert_array_equal(flow.index_array, np.arange(5))


def tiny_model(classes=2):
    model = keras.Sequential(
        [
            keras.layers.GlobalAveragePooling2D(),
            keras.layers.Dense(classes, activation="softmax"),
        ]
    )
    model.compile("adam", "sparse_categorical_crossentropy")
    return model


@pytest.mark.parametrize("workers", [1, 2])
def test_fit_evaluate_and_predict_take_flows(workers, folder):
    generator = ImageDataGenerator(**RANGES, validation_split=0.4)
    flows = [
        generator.flow_from_directory(
            folder,
            (20, 24),
            batch_size=3,
            class_mode="sparse",
            subset=subset,
            workers=workers,
        )
        for subset in ("training", "validation")
    ]
    model = tiny_model()
    history = model.fit(
        flows[0], validation_data=flows[1], epochs=2, verbose=0
    ).history
    assert np.isfinite(history["loss"] + history["val_loss"]).all()
    assert np.isfinite(model.evaluate(flows[1], verbose=0))
    assert model.predict(flows[1], verbose=0).shape == (flows[1].n, 2)


def test_a_generator_over_a_flow_never_ends():
    flow = ImageDataGenerator(**RANGES).flow(
        pictures(5), np.arange(5) % 2, batch_size=2
    )
    losses = tiny_model().fit(
        (batch for batch in flow),
        steps_per_epoch=4,
        epochs=3,
        shuffle=False,
        verbose=0,
    )
    assert np.isfinite(losses.history["loss"]).all()
    assert flow.total_batches_seen >= 12


def test_fit_learns_from_a_flow():
    labels = np.arange(40) % 2
    images = np.zeros((40, 8, 8, 3), np.float32)
    images[labels == 1] = 255
    flow = ImageDataGenerator(rescale=1 / 255, rotation_range=20).flow(
        images, labels, batch_size=8, seed=0
    )
    model = tiny_model()
    model.compile(keras.optimizers.Adam(0.3), "sparse_categorical_crossentropy")
    losses = model.fit(flow, epochs=6, verbose=0).history["loss"]
    assert losses[-1] < 0.2 * losses[0]


def test_two_generators_with_one_seed_stay_in_step():
    images = pictures(7, channels=1)
    places = {k: v for k, v in RANGES.items() if k != "rescale"}
    shown = ImageDataGenerator(
        **places, brightness_range=(0.99, 1.0), channel_shift_range=1
    ).flow(images, batch_size=3, seed=5)
    masks = ImageDataGenerator(**places).flow(images, batch_size=3, seed=5)
    for _ in range(5):
        assert np.abs(next(shown) - next(masks)).max() < 6


def test_paired_flow_moves_both_under_one_draw():
    masks = np.int32(pictures(7, size=32, channels=1) > 128) * 9
    images = np.repeat(masks, 3, axis=-1) * np.float32(255 / 9)
    flow = ImageDataGenerator(**RANGES).flow_paired(
        images, masks, batch_size=3, seed=2
    )
    for _ in range(3):
        shown, moved = next(flow)
        assert shown.shape == (len(moved), 32, 32, 3)
        assert moved.dtype == np.int32
        assert set(np.unique(moved)) <= {0, 9}
        assert ((shown[..., :1] > 0.5) == (moved > 4)).mean() > 0.97
    assert not np.array_equal(moved[0], masks[0])


def test_sample_weights_and_other_inputs_go_with_their_pictures():
    numbers = np.arange(6)
    flow = ImageDataGenerator().flow(
        (pictures(6), [numbers * 10]),
        numbers,
        sample_weight=numbers * 2.0,
        batch_size=4,
    )
    (x, others), y, weights = next(flow)
    assert x.shape == (4, 16, 16, 3)
    np.testing.assert_array_equal(others, y * 10)
    np.testing.assert_array_equal(weights, y * 2.0)


def test_subsets_of_an_array_part_it():
    generator = ImageDataGenerator(validation_split=0.25)
    labels = np.arange(8) % 2
    arguments = {"shuffle": False, "batch_size": 8}
    parts = [
        generator.flow(pictures(8), labels, subset=name, **arguments)
        for name in ("validation", "training")
    ]
    assert [part.n for part in parts] == [2, 6]
    whole = np.concatenate([next(part)[0] for part in parts])
    np.testing.assert_array_equal(whole, pictures(8))
    with pytest.raises(ValueError, match="same classes"):
        generator.flow(pictures(8), np.arange(8), subset="training")
    generator.flow(
        pictures(8), np.arange(8), subset="training", ignore_class_split=True
    )


def test_dtype_is_honored():
    images = pictures(4)
    for dtype in ("float16", "float64", "uint8"):
        flow = ImageDataGenerator(rotation_range=9, dtype=dtype).flow(images)
        assert next(flow).dtype == dtype


def test_the_users_array_stays_as_it_is():
    images = pictures(4)
    before = images.copy()
    next(ImageDataGenerator(samplewise_center=True).flow(images))
    np.testing.assert_array_equal(images, before)


def test_batches_can_be_saved_for_a_look(tmp_path):
    flow = ImageDataGenerator().flow(
        pictures(3),
        batch_size=3,
        shuffle=False,
        seed=1,
        save_to_dir=tmp_path,
        save_prefix="look",
        save_format="jpeg",
    )
    flow[0]
    names = sorted(path.name for path in tmp_path.iterdir())
    assert [name.rsplit("_", 1)[0] for name in names] == [
        "look_0",
        "look_1",
        "look_2",
    ]
    assert all(name.endswith(".jpeg") for name in names)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"y": np.zeros(3)}, r"Received: len\(y\)=3"),
        ({"sample_weight": np.zeros(9)}, "sample_weight"),
        ({"subset": "test"}, "Received: subset=test"),
        ({"batch_size": 0}, "Received: batch_size=0"),
    ],
)
def test_nonsense_is_refused(arguments, message):
    with pytest.raises(ValueError, match=message):
        ImageDataGenerator().flow(pictures(4), **arguments)


def test_a_flow_of_one_picture_without_its_batch_is_refused():
    with pytest.raises(ValueError, match="four axes"):
        ImageDataGenerator().flow(smooth_picture(0))
    with pytest.raises(ValueError, match="Received: index=1"):
        ImageDataGenerator().flow(pictures(4))[1]
