import keras
import numpy as np
import pytest
from keras import ops

from keras_productgen.metrics import psnr
from keras_productgen.metrics import ssim
from tests.checks import to_numpy
from tests.metrics.pairs import pair


@pytest.mark.parametrize(
    "shapes, message",
    [
        (((1, 16, 16, 3), (1, 16, 17, 3)), r"\(1, 16, 17, 3\)"),
        (((16, 16, 3), (16, 16, 3)), "same shape"),
        (((1, 16, 16, 4), (1, 16, 16, 4)), "1 or 3 channels"),
        (((1, 16, 16, 3), (1, 16, 16, 1)), "1 or 3 channels"),
    ],
)
def test_refuses_pictures_that_are_no_pair(shapes, message):
    with pytest.raises(ValueError, match=message):
        psnr(*(np.zeros(shape, "uint8") for shape in shapes))


@pytest.mark.parametrize(
    "options, message",
    [
        ({"crop_border": -1}, "crop_border=-1"),
        ({"crop_border": 8}, "less than half"),
        ({"value_range": (1, 0)}, "value_range"),
        ({"mask": np.ones((1, 16, 16))}, r"mask.shape=\(1, 16, 16\)"),
        ({"mask": np.ones((1, 16, 15, 1))}, "mask.shape"),
    ],
)
def test_refuses_nonsense_settings(options, message):
    pictures = np.zeros((1, 16, 16, 3), "uint8")
    with pytest.raises(ValueError, match=message):
        psnr(pictures, pictures, **options)


def test_luma_needs_colors():
    grey = np.zeros((1, 16, 16, 1), "uint8")
    with pytest.raises(ValueError, match="with 3 channels"):
        ssim(grey, grey, luma=True)


@pytest.mark.backends
def test_refuses_values_of_another_range():
    reference_images, images = pair()
    small = reference_images / 255.0
    with pytest.raises(ValueError, match=r"`reference_images`.*\(0, 1\)"):
        psnr(small, images)
    with pytest.raises(ValueError, match=r"`reference_images`.*\(0, 1\)"):
        psnr(ops.convert_to_tensor(small), images)
    with pytest.raises(ValueError, match=r"`images`.*\(0, 1\)"):
        psnr(reference_images, images / 255.0)
    with pytest.raises(ValueError, match=r"`reference_images`.*\(0, 255\)"):
        psnr(reference_images, images, (0, 1))


@pytest.mark.backends
def test_an_untrained_network_may_return_anything():
    reference_images, _ = pair()
    images = ops.convert_to_tensor(np.full((2, 48, 64, 3), 1e4, "float32"))
    assert np.all(to_numpy(psnr(reference_images, images)) < 0.0)


@pytest.mark.skipif(
    keras.config.backend() != "tensorflow", reason="tf.function is its own"
)
@pytest.mark.parametrize("function", [psnr, ssim])
def test_works_in_graphs_also_of_unknown_size(function):
    import tensorflow as tf

    spec = tf.TensorSpec((None, None, None, 3), "uint8")
    reference_images, images = pair()
    expected = function(reference_images, images)
    for signature in (None, [spec, spec]):
        graph = tf.function(function, input_signature=signature)
        values = graph(tf.constant(reference_images), tf.constant(images))
        np.testing.assert_allclose(values, expected, rtol=1e-5)
