import dataclasses
import errno
import json

import numpy as np
import pytest
import typer

from keras_productgen import cli
from keras_productgen import data
from keras_productgen import images
from keras_productgen.data.cleaning import moving
from tests.data.cleaning import photos


@pytest.fixture
def folder(tmp_path):
    photos.write(tmp_path / "photos", 3)
    images.save(tmp_path / "photos/copy.jpg", photos.photo(1))
    images.save(tmp_path / "photos/grey.png", np.full((80, 80, 3), 90.0))
    return tmp_path / "photos"


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_what_is_cleaned_comes_back(productgen, folder):
    before = names(folder)
    place = folder.parent / "rejected"
    report = folder.parent / "report.json"
    words = ["data", "clean", folder, "--quarantine", place, "--no-encoder"]
    result = productgen(*words, "--json", report)
    assert result.exit_code == 0, result.output
    assert "copy.jpg" in result.stdout and "copy of 001.png" in result.stdout
    assert names(folder) == ["000.png", "001.png", "002.png"]
    counts = json.loads(report.read_text())["counts"]
    assert counts == {"blank": 1, "near_duplicate": 1}
    result = productgen("data", "clean", "--restore", place)
    assert result.exit_code == 0, result.output
    assert "2 pictures are back" in result.stdout
    assert names(folder) == before


def test_a_dry_run_moves_nothing(productgen, folder):
    before = names(folder)
    sheet = folder.parent / "sheet.png"
    words = ["data", "clean", folder, "--dry-run", "--no-encoder"]
    result = productgen(*words, "--sheet", sheet)
    assert result.exit_code == 0, result.output
    assert "blank: 1" in result.stdout
    assert names(folder) == before and sheet.is_file()


def test_thresholds_are_flags(productgen, folder):
    words = ["data", "clean", folder, "--dry-run", "--no-encoder"]
    result = productgen(*words, "--min-side", 500)
    assert "tiny: 5" in result.stdout
    assert "near_duplicate" in result.stdout
    strict = ["--detail", 1.1, "--broad", 1.1, "--patches", 1.1]
    assert "near_duplicate" not in productgen(*words, *strict).stdout


def test_a_file_that_is_new_there_makes_restoring_fail(productgen, folder):
    place = folder.parent / "rejected"
    productgen("data", "clean", folder, "--quarantine", place, "--no-encoder")
    (folder / "grey.png").write_bytes(b"new")
    result = productgen("data", "clean", "--restore", place)
    assert result.exit_code == 1
    assert "stays: grey.png" in result.stdout
    assert (folder / "grey.png").read_bytes() == b"new"


def test_pictures_that_cannot_be_moved_make_cleaning_fail(
    productgen, folder, monkeypatch
):
    def refuse(source, target):
        raise PermissionError(errno.EACCES, "read-only")

    monkeypatch.setattr(moving.os, "link", refuse)
    before = names(folder)
    place = folder.parent / "rejected"
    words = ["data", "clean", folder, "--quarantine", place, "--no-encoder"]
    result = productgen(*words)
    assert result.exit_code == 1
    assert "not moved: grey.png" in result.stdout
    assert "2 that stay" in result.stderr
    assert names(folder) == before


def test_a_dry_run_refuses_the_same_quarantines(productgen, folder):
    words = ["data", "clean", folder, "--dry-run", "--no-encoder"]
    result = productgen(*words, "--quarantine", folder.parent)
    assert result.exit_code == 1
    assert "hold it" in result.stderr
    assert names(folder.parent) == ["photos"]


@pytest.mark.parametrize("words", [["--dry-run"], []])
def test_a_folder_without_pictures_is_refused(productgen, tmp_path, words):
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos/list.csv").write_text("a,b")
    words = ["--quarantine", tmp_path / "rejected", *words]
    result = productgen("data", "clean", tmp_path / "photos", *words)
    assert result.exit_code == 1
    assert "at least one picture" in result.stderr
    assert names(tmp_path) == ["photos"]


def test_cleaning_goes_on_where_all_was_moved(productgen, tmp_path):
    images.save(tmp_path / "photos/grey.png", np.full((80, 80, 3), 90.0))
    words = ["data", "clean", tmp_path / "photos", "--no-encoder"]
    words += ["--quarantine", tmp_path / "rejected"]
    for _ in range(2):
        assert productgen(*words).exit_code == 0
    assert names(tmp_path / "photos") == []


def test_the_help_gives_the_thresholds_as_they_are():
    command = typer.main.get_command(cli.app)
    command = command.commands["data"].commands["clean"]
    shown = {option.name: option.show_default for option in command.params}
    for field in dataclasses.fields(data.CleaningThresholds):
        assert shown[field.name] == str(field.default)


def test_help_shows_defaults(productgen):
    text = productgen("data", "clean", "--help").stdout
    assert "[default: (0.27)]" in text


@pytest.mark.parametrize("words", [[], ["photos"]])
def test_half_said_commands_are_refused(productgen, words):
    result = productgen("data", "clean", *words)
    assert result.exit_code == 1
    assert "Received: neither" in result.stderr
