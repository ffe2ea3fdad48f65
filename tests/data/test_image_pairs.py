import keras
import numpy as np
import pytest

from keras_productgen import data
from keras_productgen import images
from keras_productgen import models
from tests.data import folders
from tests.images import pictures


def make_pairs(root, count, start=0):
    """Targets are 100 brighter than their sources, whose grey is a number."""
    for number in range(start, start + count):
        name = f"{number % 2}/{number:03}.png"
        images.save(root / "sources" / name, folders.flat(number))
        images.save(root / "targets" / name, folders.flat(number + 100))
    return root / "sources", root / "targets"


def greys(dataset):
    """The greys of all sources, having seen that each has its target."""
    found = []
    for sources, targets in dataset:
        first, second = (np.asarray(x)[:, 0, 0, 0] for x in (sources, targets))
        np.testing.assert_array_equal(second, first + 100)
        found += first.astype(int).tolist()
    return found


def test_batches_follow_the_convention(tmp_path):
    dataset = data.image_pairs(*make_pairs(tmp_path, 7), (16, 8), 4)
    batches = list(dataset)
    assert [len(sources) for sources, _ in batches] == [4, 3]
    for batch in batches:
        for part in batch:
            assert part.shape[1:] == (16, 8, 3)
            assert part.dtype == "float32"
    assert dataset.cardinality() == 2
    assert dataset.num_images == dataset.report.kept == 7
    assert [str(one)[-9:] == str(two)[-9:] for one, two in dataset.file_paths]


def test_every_pair_comes_once_an_epoch_in_a_new_order(tmp_path):
    folders_ = make_pairs(tmp_path, 30)
    dataset = data.image_pairs(*folders_, 8, 8, seed=3)
    first, second = greys(dataset), greys(dataset)
    assert sorted(first) == sorted(second) == list(range(30))
    assert first != second and first != sorted(first)
    again = data.image_pairs(*folders_, 8, 8, seed=3, cache=False, workers=1)
    assert [greys(again), greys(again)] == [first, second]
    assert greys(data.image_pairs(*folders_, 8, 8, seed=4)) != first


def test_names_give_the_order_without_shuffling(tmp_path):
    dataset = data.image_pairs(*make_pairs(tmp_path, 9), 8, 4, shuffle=False)
    assert greys(dataset) == [0, 2, 4, 6, 8, 1, 3, 5, 7]


def test_the_ending_does_not_matter_and_the_folder_does(tmp_path):
    sources, targets = tmp_path / "sources", tmp_path / "targets"
    images.save(sources / "a/1.png", folders.flat(1))
    images.save(sources / "b/1.tif", folders.flat(2))
    images.save(targets / "a/1.bmp", folders.flat(101))
    images.save(targets / "b/1.webp", folders.flat(102), lossless=True)
    assert greys(data.image_pairs(sources, targets, 8, shuffle=False)) == [1, 2]


def test_names_in_either_unicode_form_are_one(tmp_path):
    sources, targets = tmp_path / "sources", tmp_path / "targets"
    images.save(sources / "robe bl\u00e9.png", folders.flat(1))
    images.save(targets / "robe ble\u0301.png", folders.flat(101))
    assert greys(data.image_pairs(sources, targets, 8)) == [1]


def test_a_pair_is_left_out_whole_and_named(tmp_path):
    sources, targets = make_pairs(tmp_path, 6)
    (sources / "0/000.png").write_bytes(b"no picture")
    (targets / "1/001.png").write_bytes(b"")
    (sources / "0/002.png").unlink()
    (targets / "1/003.png").unlink()
    images.save(targets / "0/004.bmp", folders.flat(7))
    (sources / "1/005.json").write_text("{}")
    dataset = data.image_pairs(sources, targets, 8)
    assert greys(dataset) == [5]
    assert dataset.report.kept == 1
    found = {
        path.removeprefix(f"{tmp_path}/"): reason
        for path, reason in dataset.report.skipped
    }
    partner = {name for name in found if "partner" in found[name]}
    assert partner == {
        "targets/0/000.png", "sources/1/001.png", "targets/0/002.png",
        "sources/1/003.png", "sources/0/004.png",
    }  # fmt: skip
    several = {name for name in found if "several" in found[name]}
    assert several == {"targets/0/004.png", "targets/0/004.bmp"}
    assert {*found} - partner - several == {
        "sources/0/000.png", "targets/1/001.png", "sources/1/005.json",
    }  # fmt: skip


@pytest.mark.parametrize("cache", [True, False])
def test_damage_found_late_takes_both_of_a_pair(tmp_path, cache):
    sources, targets = make_pairs(tmp_path, 6)
    noise = np.random.default_rng(0).integers(0, 256, (40, 30, 3), "uint8")
    for path in (sources / "0/000.png", targets / "1/003.png"):
        images.save(path, noise)
        path.write_bytes(path.read_bytes()[:2000])
    for path in (targets / "0/000.png", sources / "1/003.png"):
        images.save(path, folders.flat(255, (40, 30)))
    dataset = data.image_pairs(sources, targets, 8, 2, cache=cache, seed=0)
    for _ in range(3):
        found = greys(dataset)
        assert len(found) == 6
        assert {*found} == {1, 2, 4, 5}
    assert dataset.report.kept == 4
    assert len(dataset.report.skipped) == 2


