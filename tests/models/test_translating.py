"""What models that translate pictures owe their users: as test_conformance."""

import csv

import keras
import numpy as np
import pytest

from keras_productgen import images
from keras_productgen.training import TranslationGrid
from tests.checks import check_config_round_trip
from tests.checks import to_numpy
from tests.models.cases import TRANSLATING
from tests.models.cases import check_same_state
from tests.models.cases import data_for
from tests.models.cases import fit
from tests.models.cases import wish_of_one

pytestmark = pytest.mark.backends


@pytest.fixture(params=TRANSLATING)
def make(request):
    return TRANSLATING[request.param]


def compiled(make, **kwargs):
    keras.utils.set_random_seed(0)
    model = make()
    # Of the paper's, five in StarGAN, each would be compiled by itself.
    model.compile(**{"discriminator_steps": 1, **kwargs})
    return model


class Trained:
    """A model, what it was before, and all that its training wrote."""

    def __init__(self, make, directory):
        self.make, self.directory = make, directory
        self.model = compiled(make)
        self.before = [to_numpy(w.value) for w in self.model.trainable_weights]
        first, second = data_for(self.model)
        self.sources = first[:3]
        self.wish = wish_of_one(self.model)
        callbacks = [
            TranslationGrid(
                directory, self.sources, tensorboard=False, **self.wish
            ),
            keras.callbacks.ModelCheckpoint(directory / "{epoch}.keras"),
            keras.callbacks.CSVLogger(directory / "log.csv"),
            keras.callbacks.TerminateOnNaN(),
        ]
        self.history = fit(
            self.model,
            epochs=2,
            callbacks=callbacks,
            validation_data=(first, second),
            validation_batch_size=10,
        ).history


@pytest.fixture(scope="module", params=TRANSLATING)
def trained(request, tmp_path_factory):
    directory = tmp_path_factory.mktemp(request.param)
    return Trained(TRANSLATING[request.param], directory)


def test_config_round_trip(make):
    check_config_round_trip(make())


def test_loaded_model_goes_on_as_if_never_saved(trained):
    loaded = keras.saving.load_model(trained.directory / "1.keras")
    assert int(loaded.g_optimizer.iterations) == 4
    first, second = data_for(loaded)
    fit(loaded, epochs=2, initial_epoch=1)
    # Evaluating draws numbers, too: the straight training has done it twice.
    check_same_networks(loaded, trained.model)


def check_same_networks(model, other):
    tolerance = 1e-6 if keras.config.backend() == "tensorflow" else 1e-5
    for mine, its in zip(model.weights, other.weights, strict=True):
        if "seed" not in mine.path:
            np.testing.assert_allclose(
                to_numpy(mine.value), to_numpy(its.value), atol=tolerance
            )


def test_weights_file_keeps_all(trained, tmp_path):
    trained.model.save_weights(tmp_path / "model.weights.h5")
    fresh = compiled(trained.make)
    fresh.load_weights(tmp_path / "model.weights.h5")
    check_same_state(fresh, trained.model)


def test_every_weight_of_every_network_moves(trained):
    weights = trained.model.trainable_weights
    for weight, old in zip(weights, trained.before, strict=True):
        assert np.any(to_numpy(weight.value) != old), weight.path


def test_makes_pictures_with_the_weights_of_the_moment(trained):
    model = trained.model
    for mean, weight in zip(
        model.ema_generator.weights, model.generator.weights
    ):
        np.testing.assert_allclose(
            to_numpy(mean.value), to_numpy(weight.value), atol=1e-7
        )


def test_losses_and_sheets_are_written(trained):
    names = {"d_loss", "g_loss", *trained.model.further_logs()}
    assert names <= set(trained.history)
    assert {f"val_{name}" for name in names} <= set(trained.history)
    assert np.isfinite([v[-1] for v in trained.history.values()]).all()
    with open(trained.directory / "log.csv") as file:
        assert names <= set(next(csv.reader(file)))
    outputs = trained.model.translate(trained.sources, **trained.wish)
    sheet = images.load(trained.directory / "samples" / "epoch_0002.png")
    height, width = outputs.shape[1:3]
    np.testing.assert_array_equal(
        sheet[2 : 2 + height, width + 4 : 2 * width + 4],
        images.to_uint8(outputs[0]),
    )


