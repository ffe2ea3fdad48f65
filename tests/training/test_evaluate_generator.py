import csv

import keras
import numpy as np
import pytest

from keras_productgen.metrics import KernelInceptionDistance
from keras_productgen.metrics import PrecisionRecall
from keras_productgen.models import ConditionalGAN
from keras_productgen.training import EvaluateGenerator
from tests.checks import to_numpy
from tests.training.toys import pictures
from tests.training.toys import small_gan
from tests.training.toys import small_metric


def fit(model, callbacks, epochs=2, data=None, **settings):
    data = pictures() if data is None else data
    history = model.fit(
        data,
        batch_size=8,
        epochs=epochs,
        callbacks=callbacks,
        verbose=0,
        **settings,
    )
    return history.history


@pytest.mark.backends
def test_logs_the_distance_of_the_generated_pictures():
    model, real = small_gan(), pictures(20, seed=5)
    callback = EvaluateGenerator(real, small_metric(), seed=7, batch_size=8)
    logs = fit(model, [callback])
    metric = small_metric()
    metric.update_state(real, model.generate(20, seed=7))
    expected = to_numpy(metric.result())
    assert len(logs["val_kid"]) == 2
    assert logs["val_kid"][-1] == pytest.approx(expected, abs=1e-4)
    assert logs["val_kid"][0] != logs["val_kid"][1]


def test_falls_as_the_model_learns_the_color_of_its_data():
    red = np.full((64, 8, 8, 3), (230.0, 20.0, 20.0), "float32")
    red += np.random.default_rng(0).normal(0, 5, red.shape)
    callback = EvaluateGenerator(red, small_metric())
    model = small_gan()
    model.compile(
        d_optimizer=keras.optimizers.Adam(2e-3, beta_1=0.5),
        g_optimizer=keras.optimizers.Adam(2e-3, beta_1=0.5),
    )
    logs = fit(model, [callback], epochs=6, data=red.clip(0, 255))
    assert logs["val_kid"][-1] < 0.5 * logs["val_kid"][0]


def test_callbacks_after_it_can_watch_the_value(tmp_path):
    watchers = [
        keras.callbacks.ModelCheckpoint(
            tmp_path / "best.keras", "val_kid", mode="min", save_best_only=True
        ),
        keras.callbacks.ReduceLROnPlateau(
            "val_kid", mode="min", patience=1, min_delta=1e9, factor=0.5
        ),
        keras.callbacks.CSVLogger(tmp_path / "log.csv"),
        keras.callbacks.EarlyStopping(
            "val_kid", mode="min", patience=2, min_delta=1e9
        ),
    ]
    callback = EvaluateGenerator(pictures(), small_metric())
    logs = fit(small_gan(), [callback, *watchers], epochs=6)
    assert len(logs["val_kid"]) == 3  # EarlyStopping saw it.
    rates = [name for name in logs if name.startswith("learning_rate")]
    assert rates and logs[rates[0]][-1] < logs[rates[0]][0]
    with open(tmp_path / "log.csv") as file:
        written = [float(row["val_kid"]) for row in csv.DictReader(file)]
    assert written == pytest.approx(logs["val_kid"])
    best = keras.saving.load_model(tmp_path / "best.keras")
    metric = small_metric()
    metric.update_state(pictures(), best.generate(16, seed=0))
    value = to_numpy(metric.result())
    assert value == pytest.approx(min(logs["val_kid"]), abs=1e-4)


def test_tensorboard_shows_the_value(tmp_path):
    event_accumulator = pytest.importorskip(
        "tensorboard.backend.event_processing.event_accumulator"
    )
    callback = EvaluateGenerator(pictures(), small_metric())
    board = keras.callbacks.TensorBoard(tmp_path)
    logs = fit(small_gan(), [callback, board])
    events = event_accumulator.EventAccumulator(str(tmp_path / "validation"))
    tensors = events.Reload().Tensors("epoch_kid")
    values = [_scalar(event.tensor_proto) for event in tensors]
    assert values == pytest.approx(logs["val_kid"])


def _scalar(proto):
    from tensorboard.util import tensor_util

    return float(tensor_util.make_ndarray(proto))


def test_epochs_between_carry_the_last_value_forward():
    model, calls = small_gan(), []
    callback = EvaluateGenerator(pictures(), small_metric(), every=3)
    evaluate = callback.evaluate
    callback.evaluate = lambda: calls.append(1) or evaluate()
    values = fit(model, [callback], epochs=6)["val_kid"]
    assert len(calls) == 3  # Epochs 1, 4, and 6, the last.
    assert values[0] == values[1] == values[2] != values[3]
    assert values[3] == values[4] != values[5]


def test_a_training_resumed_between_measures_at_once():
    callback = EvaluateGenerator(pictures(), small_metric(), every=5)
    values = fit(small_gan(), [callback], epochs=4, initial_epoch=2)["val_kid"]
    assert np.isfinite(values).all() and len(values) == 2


