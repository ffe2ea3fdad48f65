import numpy as np
import pycocotools.mask
import pytest

from keras_productgen import images
from keras_productgen.data import annotations
from keras_productgen.data.annotations import masks


def blobs(seed, size=(37, 53)):
    noise = np.random.default_rng(seed).uniform(size=size)
    return noise < (0.02, 0.5, 0.98)[seed % 3]


@pytest.mark.parametrize("seed", range(6))
def test_run_lengths_agree_with_pycocotools(seed):
    mask = blobs(seed)
    theirs = pycocotools.mask.encode(np.asfortranarray(mask, "uint8"))
    ours = masks.from_array(mask)
    text = theirs["counts"].decode()
    assert masks.compress(ours.counts) == text
    compressed = annotations.RunLengths(theirs["size"], text)
    assert masks.counts_of(compressed) == ours.counts
    for each in (ours, compressed):
        np.testing.assert_array_equal(masks.to_array(each, 37, 53), mask)


def test_long_runs_are_compressed_alike():
    mask = np.zeros((3000, 2000), bool)
    mask[5:2900, 3:1900] = True
    theirs = pycocotools.mask.encode(np.asfortranarray(mask, "uint8"))
    assert masks.compress(masks.from_array(mask).counts) == (
        theirs["counts"].decode()
    )


@pytest.mark.parametrize("text", ["o", "4o", "4\n", "é"])
def test_broken_run_lengths_are_refused(text):
    with pytest.raises(ValueError, match="Compressed run lengths must"):
        masks.counts_of(annotations.RunLengths([2, 2], text))


def test_outlines_are_drawn_where_they_are():
    square = annotations.Polygons([[10, 5, 20, 5, 20, 9, 10, 9]])
    mask = masks.to_array(square, 40, 60)
    assert mask[5:9, 10:20].all()
    assert mask.sum() == 40


def test_outlines_of_a_mask_draw_it_again():
    y, x = np.mgrid[:80, :90]
    mask = ((x - 40) / 30) ** 2 + ((y - 40) / 20) ** 2 < 1
    mask |= (x > 80) & (y < 10)
    outlines = masks.outlines(mask)
    assert len(outlines.rings) == 2
    again = masks.to_array(outlines, 80, 90)
    assert (mask & again).sum() / (mask | again).sum() > 0.95


def test_mask_files_are_read(tmp_path):
    mask = blobs(1)
    images.save(tmp_path / "m.png", mask * np.uint8(255))
    found = masks.to_array(annotations.MaskFile("m.png"), 37, 53, tmp_path)
    np.testing.assert_array_equal(found, mask)
    with pytest.raises(ValueError, match="as large as its picture"):
        masks.to_array(annotations.MaskFile("m.png"), 36, 53, tmp_path)


def test_areas_are_those_of_geometry():
    assert masks.ring_area([0, 0, 4, 0, 4, 3]) == 6
    assert masks.box_of(np.zeros((4, 4), bool)) is None
    mask = np.zeros((9, 9), bool)
    mask[2:5, 3:8] = True
    assert masks.box_of(mask) == [3, 2, 5, 3]
