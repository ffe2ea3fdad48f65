import pathlib
import subprocess
import sys

import keras
import numpy as np
import pytest

from keras_productgen import data
from keras_productgen import images
from tests.data import folders
from tests.images import pictures

PHOTOS = pathlib.Path(__file__).parents[3] / "shared/data/clothing/validation"


def values_of(batches):
    """The grey of every picture, which tells which it is."""
    return np.concatenate([np.asarray(b)[:, 0, 0, 0] for b in batches])


def epoch(dataset):
    return values_of(images for images, _ in dataset).tolist()


def test_batches_follow_the_convention(tmp_path):
    folders.make_folder(tmp_path, {"bags": 3, "shoes": 4})
    dataset = data.image_folder(tmp_path, (16, 8), batch_size=4)
    batches = list(dataset)
    assert [b[0].shape.as_list() for b in batches] == [
        [4, 16, 8, 3],
        [3, 16, 8, 3],
    ]
    assert dataset.cardinality() == 2
    assert dataset.class_names == ["bags", "shoes"]
    assert dataset.num_images == 7 == len(dataset.file_paths)
    assert dataset.report.classes == {"bags": 3, "shoes": 4}
    for pictures_, conditions in batches:
        assert pictures_.dtype == "float32"
        assert conditions["category"].dtype == "int32"
        for picture, category in zip(pictures_, conditions["category"]):
            assert (float(picture[0, 0, 0]) >= 3) == (int(category) == 1)


def test_every_picture_comes_once_an_epoch_in_a_new_order(tmp_path):
    folders.make_folder(tmp_path, {"a": 20, "b": 20})
    dataset = data.image_folder(tmp_path, 8, 16, seed=3)
    first, second = epoch(dataset), epoch(dataset)
    assert sorted(first) == sorted(second) == list(range(40))
    assert first != second and first != sorted(first)


@pytest.mark.parametrize("cache", [True, False])
def test_same_seed_gives_same_batches(tmp_path, cache):
    folders.make_folder(tmp_path, {"a": 20})
    one = data.image_folder(tmp_path, 8, 8, seed=3, cache=cache)
    two = data.image_folder(tmp_path, 8, 8, seed=3, workers=1)
    other = data.image_folder(tmp_path, 8, 8, seed=4)
    runs = [[epoch(d), epoch(d)] for d in (one, two, other)]
    assert runs[0] == runs[1] != runs[2]


def test_same_seed_gives_same_batches_in_another_process(tmp_path):
    folders.make_folder(tmp_path, {"a": 20})
    code = (
        "from tests.data.test_image_folder import data, epoch\n"
        f"dataset = data.image_folder({str(tmp_path)!r}, 8, 8, seed=3)\n"
        "print(epoch(dataset), epoch(dataset))\n"
        # To leave with an epoch begun must not hang or crash.
        "next(iter(dataset))\n"
    )
    result = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        cwd=pathlib.Path(__file__).parents[2],
        timeout=120,
    )
    assert result.returncode == 0, result.stderr
    dataset = data.image_folder(tmp_path, 8, 8, seed=3)
    assert result.stdout.strip() == f"{epoch(dataset)} {epoch(dataset)}"


def test_global_seed_matters_only_without_a_seed(tmp_path):
    folders.make_folder(tmp_path, {"a": 20})
    orders = {None: [], 3: []}
    for seed, found in orders.items():
        for global_seed in (1, 1, 2):
            keras.utils.set_random_seed(global_seed)
            found.append(epoch(data.image_folder(tmp_path, 8, seed=seed)))
    assert orders[3][0] == orders[3][1] == orders[3][2]
    assert orders[None][0] == orders[None][1] != orders[None][2]


def test_without_shuffling_the_names_give_the_order(tmp_path):
    folders.make_folder(tmp_path, {"a": 5, "b": 5})
    dataset = data.image_folder(tmp_path, 8, 4, shuffle=False)
    assert epoch(dataset) == list(range(10))
    names = [pathlib.Path(path).name for path in dataset.file_paths]
    assert names == [f"{i:03}.png" for i in range(5)] * 2


