import keras
import numpy as np
import pytest
from keras import ops

from keras_productgen.losses import gradient_penalty
from keras_productgen.losses import r1_penalty
from tests.checks import to_numpy

pytestmark = pytest.mark.backends


def images():
    values = np.random.default_rng(0).normal(size=(5, 4, 4, 3))
    return ops.convert_to_tensor(values.astype("float32"))


def test_slope_of_a_linear_discriminator_is_the_norm_of_its_weights():
    def discriminator(x):
        return 0.5 * ops.sum(x, axis=(1, 2, 3))

    slope = 0.5 * np.sqrt(4 * 4 * 3)
    penalty = gradient_penalty(discriminator, images())
    assert to_numpy(penalty) == pytest.approx((slope - 1) ** 2, rel=1e-5)
    assert to_numpy(r1_penalty(discriminator, images())) == pytest.approx(
        slope**2, rel=1e-5
    )


def test_penalty_of_slope_zero_is_finite():
    penalty = gradient_penalty(lambda x: 0.0 * x[:, 0, 0, 0], images())
    assert to_numpy(penalty) == pytest.approx(1.0, rel=1e-4)


@pytest.mark.parametrize(
    "layer", [keras.layers.BatchNormalization, keras.layers.LayerNormalization]
)
def test_refuses_layers_whose_second_derivatives_are_wrong(layer):
    inputs = keras.Input((4, 4, 3))
    outputs = keras.layers.Dense(1)(keras.layers.Flatten()(layer()(inputs)))
    discriminator = keras.Model(inputs, outputs)
    if keras.config.backend() == "tensorflow":
        with pytest.raises(ValueError, match=f"layers.{layer.__name__}. Rec"):
            gradient_penalty(discriminator, images())
    else:
        assert np.isfinite(to_numpy(gradient_penalty(discriminator, images())))
