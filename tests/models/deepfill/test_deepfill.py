import keras
import numpy as np
import pytest

from keras_productgen import models
from tests.checks import check_config_round_trip
from tests.checks import to_numpy
from tests.models.cases import INPAINTING
from tests.models.cases import check_same_state
from tests.models.cases import data_for
from tests.models.cases import fit

pytestmark = pytest.mark.backends
# There every operation is compiled by itself.
_slow_on_jax = (
    pytest.mark.slow if keras.config.backend() == "jax" else lambda test: test
)


def compiled(**settings):
    keras.utils.set_random_seed(0)
    model = INPAINTING["DeepFill"]()
    model.compile(**settings)
    return model


def tensors(structure):
    return keras.tree.map_structure(keras.ops.convert_to_tensor, structure)


def red_above_blue(count=32, size=16):
    """Pictures of two colours, whose border lies higher or lower."""
    generator = np.random.default_rng(0)
    border = generator.integers(4, 12, (count, 1, 1, 1))
    above = np.arange(size)[None, :, None, None] < border
    images = np.where(above, (200.0, 60.0, 60.0), (60.0, 60.0, 200.0))
    return np.repeat(images, size, axis=2).astype("float32")


@_slow_on_jax
def test_config_round_trip():
    check_config_round_trip(INPAINTING["DeepFill"]())


@_slow_on_jax
def test_loaded_model_goes_on_as_if_never_saved(tmp_path):
    straight = compiled()
    fit(straight, epochs=2)
    first = compiled()
    fit(first, epochs=1)
    first.save(tmp_path / "model.keras")
    loaded = keras.saving.load_model(tmp_path / "model.keras")
    check_same_state(loaded, first)
    fit(loaded, epochs=2, initial_epoch=1)
    check_same_state(loaded, straight)


@_slow_on_jax
def test_every_weight_moves_in_one_step_and_all_is_logged():
    model = compiled()
    before = [to_numpy(w.value) for w in model.trainable_weights]
    images, _ = data_for(model, 10)
    history = model.fit(
        images, batch_size=10, validation_data=images, verbose=0
    ).history
    *weights, last_bias = model.trainable_weights
    for weight, old in zip(weights, before):
        assert np.any(to_numpy(weight.value) != old), weight.path
    # It shifts real and fake alike: while no logit is beyond the margin of the
    # hinge loss, there is nothing to gain.
    assert last_bias.name == "bias"
    names = {"d_loss", "g_loss", "hole_loss"}
    names |= {"d_real_accuracy", "d_fake_accuracy"}
    assert {*history} == names | {f"val_{name}" for name in names}
    assert np.isfinite(list(history.values())).all()


@_slow_on_jax
def test_without_the_critic_the_difference_alone_is_learned():
    model = compiled(adversarial_weight=0, l1_weight=2.0)
    before = [to_numpy(w.value) for w in model.discriminator.weights]
    history = fit(model, validation_data=data_for(model)[0]).history
    names = {"g_loss", "hole_loss"}
    assert {*history} == names | {f"val_{name}" for name in names}
    expected = 2.0 * history["hole_loss"][0]
    assert history["g_loss"][0] == pytest.approx(expected, rel=1e-4)
    for weight, old in zip(model.discriminator.weights, before, strict=True):
        np.testing.assert_array_equal(to_numpy(weight.value), old)


@_slow_on_jax
def test_losses_agree_with_the_paper_computed_in_numpy():
    model = compiled(l1_weight=3.0, adversarial_weight=0.5)
    images, _ = data_for(model, 4)
    masks = np.zeros((4, 8, 8, 1), "float32")
    masks[:, 2:5, 3:8] = 1.0
    logs = model.evaluate(images, masks, return_dict=True, verbose=0)
    real = images / 127.5 - 1.0
    filled = model.draw_inputs(*tensors((real, masks)))
    fake = to_numpy(model.generator(filled))
    holes = np.broadcast_to(masks == 1, real.shape)
    np.testing.assert_array_equal(fake[~holes], real[~holes])
    l1 = np.abs(real - fake)[holes].mean()
    real_logits, fake_logits = (
        to_numpy(model.discriminator(tensors({"images": x, "masks": masks})))
        for x in (real, fake)
    )
    assert real_logits.ndim == 4 and real_logits.shape[-1] > 1
    d_loss = np.maximum(1 - real_logits, 0) + np.maximum(1 + fake_logits, 0)
    assert logs["d_loss"] == pytest.approx(d_loss.mean(), rel=1e-4)
    g_loss = 3.0 * l1 - 0.5 * fake_logits.mean()
    assert logs["g_loss"] == pytest.approx(g_loss, rel=1e-4)


@_slow_on_jax
def test_learns_to_continue_what_is_around():
    model = models.DeepFill(
        image_size=16, width=4, discriminator_layers=2, seed=0
    )
    model.compile(
        g_optimizer=keras.optimizers.Adam(5e-3),
        adversarial_weight=0,
        ema_decay=0.9,
    )
    images = red_above_blue()
    masks = np.zeros((32, 16, 16, 1), "float32")
    masks[:, 4:12, 4:12] = 1.0
    before = model.evaluate(images, masks, return_dict=True, verbose=0)
    model.fit(images, batch_size=8, epochs=25, verbose=0)
    after = model.evaluate(images, masks, return_dict=True, verbose=0)
    assert after["hole_loss"] < 0.75 * before["hole_loss"]
    pictures = model.predict({"images": images, "masks": masks}, verbose=0)
    holes = np.broadcast_to(masks == 1, images.shape)
    np.testing.assert_array_equal(pictures[~holes], images[~holes])
    assert np.abs(pictures - images)[holes].mean() < 20


@pytest.mark.slow
@pytest.mark.parametrize("dtype", ["mixed_bfloat16", "mixed_float16"])
def test_trains_in_half_precision_and_in_another_value_range(dtype):
    model = INPAINTING["DeepFill"](dtype=dtype, value_range=(0, 1))
    model.compile()
    images, _ = data_for(model)
    history = model.fit(images / 255, batch_size=20, verbose=0).history
    assert np.isfinite(list(history.values())).all()
    assert {w.dtype for w in model.trainable_weights} == {"float32"}
    with pytest.raises(ValueError, match="values from 0.* to 2"):
        model.fit(images, verbose=0)
    image = np.zeros((9, 9, 3), "uint8") + np.uint8(180)
    mask = np.zeros((9, 9), bool)
    mask[4, 4] = True
    filled = model.restore(image, mask)
    assert abs(int(filled[4, 4, 0]) - 180) < 30


@pytest.mark.slow
def test_trains_the_same_eagerly():
    model, reference = compiled(run_eagerly=True), compiled()
    fit(model)
    fit(reference)
    check_same_state(model, reference, 1e-4)


@_slow_on_jax
def test_is_small_enough_to_ship():
    model = models.DeepFill()
    assert model.generator.count_params() < 1_500_000