def test_later_epochs_do_not_read_the_files(tmp_path):
    folders.make_folder(tmp_path / "photos", {"a": 6})
    cached = data.image_folder(tmp_path / "photos", 8, 4, seed=0)
    uncached = data.image_folder(tmp_path / "photos", 8, 4, cache=False)
    first = sorted(epoch(cached))
    for path in cached.file_paths:
        images.save(path, folders.flat(99))
    assert sorted(epoch(cached)) == first
    assert epoch(uncached) == [99] * 6


def test_drop_remainder_gives_fixed_shapes(tmp_path):
    folders.make_folder(tmp_path, {"a": 7})
    dataset = data.image_folder(tmp_path, 8, 4, drop_remainder=True)
    assert dataset.cardinality() == 1
    assert dataset.element_spec[0].shape == (4, 8, 8, 3)


def test_hostile_folder_trains_on_and_reports(tmp_path):
    good, bad = folders.make_hostile_folder(tmp_path)
    dataset = data.image_folder(tmp_path, (40, 60), 5, shuffle=False)
    batches = np.concatenate([np.asarray(batch) for batch in dataset])
    names = [pathlib.Path(path).name for path in dataset.file_paths]
    # The two that look sound until they are decoded.
    late = {"truncated.jpg", "head_only.png"}
    assert sorted(names) == sorted([*good, *late])
    assert sorted(path for path, _ in dataset.report.skipped) == bad
    assert dataset.report.kept == len(good)
    assert len(batches) == len(good) + 2
    for name, image in zip(names, batches):
        if name in late or "mode" in name:
            continue
        error = np.abs(image - pictures.quadrants())
        assert error.mean() < 6, name
    reasons = dict(dataset.report.skipped)
    assert "truncated" in reasons["truncated.jpg"]
    assert "empty" in reasons["empty.jpg"]
    assert "no picture format" in reasons["words.jpg"]
    assert "too many pixels" in reasons["bomb.png"]
    assert "is no file" in reasons["broken_link.jpg"]
    assert "words.jpg: " in str(dataset.report)


def test_a_picture_that_fails_late_is_replaced_with_its_conditions(tmp_path):
    folders.make_folder(tmp_path, {"a": 3, "b": 3})
    for name in ("a/002.png", "b/000.png"):
        (tmp_path / name).write_bytes(pictures.bomb_png(100, 100))
    dataset = data.image_folder(tmp_path, 8, 3, shuffle=False)
    for _ in range(2):
        batches = list(dataset)
        assert values_of(b[0] for b in batches).tolist() == [0, 1, 4, 4, 4, 5]
        categories = np.concatenate([b[1]["category"] for b in batches])
        assert categories.tolist() == [0, 0, 1, 1, 1, 1]
    assert len(dataset.report.skipped) == 2
    assert dataset.report.classes == {"a": 2, "b": 2}


def test_broken_files_do_not_stop_fit(tmp_path):
    folders.make_folder(tmp_path, {"a": 5, "b": 5})
    (tmp_path / "a/001.png").write_bytes(pictures.bomb_png(100, 100))
    dataset = data.image_folder(tmp_path, 8, 4, seed=0, labels=None)
    model = keras.Sequential(
        [keras.layers.Rescaling(1 / 255), keras.layers.Conv2D(3, 3)]
    )
    model.compile("sgd", lambda _, outputs: keras.ops.mean(outputs**2))
    pairs = dataset.map(lambda batch: (batch, batch))
    history = model.fit(pairs, epochs=3, verbose=0, shuffle=False)
    assert np.isfinite(history.history["loss"]).all()
    assert history.history["loss"][-1] < history.history["loss"][0]
    assert len(dataset.report.skipped) == 1


def test_split_parts_are_disjoint_and_whole(tmp_path):
    folders.make_folder(tmp_path, {"a": 30, "b": 30})
    training, validation = data.image_folder(
        tmp_path, 8, validation_split=0.3, subset="both", seed=0
    )
    paths = [set(d.file_paths) for d in (training, validation)]
    assert not paths[0] & paths[1]
    assert len(paths[0] | paths[1]) == 60
    assert 8 <= len(paths[1]) <= 30
    alone = data.image_folder(
        tmp_path, 8, validation_split=0.3, subset="validation", seed=7
    )
    assert set(alone.file_paths) == paths[1]
    assert alone.class_names == training.class_names


