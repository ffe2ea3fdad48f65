import json

import numpy as np
import pytest

from keras_productgen import data
from tests.data import folders


@pytest.fixture
def root(tmp_path):
    return folders.make_folder(tmp_path / "photos", {".": 6})


def write(path, text):
    path.write_text(text, "utf-8")
    return path


def conditions_of(root, manifest, **arguments):
    dataset = data.image_folder(
        root, 8, 16, manifest=manifest, shuffle=False, **arguments
    )
    _, conditions = next(iter(dataset))
    return dataset, {name: np.asarray(v) for name, v in conditions.items()}


def test_columns_become_conditions(root, tmp_path):
    manifest = write(
        tmp_path / "m.csv",
        "file,category,year,price,color\n"
        "000.png,shoe,2021,9.5,#ff0000\n"
        '001.png,bag,2019,3,"0,128,255"\n',
    )
    dataset, conditions = conditions_of(root, manifest)
    assert conditions["category"].tolist() == [1, 0]
    assert conditions["category"].dtype == "int32"
    assert conditions["year"].tolist() == [1, 0]
    assert conditions["price"].tolist() == [9.5, 3]
    assert conditions["price"].dtype == "float32"
    np.testing.assert_allclose(
        conditions["color"], [[1, 0, 0], [0, 128 / 255, 1]], rtol=1e-6
    )
    assert dataset.vocabularies == {
        "category": ["bag", "shoe"],
        "year": [2019, 2021],
    }
    assert dataset.class_names == ["bag", "shoe"]
    assert dataset.report.classes == {"bag": 1, "shoe": 1}


def test_json_lines_say_the_same_as_csv(root):
    rows = [
        {"path": "000.png", "kind": "a", "color": [1, 0.5, 0]},
        {"path": "001.png", "kind": "b", "color": [0, 0, 1]},
    ]
    text = "\n\n".join(map(json.dumps, rows))
    _, conditions = conditions_of(root, write(root / "m.jsonl", text))
    assert conditions["kind"].tolist() == [0, 1]
    np.testing.assert_allclose(conditions["color"], [[1, 0.5, 0], [0, 0, 1]])


@pytest.mark.parametrize("names", ["red;green;blue", "color_r;color_g;color_b"])
def test_three_columns_are_a_colour(root, names):
    text = f"file;{names}\n000.png;255;0;51\n001.png;0;0;0\n"
    _, conditions = conditions_of(root, write(root / "m.csv", text))
    assert list(conditions) == ["color"]
    np.testing.assert_allclose(conditions["color"], [[1, 0, 0.2], [0, 0, 0]])


def test_darkest_hexadecimal_is_not_taken_for_white(root):
    text = "file,color\n000.png,#010101\n001.png,#000000\n"
    _, conditions = conditions_of(root, write(root / "m.csv", text))
    np.testing.assert_allclose(conditions["color"][0], [1 / 255] * 3)


def test_conditions_stay_with_their_pictures(root, tmp_path):
    lines = [f"00{i}.png,{i + 0.5}" for i in (3, 1, 5, 0)]
    text = "file,value\n" + "\n".join(lines)
    dataset = data.image_folder(
        root, 8, 2, manifest=write(tmp_path / "m.csv", text), seed=0
    )
    for _ in range(2):
        for images, conditions in dataset:
            np.testing.assert_array_equal(
                images[:, 0, 0, 0] + 0.5, conditions["value"]
            )


def test_files_lie_beside_the_manifest_or_in_the_folder(root, tmp_path):
    text = "file,kind\nphotos/000.png,a\n001.png,b\n"
    dataset, _ = conditions_of(root, write(tmp_path / "m.csv", text))
    assert dataset.num_images == 2
    assert not dataset.report.skipped


def test_missing_and_repeated_files_are_reported(root, tmp_path):
    text = "file,kind\n000.png,a\ngone.png,b\n000.png,a\n"
    dataset, _ = conditions_of(root, write(tmp_path / "m.csv", text))
    assert dataset.num_images == 1
    assert dataset.report.skipped == [
        ("gone.png", "It is missing."),
        ("000.png", "Line 4 repeats line 2."),
    ]


def test_groups_never_cross_the_split(tmp_path):
    root = folders.make_folder(tmp_path, {".": 60})
    rows = "".join(f"{i:03}.png,sku{i % 15},{i % 15}\n" for i in range(60))
    manifest = write(tmp_path / "m.csv", "file,sku,number\n" + rows)
    parts = data.image_folder(
        root,
        8,
        64,
        manifest=manifest,
        group_by="sku",
        validation_split=0.4,
        subset="both",
    )
    groups = [set(next(iter(p))[1]["number"].numpy().tolist()) for p in parts]
    assert groups[0] and groups[1]
    assert not groups[0] & groups[1]
    assert list(parts[0].element_spec[1]) == ["number"]


