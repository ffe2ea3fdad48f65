import numpy as np
import pytest

from keras_productgen.data import degradation


class Plus(degradation.Degradation):
    def degrade(self, image, generator):
        return image + 1.0


class Twice(degradation.Degradation):
    def degrade(self, image, generator):
        return image * 2.0


ONES = np.ones((100, 4, 4, 1), "float32")


def results(**settings):
    steps = degradation.Sequence([Plus(), Twice()], to_levels=False, **settings)
    return {*steps(ONES, seed=0)[:, 0, 0, 0].tolist()}


def test_steps_come_in_their_order():
    assert results() == {4.0}


def test_shuffled_steps_come_in_both_orders():
    assert results(shuffle=True) == {3.0, 4.0}


def test_each_step_may_be_left_out_but_never_all():
    assert results(probability=0.3) == {2.0, 4.0}


def test_result_is_one_that_a_file_can_hold():
    steps = degradation.Sequence([degradation.GaussianNoise(90.0)])
    noisy = steps(100 * ONES, seed=0)
    np.testing.assert_array_equal(noisy, noisy.round())
    assert noisy.min() >= 0 and noisy.max() <= 255


def test_no_steps_and_other_steps_are_refused():
    with pytest.raises(ValueError, match="one degradation or several"):
        degradation.Sequence([])
    with pytest.raises(ValueError, match="one degradation or several"):
        degradation.Sequence([lambda image: image])
    with pytest.raises(ValueError, match="Received: probability=0"):
        degradation.Sequence([Plus()], probability=0.0)
