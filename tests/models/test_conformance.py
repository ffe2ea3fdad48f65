"""What every model owes its users, checked the same way for all of them."""

import inspect

import keras
import numpy as np
import pytest

from keras_productgen import export
from keras_productgen import models
from tests.checks import check_config_round_trip
from tests.checks import to_numpy
from tests.models.cases import BASE_CLASSES
from tests.models.cases import CASES
from tests.models.cases import INPAINTING
from tests.models.cases import MATTING
from tests.models.cases import RECONSTRUCTING
from tests.models.cases import RESTORING
from tests.models.cases import TRANSLATING
from tests.models.cases import check_same_state
from tests.models.cases import conditions_of_one
from tests.models.cases import data_for
from tests.models.cases import fit

pytestmark = pytest.mark.backends
EVERY = {
    **CASES,
    **INPAINTING,
    **MATTING,
    **RECONSTRUCTING,
    **RESTORING,
    **TRANSLATING,
}
# There every operation is compiled by itself: 20 seconds a family.
_slow_on_jax = (
    pytest.mark.slow if keras.config.backend() == "jax" else lambda test: test
)


@pytest.fixture(params=CASES)
def make(request):
    return CASES[request.param]


def compiled(make, **kwargs):
    keras.utils.set_random_seed(0)
    model = make()
    model.compile(**kwargs)
    return model


def test_every_public_model_is_checked_here():
    public = {
        name
        for name, value in vars(models).items()
        if inspect.isclass(value) and issubclass(value, keras.Model)
    }
    assert public - BASE_CLASSES == {*EVERY}


def test_config_round_trip(make):
    check_config_round_trip(make())


@pytest.mark.parametrize("name", EVERY)
def test_first_weights_follow_the_global_seed_alone(name):
    first, again, other = [], [], []
    for weights, seed in ((first, 0), (again, 0), (other, 1)):
        keras.utils.set_random_seed(seed)
        model = EVERY[name]()
        kernels = [w for w in model.trainable_weights if w.name == "kernel"]
        weights += [to_numpy(kernel.value) for kernel in kernels]
    for mine, same, theirs in zip(first, again, other, strict=True):
        np.testing.assert_array_equal(mine, same)
        assert np.any(mine != theirs)
    for place, kernel in enumerate(first):
        for earlier in first[:place]:
            assert not np.array_equal(kernel, earlier)


def test_loaded_model_goes_on_as_if_never_saved(make, tmp_path):
    straight = compiled(make)
    fit(straight, epochs=2)
    first = compiled(make)
    fit(first, epochs=1)
    first.save(tmp_path / "model.keras")
    loaded = keras.saving.load_model(tmp_path / "model.keras")
    check_same_state(loaded, first)
    fit(loaded, epochs=2, initial_epoch=1)
    check_same_state(loaded, straight)


def test_weights_file_keeps_the_optimizers(make, tmp_path):
    trained, fresh = compiled(make), compiled(make)
    fit(trained)
    trained.save_weights(tmp_path / "model.weights.h5")
    fresh.load_weights(tmp_path / "model.weights.h5")
    check_same_state(fresh, trained)
    steps = 4 * fresh.discriminator_steps
    assert int(fresh.d_optimizer.iterations) == steps
    assert int(fresh.g_optimizer.iterations) == 4


class KilledAfter(keras.callbacks.Callback):
    def __init__(self, epoch):
        super().__init__()
        self.epoch = epoch

    def on_epoch_begin(self, epoch, logs=None):
        if epoch == self.epoch:
            raise KeyboardInterrupt


def test_killed_training_resumes_from_its_backup(make, tmp_path):
    straight = compiled(make)
    fit(straight, epochs=3)
    killed = compiled(make)
    backup = keras.callbacks.BackupAndRestore(tmp_path / "backup")
    with pytest.raises(KeyboardInterrupt):
        fit(killed, epochs=3, callbacks=[backup, KilledAfter(2)])
    resumed = compiled(make)
    backup = keras.callbacks.BackupAndRestore(tmp_path / "backup")
    fit(resumed, epochs=3, callbacks=[backup])
    check_same_state(resumed, straight)


