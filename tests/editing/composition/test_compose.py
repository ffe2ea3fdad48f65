import numpy as np
import pytest

from keras_productgen import editing
from tests.editing.pictures import noise

Layer = editing.Layer
ROOM = np.full((40, 60, 3), 200, "uint8")


def block(level):
    return np.full((10, 10, 3), level, "uint8")


def test_nearer_layers_hide_farther_ones_in_any_order():
    layers = [Layer(block(10), 1.0, (5, 5)), Layer(block(90), 2.0, (8, 8))]
    made = editing.compose(layers, ROOM)
    np.testing.assert_array_equal(made, editing.compose(layers[::-1], ROOM))
    assert made[9, 9, 0] == 10 and made[16, 16, 0] == 90
    assert made[30, 30, 0] == 200


def test_of_equal_depth_the_later_lies_above():
    layers = [Layer(block(10)), Layer(block(90), position=(5, 5))]
    assert editing.compose(layers, ROOM)[7, 7, 0] == 90


def test_contact_shadows_fall_on_what_is_behind_alone():
    behind = Layer(np.full((12, 40, 3), 240, "uint8"), 2.0, (18, 0))
    front = Layer(block(10), 1.0, (10, 5), shadow="contact")
    nearer = Layer(block(60), 0.5, (18, 12))
    made = editing.compose([front, behind, nearer], ROOM)
    assert made[20, 8, 0] < 225 and made[28, 30, 0] == 240
    np.testing.assert_array_equal(made[18:28, 12:22, 0], 60)
    np.testing.assert_array_equal(made[10:20, 5:12, 0], 10)


def test_no_layers_leave_the_background():
    made = editing.compose([], ROOM)
    np.testing.assert_array_equal(made, ROOM)
    made[:] = 0
    assert ROOM.all()


def test_layers_beside_the_scene_are_no_error():
    layer = Layer(block(3), 0.0, (99, 99), shadow="soft")
    np.testing.assert_array_equal(editing.compose([layer], ROOM), ROOM)


def test_refuses_what_is_no_layer():
    with pytest.raises(ValueError, match="must be of `Layer`s"):
        editing.compose([block(3)], ROOM)
    with pytest.raises(ValueError, match="`shadow` must be one of"):
        Layer(block(3), shadow="hard")
    with pytest.raises(ValueError, match="`matte` must be as large"):
        Layer(block(3), matte=np.ones((3, 3)))
    with pytest.raises(ValueError, match="`depth` must be"):
        Layer(noise((3, 3)), depth=np.inf)
