import numpy as np
import pytest

from keras_productgen.data.cleaning import CleaningThresholds
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
