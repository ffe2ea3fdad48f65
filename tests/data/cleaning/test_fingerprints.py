import imagehash
import numpy as np
from PIL import Image

from keras_productgen.data.cleaning import fingerprints
from tests.data.cleaning import photos


def test_hashes_are_those_of_imagehash():
    small = fingerprints.thumbnail(photos.photo(0))
    picture = Image.fromarray(small)
    wanted = [imagehash.phash(picture), imagehash.dhash(picture)]
    found = fingerprints.hashes(small)[:2]
    bits = np.unpackbits(found[:, None].view("uint8"), axis=1)
    for row, known in zip(bits, wanted):
        np.testing.assert_array_equal(row, known.hash.ravel())


def test_a_mirrored_picture_has_the_hashes_in_turn():
    small = fingerprints.thumbnail(photos.photo(1))
    straight = fingerprints.hashes(small)
    turned = fingerprints.hashes(photos.mirrored(small))
    np.testing.assert_array_equal(turned, np.roll(straight, 2))


def test_directions_correlate_whatever_the_brightness():
    small = fingerprints.thumbnail(photos.photo(2))
    dimmed = (small * 0.5 + 20).astype("uint8")
    rows = np.stack([fingerprints.colors(x) for x in (small, dimmed)])
    straight, mirrored = fingerprints.directions(rows)
    assert straight[0] @ straight[1] > 0.999
    other = fingerprints.colors(photos.mirrored(small))[None]
    assert mirrored[0] @ fingerprints.directions(other)[0][0] > 0.999


def test_grey_comes_back_from_its_row():
    small = fingerprints.thumbnail(photos.photo(3))
    grey, chroma = fingerprints.unpacked(fingerprints.shape_and_chroma(small))
    luminance = small @ np.array([0.299, 0.587, 0.114])
    assert np.abs(grey - luminance).max() < 1
    assert chroma.shape == (16, 16, 2)
