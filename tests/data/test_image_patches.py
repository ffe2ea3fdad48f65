import numpy as np
import pytest
from PIL import Image

from keras_productgen import data

SIDE = 16


@pytest.fixture
def root(tmp_path):
    generator = np.random.default_rng(0)
    for index in range(5):
        levels = generator.integers(0, 256, (40, 30 + index, 3), "uint8")
        Image.fromarray(levels).save(tmp_path / f"{index}.png")
    return tmp_path


def patches(root, **settings):
    settings = {"patch_size": SIDE, "batch_size": 4, "seed": 3} | settings
    return data.image_patches(root, **settings)


def lies_in(patch, picture):
    rows, columns = (n - SIDE + 1 for n in picture.shape[:2])
    return any(
        (picture[r : r + SIDE, c : c + SIDE] == patch).all()
        for r in range(rows)
        for c in range(columns)
    )


def test_pieces_are_cut_and_never_scaled(root):
    pictures = [np.asarray(Image.open(root / f"{i}.png")) for i in range(5)]
    batch = next(iter(patches(root, flip=False))).numpy()
    assert batch.shape == (4, SIDE, SIDE, 3) and batch.dtype == "float32"
    for patch in batch:
        assert sum(lies_in(patch, picture) for picture in pictures) == 1


def test_half_of_the_pieces_are_mirrored(root):
    upright = np.concatenate(list(patches(root, flip=False)))
    flipped = np.concatenate(list(patches(root)))
    same = (upright == flipped).all((1, 2, 3))
    np.testing.assert_array_equal(flipped[~same], upright[~same, :, ::-1])
    assert 0 < same.sum() < len(same)


def test_epochs_differ_and_the_seed_repeats_them(root):
    first, second = patches(root), patches(root)
    epochs = [np.concatenate(list(first)) for _ in range(2)]
    assert len(epochs[0]) == 20
    assert (epochs[0] != epochs[1]).any()
    np.testing.assert_array_equal(epochs[0], np.concatenate(list(second)))


def test_every_picture_gives_its_number_of_pieces(root):
    for index in range(5):
        Image.new("RGB", (20, 20), (index, 0, 0)).save(root / f"{index}.png")
    for batches in (patches(root, batch_size=5), patches(root, batch_size=10)):
        shades = np.concatenate(list(batches))[:, 0, 0, 0]
        assert np.bincount(shades.astype(int)).tolist() == [4] * 5


def test_small_and_broken_files_are_named_and_the_rest_is_used(root):
    Image.new("RGB", (50, SIDE - 1)).save(root / "small.png")
    (root / "text.jpg").write_text("no picture")
    whole = (root / "0.png").read_bytes()
    (root / "torn.png").write_bytes(whole[: len(whole) // 2])
    dataset = patches(root)
    assert sum(len(batch) for batch in dataset) == 24
    skipped = dict(dataset.report.skipped)
    assert {*skipped} == {"small.png", "text.jpg", "torn.png"}
    assert "Smaller than a piece of 16 pixels: 15 x 50" in skipped["small.png"]


def test_parts_share_no_picture(root):
    sides = [
        patches(root, validation_split=0.5, subset=subset, batch_size=1)
        for subset in ("training", "validation")
    ]
    names = [{*side.file_paths} for side in sides]
    assert not names[0] & names[1]
    assert len(names[0] | names[1]) == 5


def test_settings_that_do_not_fit_are_refused(root, tmp_path):
    with pytest.raises(ValueError, match="Received: patch_size=0"):
        patches(root, patch_size=0)
    with pytest.raises(ValueError, match="enough pictures.*0 pieces"):
        patches(root, patch_size=64)
    with pytest.raises(ValueError, match="directory"):
        patches(tmp_path / "absent")