def test_all_pairs_damaged_is_an_error_and_no_endless_search(tmp_path):
    sources, targets = make_pairs(tmp_path, 4)
    for number, folder in enumerate((sources, targets, sources, targets)):
        path = folder / f"{number % 2}/{number:03}.png"
        path.write_bytes(path.read_bytes()[:45])
    dataset = data.image_pairs(sources, targets, 8, 2)
    with pytest.raises(Exception, match="At least one pair"):
        list(dataset)


def test_both_are_cut_alike(tmp_path):
    whole = pictures.quadrants(60, 120)
    images.save(tmp_path / "sources/a.png", whole)
    images.save(tmp_path / "targets/a.png", images.resize(whole, (30, 60)))
    dataset = data.image_pairs(tmp_path / "sources", tmp_path / "targets", 16)
    ((sources, targets),) = dataset
    assert np.abs(sources - targets).mean() < 4.0
    expected = images.resize(whole, 16)
    np.testing.assert_array_equal(sources[0], expected)


@pytest.mark.parametrize(
    ("size", "fits"),
    [((67, 100), True), ((1000, 1500), True), ((60, 100), False)],
)
def test_other_proportions_are_no_pair(tmp_path, size, fits):
    make_pairs(tmp_path, 1)
    folder = tmp_path / "sources", tmp_path / "targets"
    images.save(folder[0] / "a.png", folders.flat(9, (667, 1000)))
    images.save(folder[1] / "a.png", folders.flat(109, size))
    dataset = data.image_pairs(*folder, 8)
    assert sorted(greys(dataset)) == [0, 9][: 1 + fits]
    assert len(dataset.report.skipped) == (0 if fits else 2)
    stretched = data.image_pairs(*folder, 8, resize="stretch")
    assert sorted(greys(stretched)) == [0, 9]


def test_grey_sources_are_the_luma(tmp_path):
    folder = make_pairs(tmp_path, 3)
    images.save(folder[0] / "0/000.png", np.full((9, 9, 3), (255, 0, 0), "u1"))
    images.save(folder[1] / "0/000.png", folders.flat(1, (9, 9)))
    dataset = data.image_pairs(*folder, 8, source_channels=1, shuffle=False)
    ((sources, targets),) = dataset
    assert sources.shape == (3, 8, 8, 1) and targets.shape == (3, 8, 8, 3)
    assert np.unique(sources[0]) == 76  # 0.299 * 255
    # Grey files keep their grey.
    assert np.unique(sources[1]) == 2 and np.unique(sources[2]) == 1


def test_parts_share_no_pair_and_names_keep_their_side(tmp_path):
    folder = make_pairs(tmp_path, 40)
    options = dict(validation_split=0.3, seed=1)
    both = data.image_pairs(*folder, 8, subset="both", **options)
    training, validation = (set(greys(part)) for part in both)
    assert training | validation == set(range(40))
    assert not training & validation and 4 <= len(validation) <= 20
    make_pairs(tmp_path, 20, start=40)
    for path in list(folder[0].rglob("*.png"))[::3]:
        images.save(path.with_suffix(".bmp"), images.load(path))
        path.unlink()
    later = data.image_pairs(*folder, 8, subset="validation", **options)
    first, second = greys(later), greys(later)
    assert {*first} & {*range(40)} == validation
    assert first == second != sorted(first)


def test_pix2pix_trains_on_it(tmp_path):
    dataset = data.image_pairs(
        *make_pairs(tmp_path, 6), 16, 2, source_channels=1
    )
    keras.utils.set_random_seed(0)
    model = models.Pix2Pix(16, 2, source_channels=1, discriminator_layers=1)
    model.compile()
    history = model.fit(dataset, epochs=1, verbose=0)
    assert np.isfinite(history.history["l1_loss"]).all()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"batch_size": 0}, "batch_size=0"),
        ({"source_channels": 2}, "source_channels=2"),
        ({"resize": "zoom"}, "resize='zoom'"),
        ({"workers": 0}, "workers=0"),
        ({"cache": "some"}, "cache='some'"),
        ({"image_size": 0}, "Received: 0"),
        ({"subset": "training"}, "given together"),
        (
            {"subset": "validation", "validation_split": 1e-9},
            "validation part must hold at least one pair",
        ),
    ],
)
def test_refuses_nonsense(tmp_path, options, message):
    folder = make_pairs(tmp_path, 2)
    with pytest.raises(ValueError, match=message):
        data.image_pairs(*folder, **options)


def test_refuses_folders_without_a_pair(tmp_path):
    sources, targets = make_pairs(tmp_path, 2)
    with pytest.raises(ValueError, match="must be two folders"):
        data.image_pairs(sources, sources / "../sources")
    with pytest.raises(ValueError, match="must be a folder; it is missing"):
        data.image_pairs(sources, tmp_path / "absent")
    (tmp_path / "empty").mkdir()
    with pytest.raises(ValueError, match="0/000.png: It has no usable partner"):
        data.image_pairs(sources, tmp_path / "empty")
