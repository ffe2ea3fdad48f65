import dataclasses
import json

import pytest

from keras_productgen import data
from keras_productgen.data import annotations


def test_json_lines_come_back_as_they_were(sound, tmp_path):
    # Tables have no supercategories, and stand in the order of the pictures.
    sound.categories[0].supercategory = None
    sound.items.sort(key=lambda item: item.picture_id)
    annotations.save(sound, tmp_path / "a.jsonl")
    again = annotations.load(tmp_path / "a.jsonl", sound.directory)
    assert again.categories == sound.categories
    assert again.pictures == sound.pictures
    assert again.items == sound.items


def test_csv_comes_back_but_for_digits(sound, tmp_path):
    sound.items.sort(key=lambda item: item.picture_id)
    annotations.save(sound, tmp_path / "a.csv")
    again = annotations.load(tmp_path / "a.csv", sound.directory)
    assert again.pictures == sound.pictures
    assert again.items == sound.items
    sound.items[0].attributes["sku"] = "12"
    annotations.save(sound, tmp_path / "a.csv")
    again = annotations.load(tmp_path / "a.csv", sound.directory)
    assert again.items[0].attributes["sku"] == 12


@pytest.mark.parametrize("suffix", ["csv", "jsonl"])
def test_tables_are_manifests_of_image_folder(sound, tmp_path, suffix):
    sound.items[1].attributes["color"] = "#00ff00"
    path = tmp_path / f"a.{suffix}"
    annotations.save(sound, path)
    dataset = data.image_folder(
        sound.directory, 16, manifest=path, conditions=["category", "color"],
        shuffle=False,
    )  # fmt: skip
    assert dataset.class_names == ["mug", "shoes"]
    _, conditions = next(iter(dataset))
    assert conditions["category"].numpy().tolist() == [1, 0]
    assert conditions["color"].numpy()[1].tolist() == [0, 1, 0]


def test_manifests_of_the_catalogue_are_annotations(tmp_path):
    catalog = data.ProductCatalog(32, seed=1, num_items=5)
    manifest = catalog.export(tmp_path)
    found = annotations.load(manifest)
    assert annotations.validate(found) == []
    for index, item in enumerate(found.items):
        product = catalog[index]
        x0, y0, x1, y1 = product.bounding_box
        assert item.box == [x0, y0, x1 - x0, y1 - y0]
        assert item.category_id == product.item.category_id
        assert found.names()[item.category_id] == product.item.category
        assert item.attributes["pattern"] == product.item.pattern


def test_a_changed_category_goes_before_its_number(tmp_path, photos):
    rows = [
        {"file": "a.png", "category": "hat", "category_id": 1},
        {"file": "sub/b.png", "category": "mug", "category_id": 1},
    ]
    text = "".join(json.dumps(row) + "\n" for row in rows)
    (photos / "m.jsonl").write_text(text)
    found = annotations.load(photos / "m.jsonl")
    assert [found.names()[i.category_id] for i in found.items] == ["hat", "mug"]


def test_rows_that_do_not_fit_are_named(photos):
    rows = [
        {"file": "a.png", "box": 5},
        {"file": "sub/b.png", "bounding_box": [1, 2]},
    ]
    text = "".join(json.dumps(row) + "\n" for row in rows)
    (photos / "m.jsonl").write_text(text)
    found = annotations.load(photos / "m.jsonl")
    assert found.items == []
    assert [p.place for p in found.problems] == ["m.jsonl:1", "m.jsonl:2"]


def test_attributes_cannot_take_the_names_of_columns(sound, tmp_path):
    sound.items[0].attributes["file"] = "x"
    with pytest.raises(ValueError, match="names of other columns"):
        annotations.save(sound, tmp_path / "a.jsonl")
    assert not (tmp_path / "a.jsonl").exists()


def test_other_endings_are_refused(sound, tmp_path):
    with pytest.raises(ValueError, match="`format` must be one of"):
        annotations.save(sound, tmp_path / "a.xml")
    (tmp_path / "a.xml").write_text("")
    with pytest.raises(ValueError, match="`path` must end in"):
        annotations.load(tmp_path / "a.xml")
    with pytest.raises(ValueError, match="`path` must be a file"):
        annotations.load(tmp_path / "none.json")


def test_records_say_what_they_are():
    item = annotations.Annotation(1, 2, suggested={"box": 0.5, "color": 1.0})
    item.accept("box")
    assert item.suggested == {"color": 1.0}
    item.accept()
    assert item.suggested == {}
    assert dataclasses.asdict(item)["picture_id"] == 2
