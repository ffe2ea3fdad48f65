import json

import pytest

from keras_productgen import data
from keras_productgen import models
from tests.data import folders

TABLE = "file,made_of\n000.png,cotton|wool\n001.png,\n002.png, wool |\n"


@pytest.fixture
def root(tmp_path):
    return folders.make_folder(tmp_path / "photos", {".": 3})


def opened(root, text, name="m.csv", **arguments):
    (root / name).write_text(text, "utf-8")
    dataset = data.image_folder(
        root, 32, 3, manifest=name, shuffle=False, **arguments
    )
    _, conditions = next(iter(dataset))
    return dataset, conditions


def test_several_labels_of_a_cell_become_ones_in_a_row(root):
    dataset, conditions = opened(root, TABLE, conditions=["made_of"])
    assert dataset.vocabularies["made_of"] == ["cotton", "wool"]
    made_of = conditions["made_of"].numpy()
    assert made_of.dtype == "float32"
    assert made_of.tolist() == [[1, 1], [0, 0], [0, 1]]


def test_lists_of_words_say_the_same(root):
    rows = [
        {"file": "000.png", "made_of": ["wool", "cotton"]},
        {"file": "001.png", "made_of": []},
        {"file": "002.png", "made_of": ["wool"]},
    ]
    text = "\n".join(map(json.dumps, rows))
    _, conditions = opened(root, text, "m.jsonl", conditions=["made_of"])
    assert conditions["made_of"].numpy().tolist() == [[1, 1], [0, 0], [0, 1]]


def test_given_vocabulary_places_the_labels(root):
    known = {"made_of": ["silk", "wool", "cotton"]}
    _, conditions = opened(
        root, TABLE, conditions=["made_of"], vocabularies=known
    )
    assert conditions["made_of"].numpy()[0].tolist() == [0, 1, 1]


def test_label_out_of_the_vocabulary_is_named_by_its_line(root):
    with pytest.raises(ValueError, match=r"Line 2 .*cotton\|wool"):
        opened(
            root,
            TABLE,
            conditions=["made_of"],
            vocabularies={"made_of": ["wool"]},
        )


def test_number_among_labels_is_named_by_its_line(root):
    rows = [
        {"file": "000.png", "made_of": ["wool"]},
        {"file": "001.png", "made_of": 7},
    ]
    text = "\n".join(map(json.dumps, rows))
    with pytest.raises(ValueError, match="Line 2 .*made_of=7"):
        opened(root, text, "m.jsonl", conditions=["made_of"])


def test_numbers_in_a_list_are_still_a_colour(root):
    rows = [
        {"file": f"00{i}.png", "color": [255, i, 0], "made_of": "wool"}
        for i in range(3)
    ]
    text = "\n".join(map(json.dumps, rows))
    _, conditions = opened(root, text, "m.jsonl")
    assert conditions["color"].shape == (3, 3)
    assert conditions["made_of"].shape == (3,)


def test_class_folder_with_a_bar_in_its_name_is_one_class(tmp_path):
    root = folders.make_folder(tmp_path / "photos", {"a|b": 1, "b": 1})
    assert data.image_folder(root, 8, 2).class_names == ["a|b", "b"]


def test_model_learns_from_labels_of_a_table(root):
    dataset, _ = opened(root, TABLE, conditions=["made_of"])
    model = models.ConditionalGAN(
        labels={"made_of": dataset.vocabularies["made_of"]},
        image_size=32,
        width=4,
        latent_dim=4,
        seed=0,
    )
    model.compile()
    model.fit(dataset, verbose=0)
    images = model.generate(2, conditions={"made_of": ["cotton"]}, seed=0)
    assert images.shape == (2, 32, 32, 3)
