import json

import numpy as np
import pytest
from PIL import Image

from keras_productgen import images
from keras_productgen.cli.restore import parse_tasks

TASKS = "denoise,low-light,upscale=2"


@pytest.fixture
def photos(tmp_path):
    picture = np.random.default_rng(0).integers(0, 99, (12, 20, 3), "uint8")
    images.save(tmp_path / "photos/a.png", picture)
    images.save(tmp_path / "photos/tops/b.png", picture)
    (tmp_path / "photos/broken.jpg").write_bytes(b"none")
    return tmp_path / "photos"


def test_tasks_are_read_as_they_are_typed():
    assert parse_tasks("denoise, low-light,upscale=2,") == [
        "denoise", "low_light", "upscale_2",
    ]  # fmt: skip


def test_restores_a_folder_and_goes_on(productgen, photos, tmp_path):
    words = (
        "restore", photos, "--out", tmp_path / "out", "--tasks", TASKS,
        "--classical",
    )  # fmt: skip
    first, second = productgen(*words), productgen(*words)
    assert first.exit_code == second.exit_code == 0, first.output
    assert "2 photos restored, 0 were there already" in first.stdout
    assert "0 photos restored, 2 were there already" in second.stdout
    assert "low_light: classical white-point" in first.stdout
    assert "broken.jpg: The file must be" in first.stderr
    with Image.open(tmp_path / "out/tops/b.png") as made:
        assert made.size == (40, 24)
    report = json.loads((tmp_path / "out/report.json").read_text())
    assert list(report["failed"]) == ["broken.jpg"]
    assert (tmp_path / "out/sheet.png").is_file()


def test_says_where_a_filter_stands_for_a_model(
    productgen, photos, tmp_path, monkeypatch
):
    from keras_productgen.models.shipped import library

    monkeypatch.setattr(library, "_DIRECTORY", tmp_path / "none")
    result = productgen(
        "restore", photos, "--out", tmp_path / "out", "--tasks", "jpeg",
        "--format", "webp",
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    assert "bilateral, for its model does not come along" in result.stdout
    assert (tmp_path / "out/a.webp").is_file()


def test_nothing_restored_is_a_failure(productgen, photos, tmp_path):
    result = productgen(
        "restore", photos / "broken.jpg", "--out", tmp_path / "out",
        "--classical",
    )  # fmt: skip
    assert result.exit_code == 1
    assert "0 photos restored" in result.stdout


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (["--tasks", "fly"], 1, "`tasks` must be out of"),
        (["--tasks", "upscale=7"], 1, "upscale_7"),
        (["--format", "gif"], 1, "`picture_format` must be one of"),
        (["--tile-size", "0"], 2, "tile-size"),
    ],
)
def test_refuses_nonsense(productgen, photos, tmp_path, words, code, message):
    result = productgen(
        "restore", photos, "--out", tmp_path / "o", "--classical", *words
    )
    assert result.exit_code == code
    assert message in result.stderr
    assert not (tmp_path / "o").exists()


def test_photos_that_are_not_there_and_results_among_them_are_refused(
    productgen, photos
):
    result = productgen("restore", photos / "no", "--out", photos)
    assert result.exit_code == 2 and "must exist" in result.stderr
    result = productgen("restore", photos, "--out", photos, "--classical")
    assert result.exit_code == 1 and "outside of the photos" in result.stderr