@pytest.mark.backends
def test_watching_does_not_change_the_training():
    watched, alone = small_gan(), small_gan()
    alone.set_weights(watched.get_weights())
    callback = EvaluateGenerator(pictures(), small_metric())
    logs = fit(watched, [callback], shuffle=False)
    expected = fit(alone, None, shuffle=False)
    assert logs["g_loss"] == expected["g_loss"]


def test_the_model_file_holds_no_metric(tmp_path):
    model = small_gan()
    model.save(tmp_path / "before.keras")
    callback = EvaluateGenerator(pictures(), small_metric())
    fit(model, [callback], epochs=1)
    model.save(tmp_path / "after.keras")
    sizes = [
        (tmp_path / f"{n}.keras").stat().st_size for n in ("before", "after")
    ]
    assert sizes[1] < 1.05 * sizes[0]
    assert not any("kid" in metric.name for metric in model.metrics)


def test_real_pictures_are_read_and_encoded_once():
    class Data:
        reads = 0

        def __iter__(self):
            Data.reads += 1
            yield from (pictures(8, seed) for seed in range(2))

    metric = small_metric()
    encoded, features = [], metric.features
    metric.features = lambda images: (
        encoded.append(len(images)) or features(images)
    )
    fit(small_gan(), [EvaluateGenerator(Data(), metric)], epochs=3)
    assert Data.reads == 1
    assert sum(encoded) == 16 + 3 * 16


def test_by_default_the_shipped_encoder_judges_in_the_models_range():
    model = small_gan(value_range=(-1, 1))
    real = pictures() / 127.5 - 1.0
    logs = fit(model, [EvaluateGenerator(real)], epochs=1, data=real)
    metric = KernelInceptionDistance()
    fake = (model.generate(16, seed=0) + 1.0) * 127.5
    metric.update_state(pictures(), fake)
    expected = to_numpy(metric.result())
    assert logs["val_kid"][0] == pytest.approx(expected, rel=1e-2)


def test_num_images_limits_both_kinds():
    metric = small_metric()
    fit(
        small_gan(),
        [EvaluateGenerator(pictures(), metric, num_images=5)],
        epochs=1,
    )
    counts = [int(to_numpy(count)) for _, count in (metric.real, metric.fake)]
    assert counts == [5, 5]


def test_takes_any_metric_of_two_sets_of_pictures():
    class Darkness(keras.metrics.Mean):
        def update_state(self, real_images, fake_images):
            difference = real_images.mean() - fake_images.mean()
            super().update_state(abs(difference))

    model, real = small_gan(), pictures()
    logs = fit(model, [EvaluateGenerator(real, Darkness(name="dark"))])
    expected = abs(real.mean() - model.generate(16, seed=0).mean())
    assert logs["val_dark"][-1] == pytest.approx(expected, rel=1e-4)


def conditional_gan():
    model = ConditionalGAN(
        categories={"category": 2}, image_size=8, latent_dim=4, width=8
    )
    model.compile()
    return model


def test_conditional_models_get_the_conditions_of_the_real_pictures():
    model, asked = conditional_gan(), []
    conditions = {
        "category": np.arange(16, dtype="int32") % 2,
        "color": np.ones((16, 3), "float32"),
    }
    generate = model.generate
    model.generate = lambda *args, **settings: (
        asked.append(settings["conditions"]) or generate(*args, **settings)
    )
    callback = EvaluateGenerator(
        [(pictures(), conditions)], small_metric(), num_images=10
    )
    model.fit(pictures(), conditions, verbose=0, callbacks=[callback])
    assert list(asked[0]) == ["category"]
    np.testing.assert_array_equal(asked[0]["category"], np.arange(10) % 2)


def test_a_metric_of_several_numbers_logs_each():
    metric = PrecisionRecall(small_metric().encoder, num_neighbors=2)
    logs = fit(small_gan(), [EvaluateGenerator(pictures(), metric)])
    for name in ("val_precision", "val_recall"):
        assert len(logs[name]) == 2
        assert all(0.0 <= value <= 1.0 for value in logs[name])


def test_unconditional_models_ignore_the_conditions():
    data = (pictures(), {"category": np.zeros(16, "int32")})
    logs = fit(small_gan(), [EvaluateGenerator(data, small_metric())])
    assert np.isfinite(logs["val_kid"]).all()


def test_refuses_nonsense():
    with pytest.raises(ValueError, match="num_images=1"):
        EvaluateGenerator(pictures(), num_images=1)
    with pytest.raises(ValueError, match="every=0"):
        EvaluateGenerator(pictures(), every=0)
    for data, message in (([], "empty list"), (pictures(1), "at least 2")):
        with pytest.raises(ValueError, match=message):
            fit(small_gan(), [EvaluateGenerator(data, small_metric())])
    with pytest.raises(ValueError, match="without"):
        conditional_gan().fit(
            pictures(),
            {"category": np.zeros(16, "int32")},
            verbose=0,
            callbacks=[EvaluateGenerator(pictures(), small_metric())],
        )
