import numpy as np
from skimage.color import rgb2lab

from keras_productgen.editing import light


def test_light_is_lab_with_sixteen_added():
    colors = np.random.default_rng(0).integers(0, 256, (50, 3), "uint8")
    expected = rgb2lab(colors / 255.0) + [16.0, 0.0, 0.0]
    np.testing.assert_allclose(light.from_rgb(colors), expected, atol=0.1)


def test_colors_come_back():
    colors = np.random.default_rng(1).integers(0, 256, (500, 3), "uint8")
    back = light.to_rgb(light.from_rgb(colors))
    np.testing.assert_allclose(back, colors / 255.0, atol=1e-3)


def test_less_light_is_one_factor_on_all_three():
    # Of linear light; half of 0.5 in sRGB, (0.5 -> 0.214 -> 0.107).
    color = np.array([0.5, 0.2, 0.3])
    linear = ((color + 0.055) / 1.055) ** 2.4
    half = 1.055 * (linear / 2.0) ** (1 / 2.4) - 0.055
    ratio = light.from_rgb(half) / light.from_rgb(color)
    np.testing.assert_allclose(ratio, 0.5 ** (1 / 3), rtol=1e-3)


def test_what_is_no_color_keeps_its_lightness():
    vivid = np.float32([66.0, 120.0, 30.0])
    found = light.from_rgb(light.to_rgb(vivid))
    assert abs(found[0] - vivid[0]) < 0.1
    assert 20.0 < found[1] < 120.0
