import os
import signal
import subprocess
import sys

import pytest

from keras_productgen.export import versions

# The file alone: without TensorFlow it starts at once.
KILLED = """
import os, pathlib, runpy, signal, sys

def write(path):
    (path / "saved_model.pb").write_bytes(b"half of")
    os.kill(os.getpid(), signal.SIGKILL)

runpy.run_path(sys.argv[1])["add"](pathlib.Path(sys.argv[2]), write)
"""


def write(path):
    (path / "saved_model.pb").write_bytes(b"model")


def test_versions_count_up_from_one(tmp_path):
    added = [versions.add(tmp_path / "new", write).name for _ in range(3)]
    assert added == ["1", "2", "3"]


def test_a_gap_is_not_filled(tmp_path):
    (tmp_path / "00000007").mkdir()
    (tmp_path / "2").mkdir()
    assert versions.add(tmp_path, write).name == "8"


def test_other_names_do_not_count(tmp_path):
    for name in (".tmp-12", "latest", "3.5", "²"):
        (tmp_path / name).mkdir()
    assert versions.add(tmp_path, write).name == "1"
    assert (tmp_path / ".tmp-12").is_dir()


def test_a_failure_midway_leaves_nothing(tmp_path):
    def fail(path):
        write(path)
        raise RuntimeError("disk full")

    with pytest.raises(RuntimeError, match="disk full"):
        versions.add(tmp_path, fail)
    assert list(tmp_path.iterdir()) == []


def test_nothing_numbered_is_seen_while_writing(tmp_path):
    def look_and_write(path):
        write(path)
        assert versions.numbers(tmp_path) == []

    versions.add(tmp_path, look_and_write)
    assert versions.numbers(tmp_path) == [1]
    (tmp_path / ("9" * 19)).mkdir()
    assert versions.numbers(tmp_path) == [1]


def test_two_exports_at_once_get_two_numbers(tmp_path):
    def write_while_another_finishes(path):
        write(path)
        assert versions.add(tmp_path, write).name == "1"

    path = versions.add(tmp_path, write_while_another_finishes)
    assert path.name == "2"


def test_a_number_taken_at_the_last_moment_is_passed_over(
    tmp_path, monkeypatch
):
    versions.add(tmp_path, write)
    seen = iter([[], [1]])
    monkeypatch.setattr(versions, "numbers", lambda directory: next(seen))
    assert versions.add(tmp_path, write).name == "2"


def test_the_newest_versions_are_kept(tmp_path):
    for name in ("1", "002", "3", "10", "notes"):
        (tmp_path / name).mkdir()
        write(tmp_path / name)
    versions.remove_older(tmp_path, keep=2)
    assert {path.name for path in tmp_path.iterdir()} == {"3", "10", "notes"}


def test_a_numbered_folder_that_is_no_version_is_never_removed(tmp_path):
    (tmp_path / "2019").mkdir()
    (tmp_path / "2019" / "photo.jpg").write_bytes(b"ours")
    (tmp_path / "7").write_text("a file")
    for name in ("1", "2"):
        (tmp_path / name).mkdir()
        write(tmp_path / name)
    versions.remove_older(tmp_path, keep=1)
    assert {path.name for path in tmp_path.iterdir()} == {"2019", "7", "2"}


def test_a_killed_export_leaves_no_version_and_the_next_one_works(tmp_path):
    script = tmp_path / "killed.py"
    script.write_text(KILLED)
    folder = tmp_path / "model"
    process = subprocess.run(
        [sys.executable, str(script), versions.__file__, str(folder)]
    )
    assert process.returncode == -signal.SIGKILL
    (left,) = folder.iterdir()
    assert (left / "saved_model.pb").is_file()
    assert versions.numbers(folder) == []
    os.utime(left, (0, 0))
    assert versions.add(folder, write).name == "1"
    assert [path.name for path in folder.iterdir()] == ["1"]


def test_an_export_that_still_runs_is_left_alone(tmp_path):
    running = tmp_path / f".tmp-{'0' * 32}"
    running.mkdir()
    versions.add(tmp_path, write)
    assert running.is_dir()


def test_others_may_read_a_version(tmp_path):
    path = versions.add(tmp_path, write)
    plain = tmp_path / "plain"
    plain.mkdir()
    assert path.stat().st_mode == plain.stat().st_mode