def test_evaluates_and_predicts(make):
    model = compiled(make)
    images, conditions = data_for(model)
    validation = images if conditions is None else (images, conditions)
    history = fit(model, validation_data=validation).history
    validated = {name for name in history if name.startswith("val_")}
    assert {"val_d_loss", "val_g_loss"} <= validated
    assert {name.removeprefix("val_") for name in history} == {
        name.removeprefix("val_") for name in validated
    }
    assert np.isfinite([values[-1] for values in history.values()]).all()
    logs = model.evaluate(images, conditions, return_dict=True, verbose=0)
    assert {"d_loss", "g_loss"} <= set(logs)
    latents = np.zeros((12, 4), "float32")
    inputs = model.generator_inputs(latents, conditions_of_one(model))
    pictures = model.predict(inputs, verbose=0)
    assert pictures.shape == (12, *model.image_shape)
    assert 0.0 <= pictures.min() < pictures.max() <= 255.0


def test_every_weight_of_every_network_moves_in_one_step(make):
    model = compiled(make)
    before = [to_numpy(w.value) for w in model.trainable_weights]
    images, conditions = data_for(model, 10)
    model.fit(images, conditions, batch_size=10, verbose=0)
    for weight, old in zip(model.trainable_weights, before, strict=True):
        assert np.any(to_numpy(weight.value) != old), weight.path


def test_average_follows_the_generator(make):
    model = compiled(make, ema_decay=0.5)
    before = [to_numpy(w.value) for w in model.generator.weights]
    images, conditions = data_for(model, 10)
    model.fit(images, conditions, batch_size=10, verbose=0)
    decay = (1 + 1) / (10 + 1)  # Of the first update, whatever `ema_decay`.
    for mean, old, new in zip(
        model.ema_generator.weights, before, model.generator.weights
    ):
        expected = decay * old + (1 - decay) * to_numpy(new.value)
        np.testing.assert_allclose(to_numpy(mean.value), expected, atol=1e-6)


def test_same_seed_gives_the_same_pictures(make):
    model = make()
    conditions = conditions_of_one(model)
    first = model.generate(3, seed=7, conditions=conditions)
    second = model.generate(3, seed=7, conditions=conditions)
    other = model.generate(3, seed=8, conditions=conditions)
    np.testing.assert_array_equal(first, second)
    assert np.abs(first - other).max() > 1e-3


def test_latents_of_a_picture_make_it_again(make):
    model = make()
    conditions = conditions_of_one(model)
    expected = model.generate(3, seed=7, conditions=conditions, first_index=2)
    latents = model.numbered_latents(3, seed=7, first_index=2)
    pictures = model.generate_from(latents, conditions, batch_size=2)
    np.testing.assert_allclose(pictures, expected, atol=1e-3)
    with pytest.raises(ValueError, match=r"\(num_images, .*shape \(3, 1\)"):
        model.generate_from(latents[:, :1], conditions)


def test_a_picture_does_not_depend_on_its_batch(make):
    model = compiled(make)
    fit(model)
    conditions = conditions_of_one(model)
    together = model.generate(9, seed=1, conditions=conditions, batch_size=4)
    alone = model.generate(1, seed=1, conditions=conditions, first_index=6)
    np.testing.assert_allclose(alone[0], together[6], atol=1e-3)


def test_value_range_holds_for_what_goes_in_and_comes_out(make):
    model = make(value_range=(0, 1))
    model.compile()
    images, conditions = data_for(model)
    model.fit(images / 255, conditions, verbose=0)
    pictures = model.generate(4, seed=0, conditions=conditions_of_one(model))
    assert 0.0 <= pictures.min() < pictures.max() <= 1.0
    with pytest.raises(ValueError, match="values from 0.* to 2"):
        model.fit(images, conditions, verbose=0)


