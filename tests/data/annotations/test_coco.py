import contextlib
import io
import json

import numpy as np
import pytest
from pycocotools.coco import COCO

from keras_productgen.data import annotations
from keras_productgen.data.annotations import masks

CONTENT = {
    "info": {"year": 2026, "description": "ein Schuh 鞋"},
    "licenses": [{"id": 1, "name": "CC BY 4.0"}],
    "images": [
        {
            "id": 10,
            "file_name": "a.png",
            "height": 40,
            "width": 60,
            "license": 1,
            "coco_url": "http://example.org/a",
        },
        {"id": "text", "file_name": "b.png"},
    ],
    "annotations": [
        {
            "id": 4,
            "image_id": 10,
            "category_id": 3,
            "bbox": [10, 5.5, 20.25, 20],
            "segmentation": [[10, 5, 30, 5, 10, 25]],
            "area": 200.5,
            "iscrowd": 0,
            "keypoints": [1, 2, 2],
            "attributes": {"occluded": False, "color": "#112233"},
        },
        {
            "id": 1,
            "image_id": 10,
            "category_id": 3,
            "segmentation": {"size": [40, 60], "counts": [2400]},
            "iscrowd": 1,
        },
        {
            "id": 2,
            "image_id": "text",
            "category_id": 3,
            "segmentation": {"size": [2, 2], "counts": "4"},
            "attributes": {},
        },
        {"id": 3, "image_id": 10, "segmentation": [], "area": None},
    ],
    "categories": [
        {"id": 3, "name": "shoes", "supercategory": "", "keypoints": ["toe"]}
    ],
}


def test_files_come_back_as_they_were(tmp_path):
    (tmp_path / "a.json").write_text(json.dumps(CONTENT), "utf-8")
    found = annotations.load(tmp_path / "a.json")
    assert found.problems == []
    annotations.save(found, tmp_path / "b.json")
    assert json.loads((tmp_path / "b.json").read_text("utf-8")) == CONTENT


def test_annotations_come_back_as_they_were(sound, tmp_path):
    annotations.save(sound, tmp_path / "a.json")
    assert annotations.load(tmp_path / "a.json", sound.directory) == sound


def test_empty_annotations_are_a_coco_file(tmp_path):
    annotations.save(annotations.Annotations(), tmp_path / "a.json")
    assert json.loads((tmp_path / "a.json").read_text()) == {
        "images": [],
        "annotations": [],
        "categories": [],
    }


def test_pycocotools_reads_what_is_written(sound, tmp_path):
    annotations.save(sound, tmp_path / "a.json")
    with contextlib.redirect_stdout(io.StringIO()):
        coco = COCO(str(tmp_path / "a.json"))
    assert sorted(coco.getAnnIds(imgIds=[10])) == [1, 2]
    assert coco.loadCats([3])[0]["name"] == "shoes"
    runs = coco.annToMask(coco.loadAnns([5])[0])
    np.testing.assert_array_equal(
        runs, masks.to_array(sound.items[1].mask, 40, 60)
    )
    theirs = coco.annToMask(coco.loadAnns([1])[0])
    ours = masks.to_array(sound.items[0].mask, 40, 60)
    np.testing.assert_array_equal(theirs, ours)


def test_broken_records_are_named_and_left_out(tmp_path):
    content = {
        "images": [{"id": 1, "file_name": "a.png"}, {"id": 2}, 5],
        "annotations": [
            {"id": 1, "image_id": 1},
            {"id": 2},
            {"id": 3, "image_id": 1, "segmentation": {"counts": [1]}},
            {"id": 4, "image_id": 1, "category_id": [1]},
            {"id": 5, "image_id": 1, "attributes": "red"},
        ],
    }
    (tmp_path / "a.json").write_text(json.dumps(content))
    found = annotations.load(tmp_path / "a.json")
    assert (len(found.pictures), len(found.items)) == (1, 1)
    assert [problem.place for problem in found.problems] == [
        "a.json: images[1]",
        "a.json: images[2]",
        "a.json: annotations[1]",
        "a.json: annotations[2]",
        "a.json: annotations[3]",
        "a.json: annotations[4]",
    ]


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"images": 5}'])
def test_other_files_are_refused(tmp_path, text):
    (tmp_path / "a.json").write_text(text)
    with pytest.raises(ValueError, match="COCO file must be .*a.json"):
        annotations.load(tmp_path / "a.json")