def test_chosen_conditions_alone_are_read(root):
    text = "file,kind,notes\n000.png,a,\n001.png,b,words\n"
    manifest = write(root / "m.csv", text)
    _, conditions = conditions_of(root, manifest, conditions=["kind"])
    assert list(conditions) == ["kind"]
    dataset = data.image_folder(root, 8, manifest=manifest, conditions=())
    assert dataset.element_spec.shape == (None, 8, 8, 3)


def test_class_folders_stand_in_for_a_category_column(tmp_path):
    folders.make_folder(tmp_path, {"bags": 1, "shoes": 1})
    text = "file,price\nshoes/000.png,1.5\nbags/000.png,2.5\n"
    dataset, conditions = conditions_of(
        tmp_path,
        write(tmp_path / "m.csv", text),
        conditions=["category", "price"],
    )
    assert dataset.class_names == ["bags", "shoes"]
    assert conditions["category"].tolist() == [1, 0]


def test_given_vocabularies_number_the_words(root):
    manifest = write(root / "m.csv", "file,kind\n000.png,b\n001.png,c\n")
    dataset, conditions = conditions_of(
        root, manifest, vocabularies={"kind": ["c", "a", "b"]}
    )
    assert conditions["kind"].tolist() == [2, 0]
    assert dataset.vocabularies == {"kind": ["c", "a", "b"]}
    with pytest.raises(ValueError, match="Line 2 .* one of .*'x'.*kind='b'"):
        conditions_of(root, manifest, vocabularies={"kind": ["c", "x"]})


def test_windows_byte_order_mark_and_line_ends_are_read(root):
    path = root / "m.csv"
    path.write_bytes(b"\xef\xbb\xbffile,kind\r\n000.png,a\r\n001.png,b\r\n")
    _, conditions = conditions_of(root, path)
    assert conditions["kind"].tolist() == [0, 1]


@pytest.mark.parametrize(
    "text, message",
    [
        ("", "must have rows"),
        ("picture,kind\n000.png,a\n", "one of the columns.*'picture'"),
        ("file,kind\n000.png,a\n001.png\n", "Line 3 .* 2 fields.*1 fields"),
        ("file,kind\n000.png,a\n,b\n", "Line 3 .* must name a file"),
        ("file,kind\n000.png,a\n001.png,\n", "Line 3 .*column 'kind'"),
        ("file,kind,kind\n000.png,a,b\n", "different names"),
        ('file,kind\n000.png,"a\n', "must be CSV"),
        (
            "file,price\n000.png,1.5\n001.png,2.5\n002.png,2;5\n",
            "Line 4 .* a finite number .*price='2;5'",
        ),
        (
            "file,color\n000.png,#ff0000\n001.png,reddish\n",
            "Line 3 .* a colour .*color='reddish'",
        ),
        (
            'file,color\n000.png,"1,2,3"\n001.png,"1,2,300"\n',
            "Line 3 .* at most 255.*color='1,2,300'",
        ),
    ],
)
def test_wrong_rows_are_named_by_their_line(root, text, message):
    with pytest.raises(ValueError, match=message):
        conditions_of(root, write(root / "m.csv", text))


@pytest.mark.parametrize(
    "text, message",
    [
        ('{"file": "000.png"}\n{"file"', "Line 2 .* must be JSON"),
        ('{"file": "000.png"}\n[1, 2]', "Line 2 .* a JSON object"),
        ('{"file": "000.png", "a": 1}\n{"file": "001.png"}', "Line 2 .*'a'"),
    ],
)
def test_wrong_json_is_named_by_its_line(root, text, message):
    with pytest.raises(ValueError, match=message):
        conditions_of(root, write(root / "m.jsonl", text))


def test_missing_columns_are_named(root):
    manifest = write(root / "m.csv", "file,kind\n000.png,a\n")
    with pytest.raises(ValueError, match="has \\['kind'.*'size'.*missing"):
        conditions_of(root, manifest, conditions=["kind", "size"])
    with pytest.raises(ValueError, match="`group_by`.*'sku'"):
        conditions_of(root, manifest, group_by="sku")
    with pytest.raises(ValueError, match="`manifest` must be a file"):
        conditions_of(root, root / "nothing.csv")