@_slow_on_jax
def test_trains_the_same_eagerly(make):
    model, reference = compiled(make, run_eagerly=True), compiled(make)
    fit(model)
    fit(reference)
    check_same_state(model, reference, 1e-4)


def test_trains_under_xla(make):
    if keras.config.backend() == "torch":
        pytest.skip("torch.compile recompiles without end on a training step")
    # Not the same numbers: TensorFlow draws others under XLA.
    model = compiled(make, jit_compile=True)
    before = [to_numpy(w.value) for w in model.trainable_weights]
    history = fit(model).history
    assert np.isfinite([history["d_loss"], history["g_loss"]]).all()
    for weight, old in zip(model.trainable_weights, before, strict=True):
        assert np.any(to_numpy(weight.value) != old), weight.path


def test_several_steps_per_execution_end_on_the_same_weights(make):
    if keras.config.backend() == "torch":
        pytest.skip("Keras on torch takes one step an execution")
    model, reference = compiled(make, steps_per_execution=2), compiled(make)
    fit(model)
    fit(reference)
    check_same_state(model, reference)


def test_trains_in_bfloat16(make):
    model = make(dtype="mixed_bfloat16")
    model.compile()
    history = fit(model, epochs=2).history
    assert np.isfinite(history["d_loss"]).all()
    assert np.isfinite(history["g_loss"]).all()
    assert {w.dtype for w in model.trainable_weights} == {"float32"}
    assert keras.config.dtype_policy().name == "float32"
    config = model.get_config()
    assert type(model).from_config(config).dtype_policy.name == "mixed_bfloat16"


def test_trains_in_float16_with_a_loss_scale_for_each_optimizer(make):
    model = make(dtype="mixed_float16")
    model.compile()
    before = [to_numpy(w.value) for w in model.trainable_weights]
    for optimizer in (model.d_optimizer, model.g_optimizer):
        assert isinstance(optimizer, keras.optimizers.LossScaleOptimizer)
    fit(model, epochs=2)
    after = [to_numpy(w.value) for w in model.trainable_weights]
    assert all(np.isfinite(new).all() for new in after)
    assert any(np.any(new != old) for new, old in zip(after, before))


def test_clips_the_norm_of_the_gradients_of_both_networks(make):
    settings = dict(
        d_optimizer=keras.optimizers.SGD(1.0),
        g_optimizer=keras.optimizers.SGD(1.0),
        global_clipnorm=1e-3,
        weight_clip=0,  # It would move weights, too.
    )
    model = compiled(make, **settings)
    networks = (model.generator, model.discriminator)
    before = [
        [to_numpy(w.value) for w in network.trainable_weights]
        for network in networks
    ]
    images, conditions = data_for(model, model.discriminator_steps)
    model.fit(images, conditions, batch_size=len(images), verbose=0)
    for network, old in zip(networks, before):
        squares = [
            np.sum((to_numpy(w.value) - start) ** 2)
            for w, start in zip(network.trainable_weights, old)
        ]
        limit = 1e-3 * model.discriminator_steps
        assert 0.0 < np.sqrt(np.sum(squares)) <= 1.001 * limit


@pytest.mark.skipif(
    keras.config.backend() != "tensorflow",
    reason="exported through TensorFlow; see tests/export",
)
def test_exported_model_loads_and_agrees(make, tmp_path):
    import tensorflow as tf

    model = compiled(make)
    fit(model)
    version = export.saved_model(model, tmp_path / "model")
    served = tf.saved_model.load(str(version)).signatures["latents"]
    latents = np.random.default_rng(0).normal(size=(5, 4)).astype("float32")
    inputs = model.generator_inputs(latents, conditions_of_one(model))
    expected = to_numpy(model(inputs))
    if not isinstance(inputs, dict):
        inputs = {"latents": inputs}
    inputs = {name: tf.constant(rows) for name, rows in inputs.items()}
    pictures = served(**inputs)["images"].numpy()
    np.testing.assert_allclose(pictures / 127.5, expected / 127.5, atol=1e-5)
