"""What augmentation within a training owes, whichever it is."""

import keras
import numpy as np
import pytest
from keras import ops

from keras_productgen import backend
from tests.checks import to_numpy

# There compiling takes many times as long as elsewhere.
slow_on_jax = (
    pytest.mark.slow if keras.config.backend() == "jax" else lambda test: test
)


def pictures(count=6, height=8, width=8):
    generator = np.random.default_rng(0)
    return generator.uniform(-1, 1, (count, height, width, 3)).astype("float32")


def check_gradient(make, images):
    """Augmentation is affine in the images, so its slope is exact.

    Args:
        make: function to a layer that draws the same numbers each time.
        images: array to be augmented.
    """
    generator = np.random.default_rng(1)
    weights = generator.normal(size=images.shape).astype("float32")
    weights = ops.convert_to_tensor(weights)
    direction = generator.normal(size=images.shape).astype("float32")

    def weighted(x):
        return ops.sum(make()(x, training=True) * weights, axis=(1, 2, 3))

    slope = backend.input_gradient(weighted, ops.convert_to_tensor(images))
    rise = to_numpy(weighted(images + direction) - weighted(images))
    expected = np.sum(to_numpy(slope) * direction, axis=(1, 2, 3))
    np.testing.assert_allclose(rise, expected, rtol=1e-3, atol=1e-3)
    assert np.abs(expected).min() > 1e-3
