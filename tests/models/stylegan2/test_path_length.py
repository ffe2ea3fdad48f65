import numpy as np
import pytest
from keras import ops

from keras_productgen.models.stylegan2.path_length import path_length_penalty
from keras_productgen.models.stylegan2.path_length import path_lengths
from tests.checks import to_numpy

pytestmark = pytest.mark.backends


def test_lengths_agree_with_finite_differences():
    generator = np.random.default_rng(0)
    matrix = generator.normal(size=(12, 48)) / 4
    styles = generator.normal(size=(2, 3, 4))
    noise = generator.normal(size=(2, 4, 4, 3))

    def images_of(styles):
        return np.sin(styles.reshape(2, 12) @ matrix).reshape(2, 4, 4, 3)

    slopes = np.empty((2, 3, 4))
    for layer, place in np.ndindex(3, 4):
        move = np.zeros((2, 3, 4))
        move[:, layer, place] = 1e-5
        change = images_of(styles + move) - images_of(styles - move)
        slopes[:, layer, place] = (change * noise).sum((1, 2, 3)) / 2e-5
    slopes /= np.sqrt(4 * 4)  # Pixels.
    expected = np.sqrt((slopes**2).sum(-1).mean(-1))

    def synthesize(styles):
        flat = ops.reshape(styles, (2, 12))
        images = ops.sin(ops.matmul(flat, matrix.astype("float32")))
        return ops.reshape(images, (2, 4, 4, 3))

    lengths = path_lengths(
        synthesize,
        ops.convert_to_tensor(styles.astype("float32")),
        ops.convert_to_tensor(noise.astype("float32")),
    )
    np.testing.assert_allclose(to_numpy(lengths), expected, rtol=1e-4)


def test_penalty_and_moving_mean_by_hand():
    lengths = ops.convert_to_tensor(np.array([1.0, 3.0], "float32"))
    penalty, mean = path_length_penalty(lengths, 1.0, decay=0.5)
    assert to_numpy(mean) == pytest.approx(1.5)
    assert to_numpy(penalty) == pytest.approx((0.5**2 + 1.5**2) / 2)
