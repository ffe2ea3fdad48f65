import functools

import numpy as np
import pytest

from keras_productgen.data import ProductCatalog
from keras_productgen.data import degradation
from keras_productgen.editing import classical

SIDE = 48
SCALES = {"upscale_2": 2, "upscale_3": 3, "upscale_4": 4}
EVERY = [
    (task, method)
    for task in classical.tasks()
    for method in classical.methods_of(task)
]


@functools.cache
def product():
    return ProductCatalog(SIDE, seed=3)[1].image


def applied(task, picture, method):
    function = getattr(classical, task)
    if task != "inpaint":
        return function(picture, method=method)
    mask = np.zeros(picture.shape[:2], bool)
    mask[::7] = True
    return function(picture, mask, method=method)


def damaged(task, seed):
    test = degradation.preset(task).test
    return np.clip(np.rint(test(product(), seed)), 0, 255).astype("uint8")


def psnr(a, b):
    error = np.square(a.astype("float64") - b).mean()
    return 10 * np.log10(255.0**2 / error)


def test_tasks_are_those_of_the_damage():
    assert set(classical.tasks()) == set(degradation.presets())


@pytest.mark.parametrize(("task", "method"), EVERY)
def test_kind_and_size_of_a_picture_stay(task, method):
    scale = SCALES.get(task, 1)
    shapes = [(1, 1), (1, 9, 1), (5, 2, 3), (20, 17, 4)]
    for shape in shapes:
        picture = np.random.default_rng(0).integers(0, 256, shape, "uint8")
        made = applied(task, picture, method)
        height, width, *channels = shape
        assert made.shape == (height * scale, width * scale, *channels)
        assert made.dtype == np.uint8


@pytest.mark.parametrize(("task", "method"), EVERY)
def test_grey_stays_grey_and_a_flat_picture_flat(task, method):
    made = applied(task, np.full((20, 30, 3), 243, "uint8"), method)
    assert np.ptp(made.astype("int32")) <= 2
    assert abs(made.astype("int32") - 243).max() <= 6


@pytest.mark.parametrize(
    ("task", "method"), [pair for pair in EVERY if pair[0] != "inpaint"]
)
def test_color_under_transparency_does_not_bleed(task, method):
    picture = np.full((24, 24, 4), 90, "uint8")
    picture[..., 3] = 255
    picture[:, 12:, :3], picture[:, 12:, 3] = (255, 0, 0), 0
    clean = np.full((24, 24, 4), 90, "uint8")
    clean[..., 3] = picture[..., 3]
    made, wanted = (applied(task, p, method) for p in (picture, clean))
    scale = SCALES.get(task, 1)
    np.testing.assert_array_equal(
        made[:, : 12 * scale], wanted[:, : 12 * scale]
    )
    if scale == 1:
        np.testing.assert_array_equal(made[..., 3], picture[..., 3])


@pytest.mark.parametrize(
    "task", ["denoise", "jpeg", "low_light", "color", "deblur"]
)
def test_default_comes_nearer_to_the_clean_picture(task):
    gains = []
    for seed in range(4):
        worse = damaged(task, seed)
        mended = getattr(classical, task)(worse)
        gains.append(psnr(product(), mended) - psnr(product(), worse))
    assert np.mean(gains) > 0.1


@pytest.mark.parametrize("task", classical.tasks())
def test_unknown_method_is_refused_by_name(task):
    with pytest.raises(ValueError, match="Received: method='fly'"):
        applied(task, product(), "fly")


@pytest.mark.parametrize("shape", [(4,), (4, 4, 2), (0, 4, 3), (2, 4, 4, 3)])
def test_what_is_no_picture_is_refused(shape):
    with pytest.raises(ValueError, match="must be a uint8 array"):
        classical.denoise(np.zeros(shape, "uint8"))


def test_floats_are_refused():
    with pytest.raises(ValueError, match="dtype float32"):
        classical.color(np.zeros((4, 4, 3), "float32"))


def test_unknown_task_is_refused_by_name():
    with pytest.raises(ValueError, match="Received: task='fly'"):
        classical.methods_of("fly")
