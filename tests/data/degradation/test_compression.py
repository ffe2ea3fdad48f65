import io

import numpy as np
import pytest
from PIL import Image

from keras_productgen.data import degradation


def picture(side=64):
    generator = np.random.default_rng(3)
    small = generator.uniform(0, 255, (8, 8, 3)).astype("uint8")
    return np.asarray(Image.fromarray(small).resize((side, side)))


@pytest.mark.parametrize("subsampling, name", [("4:2:0", 2), ("4:4:4", 0)])
def test_jpeg_is_what_pillow_writes_at_that_quality(subsampling, name):
    data = io.BytesIO()
    Image.fromarray(picture()).save(data, "JPEG", quality=30, subsampling=name)
    expected = np.asarray(Image.open(data), "float32")
    degraded = degradation.JPEG(30, subsampling)(picture(), seed=0)
    assert abs(degraded - expected).mean() < 0.5


@pytest.mark.parametrize("kind", [degradation.JPEG, degradation.WebP])
def test_lower_quality_loses_more_and_values_are_whole(kind):
    losses = []
    for quality in (10, 50, 95):
        degraded = kind(quality)(picture(), seed=0)
        np.testing.assert_array_equal(degraded, degraded.round())
        losses.append(abs(degraded - picture()).mean())
    assert losses[0] > losses[1] > losses[2] > 0


@pytest.mark.parametrize("kind", [degradation.JPEG, degradation.WebP])
def test_channels_keep_their_order(kind):
    red = np.zeros((16, 16, 3), "uint8")
    red[..., 0] = 200
    means = kind(90)(red, seed=0).mean((0, 1))
    np.testing.assert_allclose(means, [200, 0, 0], atol=8)


def test_wrong_settings_are_refused():
    with pytest.raises(ValueError, match="from 1 to 100.*Received: quality=0"):
        degradation.JPEG(0)
    with pytest.raises(ValueError, match="subsampling.*Received"):
        degradation.JPEG(50, "4:1:0")