def test_adding_files_moves_no_other(tmp_path):
    def sides():
        datasets = data.image_folder(
            tmp_path, 8, validation_split=0.4, subset="both"
        )
        return [set(dataset.file_paths) for dataset in datasets]

    folders.make_folder(tmp_path, {"b": 20})
    before = sides()
    folders.make_folder(tmp_path, {"a": 20, "c": 20}, start=20)
    after = sides()
    assert before[0] < after[0] and before[1] < after[1]


def test_validation_has_one_mixed_order(tmp_path):
    folders.make_folder(tmp_path, {"a": 30, "b": 30})
    dataset = data.image_folder(
        tmp_path, 8, validation_split=0.5, subset="validation"
    )
    assert epoch(dataset) == epoch(dataset)
    assert epoch(dataset) != sorted(epoch(dataset))


def test_groups_by_function_stay_together(tmp_path):
    folders.make_folder(tmp_path, {f"sku{i}": 3 for i in range(12)})
    parts = data.image_folder(
        tmp_path,
        8,
        validation_split=0.4,
        subset="both",
        group_by=lambda path: path.split("/")[0],
    )
    groups = [{pathlib.Path(p).parent for p in d.file_paths} for d in parts]
    assert groups[0] and groups[1] and not groups[0] & groups[1]


def test_pictures_outside_class_folders_are_named(tmp_path):
    folders.make_folder(tmp_path, {"a": 2, ".": 1})
    dataset = data.image_folder(tmp_path, 8)
    assert dataset.num_images == 2
    assert "no class folder" in dict(dataset.report.skipped)["000.png"]
    assert data.image_folder(tmp_path, 8, labels=None).num_images == 3


def test_a_folder_without_pictures_is_no_class(tmp_path):
    folders.make_folder(tmp_path, {"a": 2, "b": 2})
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "readme.txt").write_text("words")
    assert data.image_folder(tmp_path, 8).class_names == ["a", "b"]


def test_flat_folder_yields_pictures_alone(tmp_path):
    folders.make_folder(tmp_path, {".": 3})
    dataset = data.image_folder(tmp_path, 8)
    assert dataset.class_names is None
    assert dataset.element_spec.shape == (None, 8, 8, 3)
    with pytest.raises(ValueError, match="\\['category'\\] are missing"):
        data.image_folder(tmp_path, 8, conditions=["category"])


def test_pad_shows_the_background(tmp_path):
    images.save(tmp_path / "wide.png", folders.flat(50, (10, 20)))
    padded = data.image_folder(tmp_path, 8, resize="pad", background=(9, 8, 7))
    image = np.asarray(next(iter(padded)))[0]
    assert image[0, 0].tolist() == [9, 8, 7]
    assert image[4, 4].tolist() == [50, 50, 50]


def test_nothing_usable_says_what_was_found(tmp_path):
    with pytest.raises(ValueError, match="missing.*Received: directory="):
        data.image_folder(tmp_path / "nowhere")
    with pytest.raises(ValueError, match="with 0 unusable files"):
        data.image_folder(tmp_path)
    (tmp_path / "words.jpg").write_text("words")
    with pytest.raises(ValueError, match="words.jpg: .*no picture format"):
        data.image_folder(tmp_path)
    with pytest.raises(ValueError, match="it is a file"):
        data.image_folder(tmp_path / "words.jpg")


@pytest.mark.parametrize(
    "arguments",
    [
        {"batch_size": 0},
        {"image_size": 0},
        {"resize": "fit"},
        {"cache": "maybe"},
        {"workers": 0},
        {"seed": -1},
        {"labels": [1, 2]},
        {"conditions": ["color"]},
        {"group_by": "sku"},
        {"vocabularies": {"color": ["red"]}},
        {"validation_split": 1e-9, "subset": "validation"},
    ],
)
def test_wrong_arguments_are_refused(tmp_path, arguments):
    folders.make_folder(tmp_path, {"a": 2})
    with pytest.raises(ValueError, match="Received"):
        data.image_folder(tmp_path, **arguments)


@pytest.mark.skipif(not PHOTOS.is_dir(), reason="the photos are not here")
def test_real_photos_load():
    dataset = data.image_folder(PHOTOS, 64, 64, seed=0)
    assert dataset.num_images == 341
    assert not dataset.report.skipped
    batches = np.concatenate([np.asarray(images) for images, _ in dataset])
    assert batches.shape == (341, 64, 64, 3)
    assert 100 < batches.mean() < 200
    assert batches.std((1, 2, 3)).min() > 5
