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


def test_the_shares_that_an_earlier_table_has_are_said(productgen, folder):
    half = ["--train", 0.5, "--validation", 0.5, "--test", 0]
    result, out = split(productgen, folder, *half)
    assert "stay where" not in result.stdout
    before = rows(out)
    photos.write(folder / "hat", 3, start=20)
    result, _ = split(productgen, folder)
    train = list(before.values()).count("train")
    assert (
        f"12 pictures stay where {out} has them (train {train / 12:.0%}, "
        f"validation {1 - train / 12:.0%}); the shares asked for hold for 3 "
        "new ones" in result.stdout
    )


def test_a_refused_folder_leaves_no_table(productgen, folder):
    parts = folder.parent / "parts"
    images.save(parts / "train/other.png", photos.photo(30))
    result, out = split(productgen, folder, "--folders", parts)
    assert result.exit_code == 1
    assert "train/other.png, which is there already" in result.stderr
    assert not out.exists()
    assert [path.name for path in parts.rglob("*.png")] == ["other.png"]


def test_another_picture_in_a_place_leaves_no_table(productgen, folder):
    parts = folder.parent / "parts"
    everything = ["--train", 1, "--validation", 0, "--test", 0]
    images.save(parts / "train/hat/003.png", photos.photo(30))
    result, out = split(productgen, folder, *everything, "--folders", parts)
    assert result.exit_code == 1
    assert "train/hat/003.png" in result.stderr
    assert not out.exists()
    assert len(list(parts.rglob("*.png"))) == 1


@pytest.mark.parametrize(
    "text", ["", "name,price\nhat,3\n", "file,price\na.png,3\n"]
)
def test_another_file_is_not_taken_for_a_table(productgen, folder, text):
    (folder.parent / "split.csv").write_text(text)
    result, out = split(productgen, folder)
    assert result.exit_code == 1
    assert "--out must be a new file, or the table" in result.stderr
    assert "`manifest`" not in result.stderr
    assert out.read_text() == text


def test_a_column_needs_a_manifest(productgen, folder):
    result, _ = split(productgen, folder, "--group", "product")
    assert result.exit_code == 1
    assert "column of a manifest, which must be given" in result.stderr
    assert split(productgen, folder, "--group", "category")[0].exit_code == 0


def test_the_check_names_what_it_could_not_compare(productgen, folder):
    _, out = split(productgen, folder)
    (folder / "hat/003.png").unlink()
    (folder / "hat/004.png").write_bytes(b"no picture")
    words = ["data", "check-split", folder, "--no-encoder", "--manifest", out]
    result = productgen(*words)
    assert result.exit_code == 0, result.output
    assert "2 not compared" in result.stdout
    assert "hat/003.png: It is missing." in result.stdout
    assert "hat/004.png: " in result.stdout


def test_shares_must_sum_to_one(productgen, folder):
    result, _ = split(productgen, folder, "--train", 0.5)
    assert result.exit_code == 1
    assert "sum to 1" in result.stderr
