import errno
import json
import os

import numpy as np
import pytest

from keras_productgen import data
from keras_productgen import images
from keras_productgen.data.cleaning import moving
from tests.data.cleaning import photos


@pytest.fixture
def folder(tmp_path):
    """Four photos and three with a problem, in folders."""
    root = tmp_path / "photos"
    photos.write(root / "dresses", 4)
    images.save(root / "dresses/copy.jpg", photos.photo(1))
    images.save(root / "hats/blank.png", np.full((90, 90, 3), 70, "uint8"))
    (root / "hats/broken.jpg").write_bytes(b"half a")
    return root


BAD = {
    "dresses/copy.jpg": "near_duplicate",
    "hats/blank.png": "blank",
    "hats/broken.jpg": "unreadable",
}


def contents(root):
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


def clean(folder, **options):
    place = folder.parent / "rejected"
    return data.clean(folder, place, encoder=None, **options)


def everything(folder):
    """Bytes of all pictures, wherever they lie."""
    kept = contents(folder)
    place = folder.parent / "rejected"
    for path, content in contents(place).items():
        reason, _, name = path.partition("/")
        if reason in BAD.values() and not name.endswith(".partial"):
            assert kept.setdefault(name, content) == content
    return kept


def test_problems_are_moved_by_reason_and_nothing_else(folder):
    before = contents(folder)
    report = clean(folder)
    assert sorted(report.moved) == sorted(BAD)
    place = folder.parent / "rejected"
    for path, reason in BAD.items():
        assert (place / reason / path).read_bytes() == before.pop(path)
    assert contents(folder) == before
    assert (place / "sheet.png").is_file()


def test_the_journal_says_what_where_and_why(folder):
    clean(folder)
    text = (folder.parent / "rejected/manifest.jsonl").read_text()
    lines = {line["path"]: line for line in map(json.loads, text.splitlines())}
    copy = lines["dresses/copy.jpg"]
    assert copy["reasons"] == ["near_duplicate"]
    assert copy["twin"] == "dresses/001.png"
    assert copy["file"] == "near_duplicate/dresses/copy.jpg"
    assert len(copy["sha256"]) == 64
    assert 0.9 < copy["scores"]["near_duplicate"] <= 1


def test_restoring_brings_every_byte_back(folder):
    before = contents(folder)
    clean(folder)
    restored, refused = data.restore_quarantined(folder.parent / "rejected")
    assert sorted(restored) == sorted(BAD) and refused == []
    assert contents(folder) == before


def test_restoring_writes_over_no_new_file(folder):
    clean(folder)
    (folder / "hats/blank.png").write_bytes(b"new")
    restored, refused = data.restore_quarantined(folder.parent / "rejected")
    assert [path for path, _ in refused] == ["hats/blank.png"]
    assert (folder / "hats/blank.png").read_bytes() == b"new"
    assert (folder.parent / "rejected/blank/hats/blank.png").is_file()


def test_only_the_wanted_reasons_are_moved(folder):
    report = clean(folder, reasons=["blank"])
    assert report.moved == ["hats/blank.png"]
    assert len(report.findings) == 3


def test_a_quarantine_within_the_folder_is_not_looked_through(folder):
    for expected in (3, 0):
        report = data.clean(folder, folder / "rejected", encoder=None)
        assert len(report.moved) == expected


def test_another_file_of_the_same_name_gets_a_place_of_its_own(folder):
    clean(folder)
    again = np.full((80, 80, 3), 200, "uint8")
    images.save(folder / "hats/blank.png", again)
    assert clean(folder).moved == ["hats/blank.png"]
    place = folder.parent / "rejected/blank/hats"
    assert sorted(os.listdir(place)) == ["blank (2).png", "blank.png"]


def test_a_place_that_another_takes_in_the_same_run_is_not_used(folder):
    flat = np.full((80, 80, 3), 200, "uint8")
    clean(folder)
    images.save(folder / "hats/blank.png", flat)
    images.save(folder / "hats/blank (2).png", flat - 9)
    before = contents(folder)
    report = clean(folder)
    assert len(report.moved) == 2 and report.failed == []
    place = folder.parent / "rejected"
    # The first picture of this name lies there from the run before.
    (place / "blank/hats/blank.png").unlink()
    data.restore_quarantined(place)
    broken = {p: c for p, c in contents(folder).items() if p in before}
    assert broken == before


STEPS = ("link", "unlink", "makedirs", "fsync")


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("call", range(2))
@pytest.mark.parametrize("links", (True, False))
def test_a_kill_at_any_step_loses_nothing(
    folder, monkeypatch, step, call, links
):
    before = contents(folder)
    if not links:
        monkeypatch.setattr(moving.os, "link", refuse_links)
    die_at(monkeypatch, step, call)
    try:
        clean(folder)
    except KeyboardInterrupt:
        pass
    monkeypatch.undo()
    assert everything(folder) == before
    clean(folder)
    assert everything(folder) == before
    assert not set(contents(folder)) & set(BAD)
    data.restore_quarantined(folder.parent / "rejected")
    assert contents(folder) == before


def refuse_links(source, target):
    raise OSError(errno.EXDEV, "another file system")


def die_at(monkeypatch, step, call):
    """Raises as a kill would, at the `call`th use of a function of `os`."""
    function, left = getattr(os, step), [call]

    def dying(*args, **options):
        if left[0] == 0 and is_of_pictures(step, args):
            raise KeyboardInterrupt
        left[0] -= is_of_pictures(step, args)
        return function(*args, **options)

    monkeypatch.setattr(moving.os, step, dying)


def is_of_pictures(step, args):
    return step == "fsync" or "rejected" in str(args) or "photos" in str(args)


def test_a_damaged_copy_keeps_the_original(folder, monkeypatch):
    monkeypatch.setattr(moving.os, "link", refuse_links)
    monkeypatch.setattr(
        moving.shutil, "copyfileobj", lambda old, new, size: new.write(b"x")
    )
    before = contents(folder)
    report = clean(folder)
    assert report.moved == [] and len(report.failed) == 3
    assert contents(folder) == before


@pytest.mark.parametrize(
    "options, message",
    [
        ({"reasons": ["ugly"]}, "ugly"),
        ({"quarantine": "photos"}, "another folder"),
        ({"quarantine": "."}, "hold it"),
        ({"directory": "nowhere"}, "missing"),
    ],
)
def test_nonsense_is_refused(folder, options, message):
    words = {"directory": "photos", "quarantine": "rejected"} | options
    for name in ("directory", "quarantine"):
        words[name] = folder.parent / words[name]
    with pytest.raises(ValueError, match=message):
        data.clean(**words, encoder=None)


def test_a_folder_with_other_files_is_no_quarantine(folder):
    place = folder.parent / "rejected"
    place.mkdir()
    (place / "report.json").write_text("mine")
    with pytest.raises(ValueError, match="new or empty"):
        clean(folder)
    assert contents(place) == {"report.json": b"mine"}


def test_a_folder_that_was_never_a_quarantine_is_refused(folder):
    with pytest.raises(ValueError, match="clean"):
        data.restore_quarantined(folder)
