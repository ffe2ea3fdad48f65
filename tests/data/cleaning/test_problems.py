import json
import shutil

import cv2
import numpy as np
import pytest

from keras_productgen import data
from keras_productgen import images
from keras_productgen.data.cleaning import looking
from tests.data.cleaning import photos


def reasons(report):
    return {finding.path: finding.reasons for finding in report.findings}


def problems(folder, **options):
    return data.find_problems(folder, encoder=None, **options)


def test_a_clean_folder_has_no_problems(tmp_path):
    photos.write(tmp_path, 6)
    report = problems(tmp_path)
    assert report.findings == []
    assert report.num_pictures == 6


def test_each_flaw_is_called_by_its_name(tmp_path):
    photos.write(tmp_path, 3)
    photo = photos.photo(9)
    flawed = {
        "blurred.png": cv2.GaussianBlur(photo, (0, 0), 3),
        "dark.png": (photo * 0.2).astype("uint8"),
        "bright.png": (photo * 0.12 + 222).astype("uint8"),
        "blank.png": np.full_like(photo, 130),
        "tiny.png": images.resize(photo, 40),
        "clipped.png": photo.copy(),
    }
    flawed["clipped.png"][10:-10, 10:-10] = 255
    for name, picture in flawed.items():
        images.save(tmp_path / name, picture)
    (tmp_path / "unreadable.jpg").write_bytes(b"no picture")
    (tmp_path / "prices.csv").write_text("a,b\n1,2\n")
    found = reasons(problems(tmp_path))
    for name in [*flawed, "unreadable.jpg"]:
        assert name.split(".")[0] in found.pop(name), name
    assert found == {}


@pytest.mark.parametrize("name", photos.COPIES)
def test_the_larger_original_of_a_copy_stays(tmp_path, name):
    photos.write(tmp_path, 5)
    copy = images.resize(photos.COPIES[name](photos.photo(2)), 88, "stretch")
    images.save(tmp_path / "a copy.png", copy)
    (finding,) = problems(tmp_path).findings
    assert finding.path == "a copy.png"
    assert "near_duplicate" in finding.reasons
    assert finding.twin == "002.png"


def test_same_files_and_same_pixels_are_told_apart(tmp_path):
    photos.write(tmp_path, 3)
    shutil.copy(tmp_path / "001.png", tmp_path / "same file.png")
    images.save(tmp_path / "same pixels.bmp", photos.photo(2))
    found = reasons(problems(tmp_path))
    assert found["same file.png"] == ["duplicate_file"]
    # A bitmap has more bytes than a PNG, so the PNG goes.
    assert found == {
        "same file.png": ["duplicate_file"],
        "002.png": ["duplicate_pixels"],
    }


def test_a_second_look_decodes_new_files_only(tmp_path, monkeypatch):
    photos.write(tmp_path / "photos", 4)
    first = problems(tmp_path / "photos", cache=tmp_path / "cache")
    photos.write(tmp_path / "photos", 1, start=9)
    seen = []
    measure = looking.measures.measure
    monkeypatch.setattr(
        looking.measures,
        "measure",
        lambda image: seen.append(image) or measure(image),
    )
    second = problems(tmp_path / "photos", cache=tmp_path / "cache")
    assert len(seen) == 1
    assert second.num_pictures == first.num_pictures + 1


def test_a_look_that_was_killed_goes_on(tmp_path):
    folder, cache = tmp_path / "photos", tmp_path / "cache"
    photos.write(folder, 6)
    images.save(folder / "copy.png", photos.compressed(photos.photo(1)))
    whole = problems(folder, cache=cache)
    # As a kill leaves it: rows without a name, half a line.
    names = cache / "names.jsonl"
    lines = names.read_bytes().splitlines(True)
    names.write_bytes(b"".join(lines[:3]) + lines[3][:20])
    again = problems(folder, cache=cache)
    assert reasons(again) == reasons(whole)
    assert again.num_pictures == 7


def test_a_changed_file_is_looked_at_again(tmp_path):
    folder, cache = tmp_path / "photos", tmp_path / "cache"
    photos.write(folder, 3)
    assert problems(folder, cache=cache).findings == []
    images.save(folder / "001.png", np.full((96, 96, 3), 9, "uint8"))
    assert reasons(problems(folder, cache=cache)) == {"001.png": ["blank"]}


def test_links_are_left_alone(tmp_path):
    photos.write(tmp_path / "elsewhere", 2)
    photos.write(tmp_path / "photos", 2)
    folder = tmp_path / "photos"
    (folder / "link.png").symlink_to(folder / "000.png")
    (folder / "linked").symlink_to(tmp_path / "elsewhere")
    report = problems(folder)
    assert report.num_pictures == 2
    assert report.findings == []


def test_the_report_is_kept_as_json_and_as_a_sheet(tmp_path):
    photos.write(tmp_path / "photos", 3)
    images.save(tmp_path / "photos/copy.jpg", photos.photo(0))
    report = problems(tmp_path / "photos")
    report.save(tmp_path / "report.json")
    saved = json.loads((tmp_path / "report.json").read_text())
    assert saved["counts"] == {"near_duplicate": 1} == report.counts
    report.sheet(tmp_path / "sheet.png")
    sheet = images.load(tmp_path / "sheet.png")
    assert sheet.shape[1] > 8 * 128 and sheet.std() > 10


def test_negative_thresholds_are_refused():
    with pytest.raises(ValueError, match="sharpness=-1"):
        data.CleaningThresholds(sharpness=-1)


def test_the_encoder_finds_what_is_like_no_other(tmp_path):
    catalog = data.ProductCatalog(64, seed=0, categories=["dress"])
    for index in range(60):
        images.save(tmp_path / f"{index:02}.png", catalog[index].image)
    noise = np.random.default_rng(0).integers(0, 256, (64, 64, 3), "uint8")
    images.save(tmp_path / "noise.png", noise)
    report = data.find_problems(tmp_path)
    assert report.paths("outlier") == ["noise.png"]
