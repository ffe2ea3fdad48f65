import keras
import numpy as np
import pytest

from keras_productgen import models
from keras_productgen.models.zero_dce import losses
from keras_productgen.models.zero_dce import networks
from tests.checks import to_numpy
from tests.models.cases import RESTORING

tf = pytest.importorskip("tensorflow")
_slow_on_jax = (
    pytest.mark.slow if keras.config.backend() == "jax" else lambda test: test
)


def batch(*shape, seed=0):
    generator = np.random.default_rng(seed)
    return generator.uniform(0, 1, shape).astype("float32")


def dark_pictures(count=16, side=16):
    coarse = batch(count, 4, 4, 3) * 70.0
    return coarse.repeat(side // 4, 1).repeat(side // 4, 2)


def regions(picture, side):
    height, width = (n // side for n in picture.shape[:2])
    return np.array(
        [
            [
                picture[
                    side * row : side * row + side,
                    side * column : side * column + side,
                ].mean()
                for column in range(width)
            ]
            for row in range(height)
        ]
    )


@pytest.mark.backends
def test_spatial_loss_agrees_with_a_loop_over_regions_and_neighbours():
    dark, light = batch(2, 17, 23, 3), batch(2, 17, 23, 3, seed=1)
    expected = []
    for one, other in zip(dark, light):
        before, after = regions(one, 4), regions(other, 4)
        total, (height, width) = 0.0, before.shape
        for row, column in np.ndindex(height, width):
            for down, right in ((0, 1), (0, -1), (1, 0), (-1, 0)):
                there = row + down, column + right
                if 0 <= there[0] < height and 0 <= there[1] < width:
                    here = row, column
                    total += (
                        (after[here] - after[there])
                        - (before[here] - before[there])
                    ) ** 2
        expected.append(total / (height * width))
    values = to_numpy(losses.spatial_loss(dark, light))
    np.testing.assert_allclose(values, expected, rtol=1e-4)


@pytest.mark.backends
def test_exposure_and_color_losses_by_hand():
    light = batch(2, 35, 40, 3)
    expected = [((regions(one, 16) - 0.6) ** 2).mean() for one in light]
    values = to_numpy(losses.exposure_loss(light, 0.6))
    np.testing.assert_allclose(values, expected, rtol=1e-4)
    orange = np.zeros((1, 4, 4, 3), "float32") + (1.0, 0.5, 0.0)
    value = to_numpy(losses.color_loss(orange))
    np.testing.assert_allclose(value, [0.5**2 + 0.5**2 + 1.0], rtol=1e-6)
    np.testing.assert_array_equal(
        to_numpy(losses.color_loss(light[..., :1])), 0
    )


@pytest.mark.backends
def test_smoothness_loss_by_hand():
    # Rises by 2 down and 3 right, in each of 6 maps.
    rows, columns = np.indices((5, 7))
    curves = np.tile((2.0 * rows + 3.0 * columns)[None, ..., None], 6)
    value = to_numpy(losses.smoothness_loss(curves.astype("float32")))
    np.testing.assert_allclose(value, [2.0 * 6 * (4.0 + 9.0)], rtol=1e-6)


def test_curves_keep_black_white_and_the_order():
    light = np.linspace(0, 1, 101)
    for curve in (-1.0, -0.3, 0.0, 0.4, 1.0):
        bent = networks.brightened(light, curve)
        assert bent[0] == 0.0 and bent[-1] == 1.0
        assert (np.diff(bent) >= 0.0).all()
    assert networks.brightened(0.5, 1.0) == 0.75


def test_pictures_are_bent_once_an_iteration():
    model = models.ZeroDCE(width=4, num_iterations=3)
    for weight in model.network.trainable_weights[-2:]:
        weight.assign(to_numpy(weight.value) + 0.2)
    images = 2.0 * batch(1, 6, 5, 3) - 1.0
    outputs, curves = map(to_numpy, model.network(images))
    light = 0.5 * images + 0.5
    for k in range(3):
        light += curves[..., 3 * k : 3 * k + 3] * light * (1.0 - light)
    assert np.abs(curves).min() > 0.0
    np.testing.assert_allclose(outputs, 2.0 * light - 1.0, atol=1e-5)


def test_network_has_the_size_of_the_paper():
    assert models.ZeroDCE().network.count_params() == 79_416


@pytest.mark.backends
@_slow_on_jax
def test_learns_to_brighten_from_dark_pictures_alone():
    dark = dark_pictures()
    model = models.ZeroDCE(width=8, seed=0)
    model.compile(keras.optimizers.Adam(1e-2))
    history = model.fit(dark, batch_size=8, epochs=15, verbose=0).history
    assert "psnr" not in history
    assert history["exposure_loss"][-1] < 0.5 * history["exposure_loss"][0]
    restored = model.restore(dark[0].astype("uint8"))
    assert restored.mean() > 2.0 * dark[0].mean()


def test_clean_pictures_are_measured_against_and_not_learned():
    dark = dark_pictures()
    alone, beside = (RESTORING["ZeroDCE"]() for _ in range(2))
    beside.set_weights(alone.get_weights())
    for model, clean in ((alone, None), (beside, 3.0 * dark)):
        model.compile()
        history = model.fit(dark, clean, shuffle=False, verbose=0).history
        assert ("psnr" in history) == (clean is not None)
    for one, other in zip(alone.get_weights(), beside.get_weights()):
        np.testing.assert_allclose(one, other, atol=1e-6)
    clean = model.predict(dark, verbose=0)
    logs = beside.evaluate(dark, clean, return_dict=True, verbose=0)
    assert logs["psnr"] > 60
    ids = {"id": np.arange(16)}
    assert "psnr" not in beside.evaluate(dark, ids, return_dict=True, verbose=0)


def test_settings_of_the_losses_are_saved(tmp_path):
    model = RESTORING["ZeroDCE"]()
    model.compile(exposure=0.7, color_weight=0.0)
    model.save(tmp_path / "model.keras")
    loaded = keras.saving.load_model(tmp_path / "model.keras")
    assert loaded.exposure == 0.7
    assert loaded.loss_weights == model.loss_weights
    assert loaded.loss_weights["color_weight"] == 0.0


def test_settings_that_make_no_training_are_refused():
    model = RESTORING["ZeroDCE"]()
    with pytest.raises(ValueError, match="Received: exposure=1.5"):
        model.compile(exposure=1.5)
    with pytest.raises(ValueError, match="Received: color_weight=-1"):
        model.compile(color_weight=-1)
    with pytest.raises(ValueError, match="Received: loss="):
        model.compile(loss=keras.losses.MeanAbsoluteError())
    with pytest.raises(ValueError, match="Received: num_iterations=0"):
        models.ZeroDCE(num_iterations=0)


@pytest.mark.parametrize("as_dataset", [False, True])
def test_data_that_cannot_be_learned_from_is_refused(as_dataset):
    model = RESTORING["ZeroDCE"]()
    model.compile()

    def fit(images):
        if as_dataset:
            images = tf.data.Dataset.from_tensor_slices(images).batch(8)
        model.fit(images, verbose=0)

    with pytest.raises(ValueError, match="at least 16 pixels"):
        fit(dark_pictures(side=12))
    with pytest.raises(ValueError, match=r"value_range=\(0, 1\)"):
        fit(dark_pictures() / 255)
    with pytest.raises(ValueError, match="finite"):
        fit(dark_pictures() * np.nan)
