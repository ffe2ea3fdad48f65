import cv2
import numpy as np
import pytest

from keras_productgen.metrics import laplacian_sliced_wasserstein
from keras_productgen.metrics.laplacian_sliced_wasserstein import (
    laplacian_pyramid,
)


def pictures(seed, count=24, size=64):
    """Coarse blobs and fine grain."""
    generator = np.random.default_rng(seed)
    coarse = generator.uniform(40, 215, (count, 6, 6, 3))
    images = [cv2.resize(image, (size, size)) for image in coarse]
    grain = generator.normal(0, 10, (count, size, size, 3))
    return (np.array(images) + grain).clip(0, 255).astype("float32")


def distances(real, fake, **settings):
    return laplacian_sliced_wasserstein(
        real, fake, patches_per_image=64, num_projections=64, **settings
    )


@pytest.mark.parametrize("shape", [(64, 64), (50, 37), (33, 80)])
def test_levels_add_up_to_the_picture(shape):
    image = pictures(0, 1)[0]
    image = cv2.resize(image, shape[::-1])
    levels = laplacian_pyramid(image, 8)
    rebuilt = levels[-1]
    for level in reversed(levels[:-1]):
        rebuilt = level + cv2.pyrUp(rebuilt, dstsize=level.shape[1::-1])
    np.testing.assert_allclose(rebuilt, image, atol=1e-3)
    assert min(levels[-1].shape[:2]) >= 8 > min(levels[-1].shape[:2]) / 2


def test_has_a_distance_for_each_scale():
    assert list(distances(pictures(0), pictures(1))) == [64, 32, 16]
    small = distances(pictures(0), pictures(1), smallest_size=32)
    assert list(small) == [64, 32]


def test_the_same_pictures_differ_only_by_chance_of_places():
    same = distances(pictures(0), pictures(0))
    blurred = np.array([cv2.GaussianBlur(x, (0, 0), 1) for x in pictures(0)])
    changed = distances(pictures(0), blurred)
    assert changed[64] > 2 * same[64]


def test_coarse_damage_shows_on_the_coarse_level():
    real, other = pictures(0), pictures(1)
    generator = np.random.default_rng(5)
    # The same grain, on upright stripes instead of blobs.
    stripes = generator.uniform(40, 215, (24, 1, 6, 3))
    stripes = np.array([cv2.resize(x, (64, 64)) for x in stripes])
    grain = generator.normal(0, 10, real.shape)
    striped = (stripes + grain).clip(0, 255)
    same, changed = distances(real, other), distances(real, striped)
    assert changed[16] > 2 * same[16]
    assert changed[64] < 2 * same[64]


def test_brightness_and_contrast_of_a_set_do_not_count():
    real, fake = pictures(0), pictures(1)
    expected, paler = distances(real, fake), distances(real, 0.5 * fake + 60)
    assert paler == pytest.approx(expected, rel=1e-3)


def test_datasets_give_the_numbers_of_their_arrays():
    real, fake = pictures(0), pictures(1)
    batches = [(real[:10], {"category": np.zeros(10)}), real[10:]]
    expected = distances(real, fake)
    assert distances(batches, iter([fake])) == expected
    assert distances(real, fake.copy(), seed=1) != expected


@pytest.mark.parametrize(
    "fake, message",
    [
        (pictures(1, size=48), "same size"),
        (pictures(1, size=8), "smallest_size=16"),
        (pictures(1)[0], "shape"),
        (pictures(1)[:0], "at least one picture"),
        ([pictures(1, 2), pictures(1, 2, size=70)], "all have the same size"),
    ],
)
def test_refuses_what_cannot_be_compared(fake, message):
    with pytest.raises(ValueError, match=message):
        distances(pictures(0, 2), fake)
    with pytest.raises(ValueError, match="smallest_size=6"):
        distances(pictures(0, 2), pictures(1, 2), smallest_size=6)
