import json

import numpy as np
import pytest

from keras_productgen import data
from keras_productgen import images
from tests.data import folders
from tests.images import pictures


def test_report_tells_what_is_there(tmp_path):
    image = pictures.quadrants()
    images.save(tmp_path / "shoes/one.png", image)
    images.save(tmp_path / "shoes/two.jpg", pictures.quadrants(80, 50))
    images.save(tmp_path / "bags/same.png", image)
    images.save(tmp_path / "bags/white.png", folders.flat(255))
    images.save(tmp_path / "bags/night.png", image // 20)
    (tmp_path / "bags/broken.png").write_bytes(pictures.bomb_png(100, 100))
    report = data.inspect_folder(tmp_path)
    assert report.kept == 5
    assert report.classes == {"bags": 3, "shoes": 2}
    assert report.formats == {"JPEG": 1, "PNG": 4}
    assert report.sizes == {"10 x 12": 1, "50 x 80": 1, "60 x 40": 3}
    assert report.smallest_side == {"minimum": 10, "median": 40, "maximum": 50}
    assert report.duplicates == [["bags/same.png", "shoes/one.png"]]
    assert report.blank == ["bags/white.png"]
    assert report.dark == ["bags/night.png"]
    assert [path for path, _ in report.skipped] == ["bags/broken.png"]


def test_report_is_read_and_saved(tmp_path):
    good, bad = folders.make_hostile_folder(tmp_path / "photos")
    report = data.inspect_folder(tmp_path / "photos")
    assert report.kept == len(good)
    assert sorted(path for path, _ in report.skipped) == bad
    for path in bad:
        assert path in str(report)
    report.save(tmp_path / "report.json")
    saved = json.loads((tmp_path / "report.json").read_text("utf-8"))
    assert saved["kept"] == len(good)
    assert [path for path, _ in saved["skipped"]] == [
        path for path, _ in report.skipped
    ]


def test_long_lists_are_cut_in_the_summary():
    report = data.FolderReport("photos", skipped=[("a", "broken")] * 33)
    assert "and 13 more" in str(report)
    assert str(report).count("broken") == 20


def test_manifest_rows_are_inspected(tmp_path):
    folders.make_folder(tmp_path, {".": 3})
    manifest = tmp_path / "m.csv"
    manifest.write_text("file,category\n000.png,a\n001.png,b\n")
    report = data.inspect_folder(tmp_path, manifest=manifest)
    assert report.classes == {"a": 1, "b": 1}


def test_too_large_pictures_are_skipped_by_name(tmp_path):
    images.save(tmp_path / "small.png", folders.flat(9))
    images.save(tmp_path / "large.png", np.zeros((50, 50, 3), "uint8"))
    report = data.inspect_folder(tmp_path, max_pixels=1000)
    assert report.kept == 1
    (path, reason), *_ = report.skipped
    assert path == "large.png" and "max_pixels=1000" in reason


def test_missing_folder_is_refused(tmp_path):
    with pytest.raises(ValueError, match="`directory` must be a folder"):
        data.inspect_folder(tmp_path / "nowhere")
