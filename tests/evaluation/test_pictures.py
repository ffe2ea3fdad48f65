import numpy as np

from keras_productgen import images
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
