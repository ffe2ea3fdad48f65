import csv

import pytest

from keras_productgen import images
from tests.data.cleaning import photos


@pytest.fixture
def folder(tmp_path):
    photos.write(tmp_path / "photos/hat", 6)
    photos.write(tmp_path / "photos/dress", 6, start=6)
    return tmp_path / "photos"


def rows(path):
    with open(path, newline="") as file:
        return {row["file"]: row["split"] for row in csv.DictReader(file)}


def split(productgen, folder, *words):
    out = folder.parent / "split.csv"
    words = ["data", "split", folder, "--out", out, "--no-encoder", *words]
    return productgen(*words), out


def test_every_picture_gets_a_part_and_keeps_it(productgen, folder):
    result, out = split(productgen, folder)
    assert result.exit_code == 0, result.output
    before = rows(out)
    assert len(before) == 12
    assert set(before.values()) == {"train", "validation", "test"}
    photos.write(folder / "hat", 3, start=20)
    result, out = split(productgen, folder)
    after = rows(out)
    assert len(after) == 15
    assert {path: after[path] for path in before} == before


def test_parts_become_folders(productgen, folder):
    parts = folder.parent / "parts"
    words = ["--train", 0.5, "--validation", 0.5, "--test", 0]
    result, out = split(productgen, folder, *words, "--folders", parts)
    assert result.exit_code == 0, result.output
    for path, part in rows(out).items():
        assert (parts / part / path).is_file()


def test_the_check_fails_on_a_leak_and_passes_without(productgen, folder):
    _, out = split(productgen, folder)
    words = ["data", "check-split", folder, "--no-encoder", "--manifest", out]
    result = productgen(*words)
    assert result.exit_code == 0, result.output
    assert "no leak" in result.stdout
    path, part = next(iter(rows(out).items()))
    copy = photos.mirrored(images.load(folder / path))
    images.save(folder / "copy.png", copy)
    other = "test" if part == "train" else "train"
    with open(out, "a") as file:
        file.write(f"copy.png,{other},hat,copy.png\n")
    sheet = folder.parent / "pairs.png"
    result = productgen(*words, "--sheet", sheet)
    assert result.exit_code == 1
    assert "leak: " in result.stdout and sheet.is_file()
    assert "1 pairs of copies" in result.stderr


def test_shares_must_sum_to_one(productgen, folder):
    result, _ = split(productgen, folder, "--train", 0.5)
    assert result.exit_code == 1
    assert "sum to 1" in result.stderr
