import json
import pathlib

import pytest

from keras_productgen import images
from keras_productgen import publishing
from keras_productgen.cli.studio_shot import parse_background
from keras_productgen.cli.studio_shot import parse_restore
from tests.pipeline.studio_shot.conftest import photo_of

QUICK = ["--restore", "none", "--no-gate", "--size", "96"]


@pytest.fixture
def photos(tmp_path):
    images.save(tmp_path / "photos/a.png", photo_of((60, 50, 38, 22)))
    images.save(tmp_path / "photos/wall.png", photo_of())
    (tmp_path / "photos/broken.jpg").write_bytes(b"none")
    return tmp_path / "photos"


def test_shoots_a_folder_and_goes_on(productgen, photos, tmp_path):
    out = tmp_path / "shop"
    words = ["studio-shot", photos, "--out", out, "--marketplace", "none"]
    words += QUICK
    first, second = productgen(*words), productgen(*words)
    assert first.exit_code == second.exit_code == 0, first.output
    assert "1 pictures made, 1 photos rejected:" in first.stdout
    assert "1 photos rejected, 2 were done before" in second.stdout
    assert "wall.png: no product" in first.stdout
    assert "broken.jpg: The file must be" in first.stderr
    assert (out / "report.html").is_file() and (out / "sheet.png").is_file()
    made = images.load(out / "a.png")
    assert made.shape == (96, 96, 3) and (made[0, 0] == 255).all()


def test_what_is_typed_is_done(productgen, photos, tmp_path):
    out = tmp_path / "shop"
    result = productgen(
        *["studio-shot", photos / "a.png", "--out", out],
        *["--marketplace", "none", "--background", "#ffffff,#808080"],
        *["--shadow", "none", "--no-label", "--no-straighten", *QUICK],
    )
    assert result.exit_code == 0, result.output
    beside = json.loads((out / "a.png.json").read_text())
    assert "record" not in beside
    stages = {s["name"]: s for s in beside["notes"]["stages"]}
    assert stages["background"]["method"] == "gradient"
    assert stages["shadow"]["method"] == "left out"
    assert stages["straighten"]["settings"]["angle"] == 0.0


def test_marks_and_chinas_label_are_options(productgen, photos, tmp_path):
    out = tmp_path / "shop"
    result = productgen(
        *["studio-shot", photos / "a.png", "--out", out],
        *["--marketplace", "none", "--aigc", "007", "--visible", *QUICK],
    )
    assert result.exit_code == 0, result.output
    found = publishing.verify(out / "a.png")
    assert found.aigc["ContentProducer"] == "007" and not found.problems
    assert found.record["marks"] == {"visible": True, "hidden": False}


def test_a_folder_of_another_verb_is_left_alone(productgen, photos, tmp_path):
    out = tmp_path / "out"
    edit = ["edit", photos, "--out", out, "--steps", "adjust_gamma=0.8"]
    assert productgen(*edit).exit_code == 0
    before = {path: path.read_bytes() for path in out.iterdir()}
    result = productgen("studio-shot", photos, "--out", out, *QUICK)
    assert result.exit_code == 1 and "another report.json" in result.output
    assert {path: path.read_bytes() for path in out.iterdir()} == before


def test_nothing_made_is_a_failure(productgen, photos, tmp_path):
    out = tmp_path / "shop"
    words = ["studio-shot", photos / "wall.png", "--out", out, *QUICK]
    result = productgen(*words)
    assert result.exit_code == 1 and "no product" in result.stdout


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--background", "nothing like it"], "`background` must be a colour"),
        (["--shadow", "long"], "`shadow` must be one of"),
        (["--marketplace", "moon"], "The profile must be one of"),
        (["--restore", "polish"], "`tasks` must be out of"),
        (
            ["--marketplace", "amazon-main", "--background", "red"],
            "`background` must be (255, 255, 255)",
        ),
    ],
)
def test_refuses_what_cannot_be_done(
    productgen, photos, tmp_path, words, message
):
    out = tmp_path / "shop"
    result = productgen("studio-shot", photos, "--out", out, *words)
    assert result.exit_code == 1 and message in result.output
    assert not out.exists()


def test_backgrounds_are_read_as_they_are_typed(tmp_path):
    images.save(tmp_path / "room.png", photo_of())
    assert parse_background("white") == "white"
    assert parse_background("#fff, #d0d0d0") == ("#fff", "#d0d0d0")
    assert parse_background("7") == 7
    assert parse_background("None") is None
    room = parse_background(str(tmp_path / "room.png"))
    assert room == pathlib.Path(tmp_path / "room.png")


def test_restoration_is_read_as_it_is_typed():
    assert parse_restore("auto") == "auto"
    assert parse_restore("none") is None
    assert parse_restore("denoise,upscale=2") == ["denoise", "upscale_2"]
