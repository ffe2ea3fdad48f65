import collections
import csv
import os

import numpy as np
import pytest

from keras_productgen import data
from keras_productgen import images
from keras_productgen.data import split_table
from keras_productgen.data import splits
from tests.data.cleaning import photos

SHARES = {"train": 0.6, "validation": 0.2, "test": 0.2}


def flat_folder(root, names):
    """Pictures whose content does not matter."""
    for number, name in enumerate(names):
        picture = np.full((9, 8, 3), number % 250, "uint8")
        images.save(root / name, picture)
    return root


def split(folder, **options):
    options = {"near_duplicates": False} | SHARES | options
    return data.split(folder, encoder=None, **options)


def sides(result):
    return dict(zip(result.paths, result.parts))


@pytest.fixture(scope="module")
def products(tmp_path_factory):
    """Three pictures of each of 60 products in two classes."""
    names = [
        f"{'hat' if sku % 3 else 'dress'}/sku{sku:03}_{view}.png"
        for sku in range(60)
        for view in "abc"
    ]
    return flat_folder(tmp_path_factory.mktemp("photos"), names)


PATTERN = r"(sku\d+)_"


def test_a_product_lies_in_one_part(products):
    result = split(products, group=PATTERN)
    parts = collections.defaultdict(set)
    for path, part in sides(result).items():
        parts[path[:-6]].add(part)
    assert len(parts) == 60
    assert all(len(found) == 1 for found in parts.values())


def test_each_class_has_its_shares(products):
    result = split(products, group=PATTERN)
    for counts in result.counts.values():
        total = sum(counts.values())
        for part, share in SHARES.items():
            # Products are few: three standard deviations of their number.
            slack = 3 * 3 * np.sqrt(total / 3 * share * (1 - share))
            assert abs(counts.get(part, 0) - total * share) < slack


def test_more_photos_move_none(products, tmp_path):
    result = split(products, group=PATTERN)
    names = [*result.paths, *(f"hat/new{n}_a.png" for n in range(20))]
    more = flat_folder(tmp_path / "more", names)
    after = sides(split(more, group=r"(sku\d+|new\d+)_"))
    assert {path: after[path] for path in result.paths} == sides(result)


def test_a_small_class_is_in_every_part(tmp_path):
    names = [f"hat/{n}.png" for n in range(3)]
    names += [f"dress/{n}.png" for n in range(40)]
    counts = split(flat_folder(tmp_path, names)).counts
    assert counts["hat"] == {"train": 1, "validation": 1, "test": 1}


def test_a_part_without_a_share_stays_empty(products):
    result = split(products, train=0.7, validation=0.3, test=0, group=PATTERN)
    assert set(result.parts) == {"train", "validation"}


def test_a_column_of_the_manifest_names_the_products(tmp_path):
    flat_folder(tmp_path, [f"{n}.png" for n in range(30)])
    with open(tmp_path / "table.csv", "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["file", "product"])
        writer.writerows([f"{n}.png", f"p{n // 5}"] for n in range(30))
    result = split(tmp_path, manifest="table.csv", group="product")
    assert set(result.groups) == {f"p{n}" for n in range(6)}
    for name in set(result.groups):
        parts = {p for p, g in zip(result.parts, result.groups) if g == name}
        assert len(parts) == 1


def other_part_name(path):
    """A name that the hash puts into another part than `path`."""
    names = (f"copy{n}.png" for n in range(1000))
    part = splits.part_of(path, SHARES)
    return next(n for n in names if splits.part_of(n, SHARES) != part)


@pytest.mark.parametrize("kind", photos.COPIES)
def test_a_copy_follows_its_original(tmp_path, kind):
    photos.write(tmp_path, 6)
    name = other_part_name("003.png")
    images.save(tmp_path / name, photos.COPIES[kind](photos.photo(3)))
    result = split(tmp_path, near_duplicates=True)
    assert sides(result)[name] == sides(result)["003.png"]
    apart = split(tmp_path)
    assert sides(apart)[name] != sides(apart)["003.png"]


def test_an_earlier_split_is_kept(tmp_path):
    photos.write(tmp_path / "photos", 8)
    first = split(tmp_path / "photos")
    first.parts = ["test"] * 8
    first.save(tmp_path / "split.csv")
    photos.write(tmp_path / "photos", 2, start=8)
    images.save(tmp_path / "photos/copy.png", photos.mirrored(photos.photo(5)))
    second = split(
        tmp_path / "photos",
        previous=tmp_path / "split.csv",
        near_duplicates=True,
    )
    found = sides(second)
    assert {found[path] for path in first.paths} == {"test"}
    assert found["copy.png"] == "test"
    assert second.moved == []


def test_what_must_move_is_named(tmp_path):
    photos.write(tmp_path / "photos", 3)
    images.save(tmp_path / "photos/copy.png", photos.mirrored(photos.photo(0)))
    first = split(tmp_path / "photos")
    first.parts = ["train", "train", "train", "test"]
    assert first.paths[3] == "copy.png"
    first.save(tmp_path / "split.csv")
    second = split(
        tmp_path / "photos",
        previous=tmp_path / "split.csv",
        near_duplicates=True,
    )
    assert second.moved == ["copy.png"]


def test_the_split_is_a_manifest_for_training(products, tmp_path):
    result = split(products, group=PATTERN)
    result.save(tmp_path / "split.csv")
    dataset = data.image_folder(
        products,
        image_size=8,
        manifest=tmp_path / "split.csv",
        conditions=["category", "split"],
    )
    assert dataset.num_images == 180
    assert set(dataset.vocabularies["split"]) == set(SHARES)


def test_folders_of_the_parts_hold_all_pictures(products, tmp_path):
    result = split(products, group=PATTERN)
    for _ in range(2):
        result.write_folders(tmp_path / "parts")
    for path, part in sides(result).items():
        copied = (tmp_path / "parts" / part / path).read_bytes()
        assert copied == (products / path).read_bytes()
    (tmp_path / "other/train/hat").mkdir(parents=True)
    name = next(p for p, s in sides(result).items() if s == "train")
    taken = tmp_path / "other/train" / name
    images.save(taken, np.zeros((5, 5, 3)))
    with pytest.raises(ValueError, match="there already"):
        result.write_folders(tmp_path / "other")


def test_folders_of_another_split_are_refused_and_left_alone(
    products, tmp_path
):
    split(products).write_folders(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    other = split(products, train=0.2, validation=0.4, test=0.4)
    with pytest.raises(ValueError, match="same split"):
        other.write_folders(tmp_path)
    assert sorted(tmp_path.rglob("*")) == before


def test_copied_folders_may_be_written_again(products, tmp_path, monkeypatch):
    def refuse(source, target):
        if os.path.exists(target):
            raise FileExistsError
        raise OSError("another file system")

    monkeypatch.setattr(split_table.os, "link", refuse)
    result = split(products)
    for _ in range(2):
        result.write_folders(tmp_path)
    assert len(list(tmp_path.rglob("*.png"))) == len(result.paths)


@pytest.mark.parametrize(
    "options, message",
    [
        ({"train": 0.9}, "sum to 1"),
        ({"train": 1.2, "test": -0.4}, "negative"),
        ({"group": "(sku"}, "regular expression"),
        ({"group": r"(no\d+)_"}, "found in the path"),
    ],
)
def test_nonsense_is_refused(products, options, message):
    with pytest.raises(ValueError, match=message):
        split(products, **options)
