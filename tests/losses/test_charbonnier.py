import keras
import numpy as np
import pytest

from keras_productgen.losses import CharbonnierLoss
from tests.checks import check_config_round_trip
from tests.checks import to_numpy

pytestmark = pytest.mark.backends


def test_hand_computed_value():
    loss = CharbonnierLoss(epsilon=0.5)
    images = np.array([[[[0.0, 1.2]]]], "float32")
    expected = (0.5 + 1.3) / 2
    assert float(loss(0.0 * images, images)) == pytest.approx(expected)


def test_far_from_the_goal_it_is_the_absolute_difference():
    images = np.random.default_rng(0).normal(0, 50, (2, 4, 4, 3))
    loss = CharbonnierLoss()(0.0 * images, images)
    assert float(loss) == pytest.approx(abs(images).mean(), rel=1e-4)


def test_every_picture_gets_its_own_mean_where_nothing_is_summed():
    images = np.ones((3, 2, 2, 1), "float32")
    loss = CharbonnierLoss(reduction="none")
    values = to_numpy(loss(0.0 * images, images))
    assert values.shape == (3, 2, 2)


def test_config_round_trip():
    check_config_round_trip(CharbonnierLoss(epsilon=0.25))
    loss = keras.losses.deserialize(
        keras.losses.serialize(CharbonnierLoss(epsilon=0.25))
    )
    assert loss.epsilon == 0.25


def test_sharp_tip_is_refused():
    with pytest.raises(ValueError, match="Received: epsilon=0"):
        CharbonnierLoss(epsilon=0.0)
