import itertools

import keras
import numpy as np
import pytest

from keras_productgen import images
from keras_productgen.evaluation import drawn_pictures
from keras_productgen.evaluation import read_pictures
from keras_productgen.evaluation.memorization.training_set import (
    read_training_set,
)


def batches():
    return [
        (np.full((3, 4, 4, 3), k), {"category": np.full(3, k)})
        for k in range(4)
    ]


def write(folder, names, side=12):
    for number, name in enumerate(names):
        pictures = np.full((side, side, 3), number, "uint8")
        images.save(folder / name, pictures)


def test_a_folder_gives_names_and_categories(tmp_path):
    write(tmp_path, ["hat/a.png", "hat/b.png", "shoe/c.png"])
    (tmp_path / "hat" / "bad.png").write_bytes(b"no picture")
    found = read_pictures(tmp_path, None)
    assert found.names == ["hat/a.png", "hat/b.png", "shoe/c.png"]
    np.testing.assert_array_equal(found.conditions["category"], [0, 0, 1])
    assert found.vocabularies["category"] == ["hat", "shoe"]
    assert found.images.shape == (3, 12, 12, 3)
    assert found.images[2].max() == 2
    assert list(found.skipped) == ["hat/bad.png"]
    assert list(found.select(np.array([0])).skipped) == ["hat/bad.png"]


def test_of_a_folder_a_seed_draws(tmp_path):
    write(tmp_path, [f"{number:02}.png" for number in range(20)])
    first, same, other = (
        read_pictures(tmp_path, 8, 6, seed=seed).names for seed in (1, 1, 2)
    )
    assert first == same
    assert first != other
    assert len(first) == 6


def test_a_training_set_is_read_in_pieces_of_any_kind(tmp_path):
    write(tmp_path, ["hat/a.png", "hat/b.png", "shoe/c.png"], side=4)

    def encoder(pictures, training):
        return pictures[:, 0, 0]

    (tmp_path / "hat" / "bad.png").write_bytes(b"no picture")
    of_folder = read_training_set(tmp_path, encoder, 4)
    assert list(of_folder.skipped) == ["hat/bad.png"]
    assert of_folder.names == ["hat/a.png", "hat/b.png", "shoe/c.png"]
    assert of_folder.words == ["hat", "shoe"]
    np.testing.assert_array_equal(of_folder.features[:, 0], [0, 1, 2])
    of_batches = read_training_set(batches(), encoder)
    assert len(of_batches.features) == len({*of_batches.names}) == 12
    np.testing.assert_array_equal(
        of_batches.categories, np.repeat(np.arange(4), 3)
    )
    assert of_batches.twins_of(of_batches.thumbnails[:1]) == [[0, 1, 2]]
    of_array = read_training_set(np.zeros((5, 4, 4, 3)), encoder)
    assert of_array.categories is None


def sorted_by_class(per_class=40):
    """Pictures of four classes, one after the other, as folders are read."""
    ids = np.repeat(np.arange(4), per_class)
    pictures = np.zeros((len(ids), 2, 2, 3), "uint8") + ids[:, None, None, None]
    return pictures, {"category": ids}


def cut(pictures, conditions, size=7):
    return [
        (pictures[start : start + size], conditions["category"][start:][:size])
        for start in range(0, len(pictures), size)
    ]