def test_translates_any_number_of_pictures_alike(trained):
    model, wish = trained.model, trained.wish
    sources = data_for(model, 7)[0]
    together = model.translate(sources, **wish)
    assert together.shape == (7, *model.target_shape)
    assert together.dtype == np.float32
    assert 0.0 <= together.min() < together.max() <= 255.0
    by_threes = model.translate(sources, batch_size=3, **wish)
    np.testing.assert_allclose(by_threes, together, atol=1e-3)
    inputs = sources[:1]
    if wish:
        rows = model.rows_of_some(wish["conditions"], 1)
        inputs = {"images": inputs, **rows}
    first = model.predict(inputs, verbose=0)
    np.testing.assert_allclose(first, together[:1], atol=1e-3)
    as_bytes = model.translate(np.rint(sources).astype("uint8"), **wish)
    assert np.abs(as_bytes - together).max() < 20.0


@pytest.mark.slow
def test_translates_the_same_eagerly(make):
    model = compiled(make)
    images = data_for(model, 3)[0]
    wish = wish_of_one(model)
    wanted = model.translate(images, **wish)
    model.run_eagerly = True
    model.predict_function = None
    np.testing.assert_allclose(
        model.translate(images, **wish), wanted, atol=1e-2
    )


def test_loaded_on_its_own_makes_the_same_pictures(trained):
    loaded = keras.saving.load_model(
        trained.directory / "2.keras", compile=False
    )
    np.testing.assert_allclose(
        loaded.translate(trained.sources, **trained.wish),
        trained.model.translate(trained.sources, **trained.wish),
        atol=1e-3,
    )


@pytest.mark.slow
def test_trains_the_same_eagerly(make):
    # One step, without Adam: later ones make large differences of small ones.
    model, reference = (
        compiled(
            make,
            d_optimizer=keras.optimizers.SGD(1e-3),
            g_optimizer=keras.optimizers.SGD(1e-3),
            run_eagerly=run_eagerly,
        )
        for run_eagerly in (True, False)
    )
    for network in (model, reference):
        first, second = data_for(network, 10)
        network.fit(first, second, batch_size=10, shuffle=False, verbose=0)
    check_same_state(model, reference, 1e-5)


@pytest.mark.slow
def test_trains_under_xla_and_in_several_steps(make):
    if keras.config.backend() == "torch":
        pytest.skip("torch takes one step at a time, uncompiled")
    model = compiled(make, jit_compile=True, steps_per_execution=2)
    assert np.isfinite(fit(model).history["g_loss"]).all()


@pytest.mark.parametrize(
    "name, dtype",
    [
        ("Pix2Pix", "mixed_bfloat16"),
        pytest.param("Pix2Pix", "mixed_float16", marks=pytest.mark.slow),
        pytest.param("CycleGAN", "mixed_bfloat16", marks=pytest.mark.slow),
        pytest.param("CycleGAN", "mixed_float16", marks=pytest.mark.slow),
        pytest.param("StarGAN", "mixed_bfloat16", marks=pytest.mark.slow),
        pytest.param("StarGAN", "mixed_float16", marks=pytest.mark.slow),
    ],
)
def test_trains_in_half_precision(name, dtype):
    model = TRANSLATING[name](dtype=dtype, value_range=(0, 1))
    model.compile()
    first, second = data_for(model, 10)
    if isinstance(second, np.ndarray):
        second = second / 255
    history = model.fit(first / 255, second, verbose=0).history
    assert np.isfinite([values[-1] for values in history.values()]).all()
    assert {w.dtype for w in model.trainable_weights} == {"float32"}
    config = model.get_config()
    assert type(model).from_config(config).dtype_policy.name == dtype
    pictures = model.translate(first / 255, **wish_of_one(model))
    assert 0.0 <= pictures.min() < pictures.max() <= 1.0


@pytest.mark.slow
def test_killed_training_resumes_from_its_backup(make, tmp_path):
    class Killed(keras.callbacks.Callback):
        def on_epoch_begin(self, epoch, logs=None):
            if epoch == 1:
                raise KeyboardInterrupt

    straight, killed, resumed = (compiled(make) for _ in range(3))
    fit(straight, epochs=2)
    backup = keras.callbacks.BackupAndRestore(tmp_path / "backup")
    with pytest.raises(KeyboardInterrupt):
        fit(killed, epochs=2, callbacks=[backup, Killed()])
    backup = keras.callbacks.BackupAndRestore(tmp_path / "backup")
    fit(resumed, epochs=2, callbacks=[backup])
    check_same_state(resumed, straight)


@pytest.mark.slow
def test_discriminators_may_take_more_steps_and_be_steadied(make):
    model = compiled(
        make, discriminator_steps=2, r1_weight=1.0, instance_noise=0.1
    )
    assert np.isfinite(fit(model).history["d_loss"]).all()
    assert int(model.d_optimizer.iterations) == 8
    assert int(model.g_optimizer.iterations) == 4
