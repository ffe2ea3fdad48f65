import numpy as np
import pytest

from keras_productgen import metrics
from keras_productgen.losses import MultiscaleSSIMLoss
from keras_productgen.losses import SSIMLoss
from tests.checks import to_numpy
from tests.metrics.pairs import pair


def in_network_range(pictures):
    return pictures.astype("float32") / 127.5 - 1.0


@pytest.mark.backends
def test_what_ssim_lacks_to_1():
    reference_images, images = pair()
    expected = 1.0 - to_numpy(metrics.ssim(reference_images, images))
    loss = SSIMLoss(reduction="none")
    values = loss(in_network_range(reference_images), in_network_range(images))
    np.testing.assert_allclose(to_numpy(values), expected, atol=1e-5)
    values = SSIMLoss((0, 255))(reference_images, images)
    assert float(values) == pytest.approx(expected.mean(), abs=1e-5)


def test_what_multiscale_ssim_lacks_to_1():
    reference_images, images = pair(size=(180, 190))
    expected = 1.0 - to_numpy(metrics.multiscale_ssim(reference_images, images))
    values = MultiscaleSSIMLoss(reduction="none")(
        in_network_range(reference_images), in_network_range(images)
    )
    np.testing.assert_allclose(to_numpy(values), expected, atol=1e-5)


def test_one_scale_is_ssim():
    one, other = map(in_network_range, pair())
    expected = float(SSIMLoss()(one, other))
    # The paper's exponents sum to 1.0001.
    assert float(MultiscaleSSIMLoss(1)(one, other)) == pytest.approx(
        expected, abs=1e-4
    )


def test_opposed_images_count_as_the_least_factor():
    stripes = np.indices((1, 24, 24, 1)).sum(axis=0) % 2 * 2.0 - 1.0
    value = float(MultiscaleSSIMLoss(1)(stripes, -stripes))
    assert value == pytest.approx(0.99, abs=1e-4)


def test_images_that_are_too_small_are_refused():
    images = np.zeros((1, 20, 20, 3), "float32")
    with pytest.raises(ValueError, match=r"22 x 22 .*\(1, 20, 20, 3\)"):
        MultiscaleSSIMLoss(2)(images, images)
    with pytest.raises(ValueError, match="11 x 11"):
        SSIMLoss()(images[:, :10], images[:, :10])


def test_settings_out_of_range_are_refused():
    with pytest.raises(ValueError, match="Received: num_scales=6"):
        MultiscaleSSIMLoss(6)
    with pytest.raises(ValueError, match="Received: value_range="):
        SSIMLoss((1, -1))