class Dataset(keras.utils.PyDataset):
    """As long as it says, but it never runs out when it is asked."""

    def __len__(self):
        return 16

    def __getitem__(self, index):
        ids = np.full(10, index % 16 // 4)
        pictures = np.zeros((10, 2, 2, 3), "uint8")
        return pictures + ids[:, None, None, None], {"category": ids}


def sources():
    pictures, conditions = sorted_by_class()
    batches = [(x, {"category": y}) for x, y in cut(pictures, conditions)]
    return {
        "arrays": (pictures, conditions),
        "batches": batches,
        "pictures": read_pictures((pictures, conditions), None),
        "dataset": Dataset(),
    }


@pytest.mark.parametrize("kind", ["arrays", "batches", "pictures", "dataset"])
def test_of_data_sorted_by_class_every_class_is_drawn(kind):
    found, same, other = (
        read_pictures(sources()[kind], None, 40, seed=seed)
        for seed in (1, 1, 2)
    )
    counts = np.bincount(found.conditions["category"], minlength=4)
    assert len(found) == 40 and counts.min() >= 4, counts
    np.testing.assert_array_equal(
        found.images[:, 0, 0, 0], found.conditions["category"]
    )
    assert found.names == same.names != other.names
    assert len({*found.names}) == 40
    assert found.remarks == []


def test_all_are_kept_in_their_order_where_all_are_asked_for():
    for source in sources().values():
        found = read_pictures(source, None, 160)
        np.testing.assert_array_equal(
            found.conditions["category"], sorted_by_class()[1]["category"]
        )


def test_every_picture_of_a_dataset_is_as_likely():
    numbers = np.arange(12)
    batches = [np.zeros((4, 1, 1, 3)) + numbers[k : k + 4, None, None, None]
               for k in (0, 4, 8)]  # fmt: skip
    drawn = [
        drawn_pictures.drawn_pictures(batches, 3, seed)[2]
        for seed in range(400)
    ]
    counts = np.bincount(np.concatenate(drawn), minlength=12)
    # 100 each; the deviation of such a count is 8.7.
    assert 70 < counts.min() and counts.max() < 130, counts


def test_of_a_stream_the_first_are_taken_and_it_says_so():
    pictures, conditions = sorted_by_class()
    endless = (pictures[:8] for _ in itertools.count())
    found = read_pictures(endless, None, 12)
    assert len(found) == 12
    (remark,) = found.remarks
    assert remark.startswith("They are the first 12 of a dataset that does not")


def test_a_long_dataset_is_not_read_to_its_end(monkeypatch):
    monkeypatch.setattr(drawn_pictures, "MOST_LOOKED_AT", 150)
    (remark,) = read_pictures(Dataset(), None, 20).remarks
    assert remark == "They were drawn from the first 150 alone."


@pytest.mark.parametrize("num_images", [0, -5, 2.5, "3"])
def test_no_number_of_pictures_is_refused(num_images, tmp_path):
    write(tmp_path, ["a.png", "b.png"])
    for source in (tmp_path, *sources().values()):
        with pytest.raises(ValueError, match="`num_images` must be an int"):
            read_pictures(source, None, num_images)


def test_conditions_must_be_as_many_as_pictures():
    pictures, _ = sorted_by_class()
    given = (pictures, {"category": np.zeros(3)})
    for source in (given, [given]):
        with pytest.raises(ValueError, match="'category' must have a row for"):
            read_pictures(source, None, 20)


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_what_is_no_number_is_refused(value):
    pictures = np.full((20, 4, 4, 3), 128.0)
    pictures[3, 2, 1, 0] = value
    for source in (pictures, [pictures]):
        with pytest.raises(ValueError, match="finite values"):
            read_pictures(source, None, 20)


def test_a_sheet_of_the_pictures_beside_it_is_none_of_them(tmp_path):
    write(tmp_path, ["new/a.png", "new/b.png"])
    write(tmp_path, ["new/sheet.png"], side=26)
    found = read_pictures(tmp_path / "new", None)
    assert found.names == ["a.png", "b.png"]
    assert found.skipped == {
        "sheet.png": "It is a contact sheet of the pictures beside it."
    }


@pytest.mark.parametrize("others, side", [((12, 16), 26), ((12, 12), 12)])
def test_a_photo_of_a_sheet_stays(tmp_path, others, side):
    for number, other in enumerate(others):
        write(tmp_path, [f"{number}.png"], side=other)
    write(tmp_path, ["sheet.png"], side=side)
    found = read_pictures(tmp_path, None)
    assert "sheet.png" in found.names and not found.skipped
