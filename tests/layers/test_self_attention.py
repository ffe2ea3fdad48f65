import keras
import numpy as np
import pytest
from keras import ops

from keras_productgen import backend
from keras_productgen.layers import SelfAttention
from tests.checks import check_config_round_trip
from tests.checks import check_save_round_trip
from tests.checks import to_numpy


def features(height=4, width=6, channels=16):
    generator = np.random.default_rng(0)
    values = generator.normal(size=(2, height, width, channels))
    return ops.convert_to_tensor(values.astype("float32"))


def by_hand(layer, values):
    """The paper's equations, place after place."""
    queries, keys, projected, outputs = (
        to_numpy(part.kernel.value)[0, 0]
        for part in (layer.queries, layer.keys, layer.values, layer.outputs)
    )
    height, width = values.shape[:2]
    corners = [
        (row, column)
        for row in range(0, height, 2)
        for column in range(0, width, 2)
    ]
    key, value = (
        np.array(
            [
                (values[r : r + 2, c : c + 2] @ kernel).max(axis=(0, 1))
                for r, c in corners
            ]
        )
        for kernel in (keys, projected)
    )
    result, maps = np.empty_like(values), []
    for place in np.ndindex(height, width):
        scores = key @ (values[place] @ queries)
        weights = np.exp(scores) / np.exp(scores).sum()
        seen = (weights @ value) @ outputs
        result[place] = values[place] + 0.7 * seen
        maps.append(weights)
    return result, np.reshape(maps, (height, width, height // 2, width // 2))


@pytest.mark.backends
def test_agrees_with_the_paper_place_by_place():
    layer, values = SelfAttention(), features()
    layer.build(values.shape)
    layer.gamma.assign(0.7)
    outputs, maps = to_numpy(layer(values)), to_numpy(layer.attention(values))
    for row in range(2):
        expected, attention = by_hand(layer, to_numpy(values)[row])
        np.testing.assert_allclose(outputs[row], expected, atol=1e-5)
        np.testing.assert_allclose(maps[row], attention, atol=1e-6)


def test_begins_as_the_identity():
    values = features()
    np.testing.assert_array_equal(
        to_numpy(SelfAttention()(values)), to_numpy(values)
    )


def test_keys_have_an_eighth_and_values_half_of_the_channels():
    layer = SelfAttention()
    layer.build((None, 4, 4, 64))
    shapes = [w.shape for w in layer.trainable_weights]
    assert (1, 1, 64, 8) in shapes and (1, 1, 64, 32) in shapes
    assert layer.count_params() == 2 * 64 * 8 + 2 * 64 * 32 + 1


def test_weights_of_a_place_sum_to_one():
    layer, values = SelfAttention(), features()
    layer.build(values.shape)
    maps = to_numpy(layer.attention(values))
    assert maps.shape == (2, 4, 6, 2, 3)
    np.testing.assert_allclose(maps.sum(axis=(3, 4)), 1.0, atol=1e-5)


@pytest.mark.backends
def test_slope_agrees_with_finite_differences():
    layer, values = SelfAttention(), features(4, 4, 8)
    layer.build(values.shape)
    layer.gamma.assign(2.0)

    def total(x):
        return ops.sum(ops.sin(layer(x)))

    slope = to_numpy(backend.input_gradient(total, values))
    move = 1e-3 * slope / np.linalg.norm(slope)
    rise = float(to_numpy(total(values + ops.convert_to_tensor(move))))
    rise -= float(to_numpy(total(values - ops.convert_to_tensor(move))))
    assert rise / 2e-3 == pytest.approx(np.linalg.norm(slope), rel=1e-2)


def test_spectral_normalization_divides_every_kernel():
    layer, values = SelfAttention(spectral_normalization=True), features()
    layer.build(values.shape)
    layer.gamma.assign(1.0)
    for _ in range(30):
        outputs = layer(values, training=True)
    plain = SelfAttention()
    plain.build(values.shape)
    plain.gamma.assign(1.0)
    for name in ("queries", "keys", "values", "outputs"):
        kernel = to_numpy(getattr(layer, name).layer.kernel.value)
        largest = np.linalg.norm(kernel[0, 0], 2)
        getattr(plain, name).kernel.assign(kernel / largest)
    np.testing.assert_allclose(
        to_numpy(outputs), to_numpy(plain(values)), rtol=1e-3, atol=1e-3
    )


@pytest.mark.parametrize("spectral_normalization", [False, True])
def test_survives_saving(spectral_normalization, tmp_path):
    inputs = keras.Input((4, 6, 16))
    layer = SelfAttention(spectral_normalization)
    model = keras.Model(inputs, layer(inputs))
    layer.gamma.assign(0.5)
    check_config_round_trip(layer)
    check_save_round_trip(model, features(), tmp_path / "model.keras")


def test_computes_in_bfloat16_and_weighs_in_float32():
    layer = SelfAttention(dtype="mixed_bfloat16")
    assert layer(features()).dtype in (
        "bfloat16",
        ops.cast(0.0, "bfloat16").dtype,
    )
    assert "float32" in str(
        layer.attention(ops.cast(features(), "bfloat16")).dtype
    )


def test_odd_features():
    with pytest.raises(ValueError, match=r"even.*\(2, 5, 4, 8\)"):
        SelfAttention()(features(5, 4, 8))
