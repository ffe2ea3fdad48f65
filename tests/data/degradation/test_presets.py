import numpy as np
import pytest

from keras_productgen.data import degradation

PICTURE = np.random.default_rng(0).integers(0, 256, (36, 24, 3))

# Tables of denoisers feed what no file could hold.
NOT_FILES = {"denoise"}


def damages(task):
    preset = degradation.preset(task)
    return [preset.train, *preset.tests.values()]


@pytest.mark.parametrize("task", degradation.presets())
def test_damage_is_repeatable_and_of_the_size_that_is_said(task):
    scale = degradation.preset(task).scale
    for damage in damages(task):
        damaged = damage(PICTURE, seed=3)
        np.testing.assert_array_equal(damaged, damage(PICTURE, seed=3))
        assert damaged.shape == (36 // scale, 24 // scale, 3)


@pytest.mark.parametrize(
    "task", [task for task in degradation.presets() if task not in NOT_FILES]
)
def test_damaged_pictures_are_such_as_files_hold(task):
    for damage in damages(task):
        damaged = damage(PICTURE, seed=1)
        np.testing.assert_array_equal(damaged, np.rint(damaged))
        assert damaged.min() >= 0 and damaged.max() <= 255


def test_first_test_stands_for_the_task():
    assert degradation.preset("denoise").test.sigma == 25
    assert degradation.preset("jpeg").test.quality == 20
    assert degradation.preset("upscale_3").test(PICTURE).shape == (12, 8, 3)


def test_unknown_task_is_refused_by_name():
    with pytest.raises(ValueError, match="Received: task='fly'"):
        degradation.preset("fly")
