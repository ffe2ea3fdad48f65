import math

import numpy as np
import pytest
from PIL import Image

from keras_productgen.data import degradation


def picture(height=40, width=50):
    generator = np.random.default_rng(5)
    return generator.uniform(0, 255, (height, width, 1)).astype("float32")


def matlab_row(row, scale):
    """MATLAB's documented sum for one row, pixel by pixel."""
    count = math.ceil(len(row) * scale)
    stretch = min(scale, 1.0)

    def cubic(x):
        x = abs(x)
        if x <= 1:
            return 1.5 * x**3 - 2.5 * x**2 + 1
        return -0.5 * x**3 + 2.5 * x**2 - 4 * x + 2 if x <= 2 else 0.0

    mirrored = np.concatenate([row[::-1], row, row[::-1]])
    made = []
    for place in range(1, count + 1):
        center = place / scale + 0.5 * (1 - 1 / scale)
        weights = {
            k: cubic(stretch * (center - k))
            for k in range(1 - len(row), 2 * len(row) + 1)
        }
        total = sum(weights.values())
        made.append(
            sum(w * mirrored[k + len(row) - 1] for k, w in weights.items())
            / total
        )
    return np.array(made)


@pytest.mark.parametrize("scale", [1 / 2, 1 / 3, 1 / 4, 2, 3, 1.0])
def test_imresize_is_the_documented_sum_also_at_the_borders(scale):
    row = picture(1, 25)[0, :, 0]
    made = degradation.imresize(np.tile(row, (25, 1)), scale)
    expected = matlab_row(row, scale)
    assert made.shape == (len(expected), len(expected))
    np.testing.assert_allclose(made, np.tile(expected, (len(made), 1)),
                               atol=2e-3)  # fmt: skip


@pytest.mark.parametrize("scale", [2, 4])
def test_imresize_is_pillows_bicubic_away_from_the_borders(scale):
    image = picture(48, 64)[..., 0].round()
    expected = Image.fromarray(image).resize(
        (64 // scale, 48 // scale), Image.Resampling.BICUBIC
    )
    made = degradation.imresize(image, 1 / scale)
    np.testing.assert_allclose(
        made[2:-2, 2:-2], np.asarray(expected)[2:-2, 2:-2], atol=0.05
    )


def test_imresize_to_a_size_scales_each_side_by_itself():
    image = picture(30, 20)
    assert degradation.imresize(image, size=(17, 33)).shape == (17, 33, 1)
    np.testing.assert_allclose(
        degradation.imresize(image, size=(15, 10)),
        degradation.imresize(image, 0.5),
        atol=1e-4,
    )


def test_imresize_of_a_ramp_is_a_ramp():
    ramp = np.tile(np.arange(32.0), (32, 1))
    steps = np.diff(degradation.imresize(ramp, 2.0)[16, 8:-8])
    np.testing.assert_allclose(steps, 0.5, atol=1e-4)


@pytest.mark.parametrize("sizes", [{}, {"scale": 0}, {"size": (0, 4)},
                                   {"scale": 2, "size": (4, 4)}])  # fmt: skip
def test_imresize_needs_one_size_above_nothing(sizes):
    with pytest.raises(ValueError, match="`scale` or `size`.*Received"):
        degradation.imresize(picture(), **sizes)


@pytest.mark.parametrize(
    "method", ["bicubic", "area", "bilinear", "nearest", "lanczos"]
)
def test_downscale_rounds_sides_up_and_keeps_the_mean(method):
    smooth = degradation.GaussianBlur(4.0)(picture(41, 51), seed=0)
    small = degradation.Downscale(2, method)(smooth, seed=0)
    assert small.shape == (21, 26, 1)
    assert small.mean() == pytest.approx(smooth.mean(), abs=3)


def test_rescale_keeps_the_size_and_loses_detail():
    image = picture()
    same = degradation.Rescale(3.0)(image, seed=0)
    assert same.shape == image.shape
    assert same.std() < image.std() / 2


def test_wrong_scales_are_refused():
    with pytest.raises(ValueError, match="Received: scale=1.5"):
        degradation.Downscale(1.5)
    with pytest.raises(ValueError, match="Received: method='cubic'"):
        degradation.Downscale(2, "cubic")
    with pytest.raises(ValueError, match="Received: scale=0.5"):
        degradation.Rescale(0.5)
