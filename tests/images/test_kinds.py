import numpy as np
import pytest

from keras_productgen import images


def twice_as_large(colors):
    return colors.repeat(2, 0).repeat(2, 1)


@pytest.mark.parametrize("shape", [(3, 5), (3, 5, 1), (3, 5, 3), (1, 1, 4)])
def test_kind_of_a_picture_stays(shape):
    picture = np.random.default_rng(0).integers(0, 256, shape, "uint8")
    made = images.through_colors(lambda colors: colors, picture)
    np.testing.assert_array_equal(made, picture)
    larger = images.through_colors(twice_as_large, picture)
    assert larger.shape == (2 * shape[0], 2 * shape[1], *shape[2:])


def test_function_always_sees_colors():
    seen = []
    for shape in [(2, 2), (2, 2, 1), (2, 2, 3), (2, 2, 4)]:
        picture = np.zeros(shape, "uint8")
        images.through_colors(lambda c: seen.append(c.shape) or c, picture)
    assert seen == [(2, 2, 3)] * 4


def test_hidden_pixels_take_the_color_of_the_nearest():
    picture = np.zeros((1, 4, 4), "uint8")
    picture[0, :, 0] = (10, 200, 200, 30)
    picture[0, :, 3] = (255, 0, 0, 1)
    made = images.through_colors(lambda colors: colors, picture)
    assert made[0, :, 0].tolist() == [10, 10, 30, 30]
    assert made[0, :, 3].tolist() == [255, 0, 0, 1]


def test_results_are_rounded_and_clipped():
    picture = np.zeros((1, 3, 3), "uint8")
    values = np.array([-4.0, 1.6, 300.0])[None, :, None].repeat(3, 2)
    made = images.through_colors(lambda colors: values, picture)
    assert made[0, :, 0].tolist() == [0, 2, 255]


def test_what_is_no_picture_is_refused():
    with pytest.raises(ValueError, match="shape \\(2, 2, 5\\)"):
        images.through_colors(abs, np.zeros((2, 2, 5), "uint8"))
