import json

import numpy as np
import pytest

from keras_productgen import data
from keras_productgen import images
from tests.data.cleaning import photos


@pytest.fixture
def folder(tmp_path):
    """Twelve different photos in two parts."""
    photos.write(tmp_path / "train", 8)
    photos.write(tmp_path / "validation", 4, start=8)
    return tmp_path


def check(folder, **options):
    return data.check_split(folder, encoder=None, **options)


def test_a_clean_split_passes(folder):
    result = check(folder)
    assert result.passed
    assert result.counts == {"train": 8, "validation": 4}
    assert "no leak" in str(result)


@pytest.mark.parametrize("kind", photos.COPIES)
def test_a_planted_copy_fails_the_check(folder, kind):
    copy = photos.COPIES[kind](photos.photo(2))
    images.save(folder / "validation/copy.png", copy)
    result = check(folder)
    assert not result.passed
    assert [leak[:2] for leak in result.leaks] == [
        ("train/002.png", "validation/copy.png")
    ]
    assert result.closest[0][:2] == result.leaks[0][:2]


def test_a_copy_within_a_part_is_no_leak(folder):
    copy = photos.compressed(photos.photo(2))
    images.save(folder / "train/copy.png", copy)
    assert check(folder).passed


def test_the_same_file_in_two_parts_is_a_leak(folder):
    (folder / "validation/same.png").write_bytes(
        (folder / "train/001.png").read_bytes()
    )
    assert check(folder).leaks == [
        ("train/001.png", "validation/same.png", 1.0)
    ]


def test_what_split_has_made_passes(tmp_path):
    folder = tmp_path / "photos"
    photos.write(folder, 10)
    for number in range(5):
        copy = photos.cropped(photos.photo(number))
        images.save(folder / f"copy {number}.png", copy)
    shares = {"train": 0.4, "validation": 0.3, "test": 0.3}
    for near_duplicates in (True, False):
        result = data.split(
            folder, encoder=None, near_duplicates=near_duplicates, **shares
        )
        result.save(tmp_path / "split.csv")
        checked = check(folder, manifest=tmp_path / "split.csv")
        assert checked.passed == near_duplicates


def test_a_product_in_two_parts_fails_though_its_photos_differ(tmp_path):
    photos.write(tmp_path, 2)
    (tmp_path / "split.csv").write_text(
        "file,split,group\n000.png,train,shoe 7\n001.png,test,shoe 7\n"
    )
    result = check(tmp_path, manifest="split.csv")
    assert result.leaks == [] and result.torn == ["shoe 7"]
    assert not result.passed


def test_the_check_is_kept_as_json_and_as_a_sheet(folder):
    copy = photos.mirrored(photos.photo(3))
    images.save(folder / "validation/copy.png", copy)
    result = check(folder)
    result.save(folder / "check.json")
    saved = json.loads((folder / "check.json").read_text())
    assert saved["passed"] is False and len(saved["leaks"]) == 1
    result.sheet(folder / "sheet.png")
    assert images.load(folder / "sheet.png").std() > 10


def test_a_sheet_without_pairs_is_white(tmp_path):
    for part in ("train", "test"):
        images.save(tmp_path / part / "flat.png", np.full((70, 70, 3), 9.0))
    images.save(tmp_path / "test/flat.png", photos.photo(0))
    result = check(tmp_path)
    result.sheet(tmp_path / "sheet.png")
    assert images.load(tmp_path / "sheet.png").min() == 255


def test_without_similar_pictures_no_closest_pair_is_named(tmp_path):
    photos.write(tmp_path / "train", 1)
    photos.write(tmp_path / "test", 1, start=1)
    assert "no pair is even similar" in str(check(tmp_path))


def test_a_picture_beside_the_parts_is_refused(folder):
    images.save(folder / "stray.png", photos.photo(0))
    with pytest.raises(ValueError, match="stray.png"):
        check(folder)


def test_one_part_alone_is_refused(tmp_path):
    photos.write(tmp_path / "train", 2)
    with pytest.raises(ValueError, match="two parts"):
        check(tmp_path)


def test_a_table_without_parts_is_refused(tmp_path):
    photos.write(tmp_path, 1)
    (tmp_path / "table.csv").write_text("file,price\n000.png,3\n")
    with pytest.raises(ValueError, match="'split'"):
        check(tmp_path, manifest="table.csv")
