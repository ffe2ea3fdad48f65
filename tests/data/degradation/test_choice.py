import numpy as np
import pytest

from keras_productgen.data import degradation


class Plus(degradation.Degradation):
    def __init__(self, amount):
        self.amount = amount

    def degrade(self, image, generator):
        return image + np.float32(self.amount)


BLACK = np.zeros((400, 2, 2, 1), "float32")


def amounts(step):
    return step(BLACK, seed=0)[:, 0, 0, 0]


def test_each_picture_gets_one_of_the_steps():
    drawn = amounts(degradation.OneOf([Plus(1), Plus(2)]))
    assert set(drawn.tolist()) == {1.0, 2.0}
    assert 0.4 < np.mean(drawn == 1.0) < 0.6


def test_weights_say_how_often_a_step_is_drawn():
    drawn = amounts(degradation.OneOf([Plus(1), Plus(2)], [3, 1]))
    assert 0.67 < np.mean(drawn == 1.0) < 0.83


def test_only_a_share_of_the_pictures_is_degraded():
    drawn = amounts(degradation.Sometimes(Plus(1), 0.25))
    assert 0.17 < np.mean(drawn == 1.0) < 0.33


def test_never_and_always_are_shares_too():
    assert amounts(degradation.Sometimes(Plus(1), 0.0)).max() == 0.0
    assert amounts(degradation.Sometimes(Plus(1), 1.0)).min() == 1.0


def test_other_settings_are_refused():
    with pytest.raises(ValueError, match="one degradation or several"):
        degradation.OneOf([])
    with pytest.raises(ValueError, match="Received: weights=\\[1\\]"):
        degradation.OneOf([Plus(1), Plus(2)], [1])
    with pytest.raises(ValueError, match="above 0, one for each"):
        degradation.OneOf([Plus(1)], [0.0])
    with pytest.raises(ValueError, match="`step` must be a degradation"):
        degradation.Sometimes(abs)
    with pytest.raises(ValueError, match="Received: probability=1.5"):
        degradation.Sometimes(Plus(1), 1.5)
