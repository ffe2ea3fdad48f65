import numpy as np
import pytest

from keras_productgen.data.cleaning import CleaningThresholds
from keras_productgen.data.cleaning import alignment
from keras_productgen.data.cleaning import fingerprints
from keras_productgen.data.cleaning.matching import compare
from tests.data.cleaning import photos


def row(image):
    small = fingerprints.thumbnail(image)
    return fingerprints.shape_and_chroma(small)


def is_copy(first, second):
    likeness = compare(row(first), row(second))
    return likeness.is_copy(CleaningThresholds())


@pytest.mark.parametrize("name", photos.COPIES)
def test_a_copy_is_told(name):
    for index in range(4):
        original = photos.photo(index)
        assert is_copy(original, photos.COPIES[name](original))


def test_which_of_two_comes_first_does_not_matter():
    original = photos.photo(0)
    cropped = photos.cropped(original)
    assert is_copy(original, cropped) and is_copy(cropped, original)


def checked():
    """Fine checks that bend; a crop of it has other proportions."""
    rows, columns = np.mgrid[:220, :300].astype("float32")
    bend = 9 * np.sin(rows / 40) + 6 * np.cos(columns / 55)
    checks = np.sin((columns + bend) / 3) + np.sin((rows - bend) / 3)
    values = 35 * checks + 0.15 * rows + 90
    return np.repeat(values[..., None], 3, 2).clip(0, 255).astype("uint8")


@pytest.mark.parametrize("top, left", [(4, 12), (3, 10)])
def test_a_crop_of_other_proportions_is_told_by_its_pattern(top, left):
    original = checked()
    crop = original[top:-top, left:-left].copy()
    assert is_copy(original, crop) and is_copy(crop, original)


def test_closer_alignment_lowers_the_difference():
    original = checked()
    planes = [
        fingerprints.unpacked(row(image))
        for image in (original, original[4:-4, 12:-12].copy())
    ]
    place = alignment.find(planes[0][0], planes[1][0])
    errors = [
        np.abs(np.subtract(*lay(*planes, place)[0])).mean()
        for lay in (alignment.laid_over, alignment.stretched)
    ]
    assert errors[1] < 0.7 * errors[0]


def test_what_is_alike_nowhere_is_laid_over_nothing():
    noise = np.random.default_rng(0).uniform(0, 255, (64, 64))
    grey, _ = fingerprints.unpacked(row(checked()))
    assert alignment.find(grey, noise.astype("float32")) is None


def test_different_products_are_no_copies():
    everything = [photos.photo(index) for index in range(8)]
    for number, first in enumerate(everything):
        for second in everything[number + 1 :]:
            assert not is_copy(first, second)


def test_the_same_cut_in_another_color_is_no_copy():
    red = photos.photo(0)
    blue = np.ascontiguousarray(red[..., ::-1])
    assert not is_copy(red, blue)


def test_a_mirrored_copy_is_called_flipped():
    original = photos.photo(1)
    assert compare(row(original), row(photos.mirrored(original))).flipped
    assert not compare(row(original), row(original)).flipped
