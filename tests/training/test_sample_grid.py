import keras
import numpy as np
import pytest

from keras_productgen import images
from keras_productgen.models import ConditionalGAN
from keras_productgen.training import SampleGrid
from tests.training.toys import pictures
from tests.training.toys import small_gan

pytestmark = pytest.mark.backends


def fit(model, callback, epochs=2, **settings):
    return model.fit(
        pictures(),
        batch_size=8,
        epochs=epochs,
        callbacks=[callback],
        verbose=0,
        **settings,
    )


def sheet(directory, epoch):
    return images.load(directory / "samples" / f"epoch_{epoch:04d}.png")


def test_sheet_shows_what_the_model_makes_of_the_seed(tmp_path):
    model = small_gan()
    fit(model, SampleGrid(tmp_path, num_images=6, seed=3))
    expected = images.grid(model.generate(6, seed=3))
    np.testing.assert_array_equal(sheet(tmp_path, 2), expected)
    assert (sheet(tmp_path, 1) != expected).any()


def test_watching_does_not_change_the_training(tmp_path):
    watched, alone = small_gan(), small_gan()
    alone.set_weights(watched.get_weights())
    logs = fit(watched, SampleGrid(tmp_path), shuffle=False)
    expected = fit(alone, keras.callbacks.Callback(), shuffle=False)
    assert logs.history == expected.history


def test_pictures_come_in_bytes_whatever_the_value_range(tmp_path):
    model = small_gan(value_range=(-1, 1))
    model.fit(
        pictures() / 127.5 - 1.0, verbose=0, callbacks=[SampleGrid(tmp_path)]
    )
    expected = images.grid((model.generate(16, seed=0) + 1.0) * 127.5)
    np.testing.assert_array_equal(sheet(tmp_path, 1), expected)


def test_every_leaves_epochs_out_and_progress_has_a_row_each(tmp_path):
    callback = SampleGrid(tmp_path, every=2, num_images=4, progress_rows=2)
    fit(small_gan(), callback, epochs=7)
    names = sorted(path.name for path in tmp_path.glob("samples/*.png"))
    assert names == [*(f"epoch_000{k}.png" for k in (2, 4, 6)), "progress.png"]
    progress = images.load(tmp_path / "samples" / "progress.png")
    assert progress.shape == (2 * 10 + 2, 2 * 10 + 2, 3)
    np.testing.assert_array_equal(progress[:10], sheet(tmp_path, 2)[:10])
    np.testing.assert_array_equal(progress[10:20], sheet(tmp_path, 6)[:10])


def test_a_resumed_training_goes_on_counting(tmp_path):
    model = small_gan()
    fit(model, SampleGrid(tmp_path, num_images=4), epochs=1)
    callback = SampleGrid(tmp_path, num_images=4)
    fit(model, callback, epochs=2, initial_epoch=1)
    assert sheet(tmp_path, 1).shape == sheet(tmp_path, 2).shape
    progress = images.load(tmp_path / "samples" / "progress.png")
    assert len(progress) == 2 * 10 + 2


def test_tensorboard_finds_the_same_sheet(tmp_path):
    event_accumulator = pytest.importorskip(
        "tensorboard.backend.event_processing.event_accumulator"
    )
    fit(small_gan(), SampleGrid(tmp_path, num_images=4))
    events = event_accumulator.EventAccumulator(str(tmp_path / "samples"))
    events.Reload()
    tensors = events.Tensors("samples")
    assert [event.step for event in tensors] == [1, 2]
    png = tensors[1].tensor_proto.string_val[2]
    np.testing.assert_array_equal(images.decode(png), sheet(tmp_path, 2))


def test_writes_nothing_for_tensorboard_when_told_so(tmp_path):
    fit(small_gan(), SampleGrid(tmp_path, tensorboard=False))
    assert not list(tmp_path.rglob("*tfevents*"))


def test_conditions_reach_the_generator(tmp_path):
    model = ConditionalGAN(
        categories={"category": 2}, image_size=8, latent_dim=4, width=8
    )
    model.compile()
    ids = np.arange(16, dtype="int32") % 2
    conditions = {"category": [0, 0, 1, 1]}
    model.fit(
        pictures(),
        {"category": ids},
        verbose=0,
        callbacks=[SampleGrid(tmp_path, num_images=4, conditions=conditions)],
    )
    expected = images.grid(model.generate(4, seed=0, conditions=conditions))
    np.testing.assert_array_equal(sheet(tmp_path, 1), expected)


def test_refuses_nonsense(tmp_path):
    with pytest.raises(ValueError, match="num_images=0"):
        SampleGrid(tmp_path, num_images=0)
    with pytest.raises(ValueError, match="every=0"):
        SampleGrid(tmp_path, every=0)
    plain = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)])
    plain.compile(loss="mse")
    with pytest.raises(ValueError, match="Sequential"):
        plain.fit(
            np.ones((4, 2)),
            np.ones((4, 1)),
            verbose=0,
            callbacks=[SampleGrid(tmp_path)],
        )
