import numpy as np
import pytest

from keras_productgen.pipeline.try_on.neck_line import find_neck_front

LEFT, RIGHT = (40.0, 20.0), (80.0, 20.0)


def garment(inside=(90, 90, 90), front_row=36):
    """A box whose back is seen above the front's edge."""
    image = np.full((120, 120, 3), 255, "uint8")
    image[20:110, 20:100] = (40, 90, 180)
    image[20:front_row, 45:76] = inside
    mask = np.zeros((120, 120), bool)
    mask[20:110, 20:100] = True
    return image, mask


def test_the_front_is_where_the_colour_changes():
    x, y = find_neck_front(*garment(), LEFT, RIGHT)
    assert x == 60.0
    assert y == pytest.approx(36, abs=1.5)


def test_the_first_of_several_steps_is_the_front():
    image, mask = garment()
    image[50:60, 30:90] = (250, 220, 40)
    assert find_neck_front(image, mask, LEFT, RIGHT)[1] == pytest.approx(
        36, abs=1.5
    )


def test_a_plain_front_has_no_step():
    image, mask = garment(inside=(40, 90, 180))
    assert find_neck_front(image, mask, LEFT, RIGHT) is None


def test_a_collar_closes_the_neck():
    image, mask = garment()
    mask[2:20, 45:76] = True
    assert find_neck_front(image, mask, LEFT, RIGHT) is None
