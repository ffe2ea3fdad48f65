import json

import numpy as np
import pytest

from keras_productgen import images
from keras_productgen.data import annotations


def make_yolo(root, lines, yaml="names: [shoes, mug]\ntrain: images\n"):
    images.save(root / "images/a.png", np.full((40, 60, 3), 9, "uint8"))
    (root / "labels").mkdir()
    (root / "labels/a.txt").write_text(lines)
    (root / "data.yaml").write_text(yaml)
    return root


def test_labels_come_back_to_their_six_decimals(tmp_path):
    generator = np.random.default_rng(0)
    lines = ""
    for _ in range(50):
        size = generator.uniform(0.01, 0.4, 2)
        center = generator.uniform(size / 2, 1 - size / 2)
        numbers = " ".join(f"{v:.6f}" for v in (*center, *size))
        lines += f"{generator.integers(2)} {numbers}\n"
    root = make_yolo(tmp_path / "one", lines)
    found = annotations.load(root)
    assert annotations.save(found, tmp_path / "two", "yolo") == []
    assert (tmp_path / "two/labels/a.txt").read_text() == lines
    copy = (tmp_path / "two/images/a.png").read_bytes()
    assert copy == (root / "images/a.png").read_bytes()
    assert annotations.load(tmp_path / "two").names() == {0: "shoes", 1: "mug"}


def test_outlines_come_back_to_their_six_decimals(tmp_path):
    lines = "1 0.100000 0.200000 0.900000 0.200000 0.500000 0.812346\n"
    found = annotations.load(make_yolo(tmp_path / "one", lines))
    (item,) = found.items
    np.testing.assert_allclose(item.box, [6, 8, 48, 0.612346 * 40])
    annotations.save(found, tmp_path / "two", "yolo-segmentation")
    assert (tmp_path / "two/labels/a.txt").read_text() == lines


def test_boxes_survive_to_a_millionth_of_the_picture(sound, tmp_path):
    lost = annotations.save(sound, tmp_path / "yolo")
    assert lost == []
    again = annotations.load(tmp_path / "yolo")
    names = {"images/train/a.png": 2, "images/sub/b.png": 1}
    counts = {
        picture.file: len(again.by_picture()[picture.id])
        for picture in again.pictures
    }
    assert counts == names
    boxes = sorted(item.box for item in again.items)
    expected = sorted(item.box for item in sound.items)
    np.testing.assert_allclose(boxes, expected, atol=60 * 1e-6)


def test_what_has_no_outline_is_named(sound, tmp_path):
    (lost,) = annotations.save(sound, tmp_path / "yolo", "yolo-segmentation")
    assert lost.annotation_id == 2 and "no mask" in lost.message
    lines = (tmp_path / "yolo/labels/sub/b.txt").read_text()
    assert lines.startswith("1 ") and lines.count("\n") == 1


def test_parts_of_a_mask_are_joined_without_area(sound, tmp_path):
    squares = [[0, 0, 10, 0, 10, 10, 0, 10], [20, 0, 30, 0, 30, 10, 20, 10]]
    sound.items = sound.items[:1]
    sound.items[0].mask = annotations.Polygons(squares)
    annotations.save(sound, tmp_path / "yolo", "yolo-segmentation")
    (item,) = annotations.load(tmp_path / "yolo").items
    (ring,) = item.mask.rings
    x, y = np.reshape(ring, (-1, 2)).T
    area = abs(x @ np.roll(y, -1) - y @ np.roll(x, -1)) / 2
    assert area == pytest.approx(200, abs=0.01)


@pytest.mark.parametrize(
    "yaml",
    [
        "names: ['shoes', \"a, b: c\"]\ntrain: images\n",
        "train: images # all\nnames:\n- shoes\n- 'a, b: c'\n",
        'train: images\nnames:\n  1: "a, b: c"\n  0: shoes\n',
        "{names}",
        "path: .\ntrain: images\nval: images\nnames: {0: shoes, "
        "1: 'a, b: c'}\nnc: 2\n",
    ],
)
def test_names_are_read_in_the_forms_in_use(tmp_path, yaml):
    names = json.dumps(["shoes", "a, b: c"])
    yaml = yaml.replace("{names}", f"names: {names}\ntrain: images")
    root = make_yolo(tmp_path, "1 0.5 0.5 0.1 0.1\n", yaml)
    found = annotations.load(root / "data.yaml")
    assert found.names() == {0: "shoes", 1: "a, b: c"}
    assert len(found.items) == 1


@pytest.mark.parametrize("yaml", ["", "train: images\n", "names:\n  a: b\n"])
def test_settings_without_names_are_refused(tmp_path, yaml):
    with pytest.raises(ValueError, match="`names`"):
        annotations.load(make_yolo(tmp_path, "", yaml))


def test_lines_that_are_no_labels_are_named(tmp_path):
    lines = "0 0.5 0.5 0.1 0.1\n\n0 0.5 0.5\nx 1 1 1 1\n0 nan 0 1 1\n"
    (tmp_path / "x").mkdir()
    found = annotations.load(make_yolo(tmp_path / "x", lines))
    assert len(found.items) == 1
    places = [problem.place for problem in found.problems]
    assert places == [f"labels/a.txt:{line}" for line in (3, 4, 5)]


def test_pictures_that_would_share_labels_are_refused(sound, tmp_path):
    sound.pictures[1].file = "a.jpg"
    sound.pictures[1].attributes = {"split": "train"}
    with pytest.raises(ValueError, match="different names without"):
        annotations.save(sound, tmp_path / "yolo")


def test_pictures_left_over_from_another_split_are_refused(sound, tmp_path):
    annotations.save(sound, tmp_path / "yolo")
    assert annotations.save(sound, tmp_path / "yolo") == []
    sound.pictures[0].attributes["split"] = "test"
    with pytest.raises(ValueError, match="images/train/a.png"):
        annotations.save(sound, tmp_path / "yolo")
    assert not (tmp_path / "yolo/images/test").exists()


def test_another_picture_of_the_same_name_is_refused(sound, tmp_path):
    annotations.save(sound, tmp_path / "yolo")
    taken = tmp_path / "yolo/images/sub/b.png"
    taken.unlink()
    images.save(taken, np.zeros((40, 60, 3), "uint8"))
    with pytest.raises(ValueError, match="which is another"):
        annotations.save(sound, tmp_path / "yolo")
