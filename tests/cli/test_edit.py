import json

import numpy as np
import pytest

from keras_productgen import editing
from keras_productgen import images
from keras_productgen.pipeline.edits.steps import EDITS

STEPS = "adjust_gamma=0.7, unsharp_mask(1.5, halo_limit=4)"


@pytest.fixture
def photos(tmp_path):
    picture = np.random.default_rng(0).integers(0, 99, (12, 20, 3), "uint8")
    images.save(tmp_path / "photos/a.png", picture)
    images.save(tmp_path / "photos/tops/b.png", picture)
    (tmp_path / "photos/broken.jpg").write_bytes(b"none")
    return tmp_path / "photos"


def test_edits_a_folder_and_goes_on(productgen, photos, tmp_path):
    words = ("edit", photos, "--out", tmp_path / "out", "--steps", STEPS)
    first, second = productgen(*words), productgen(*words)
    assert first.exit_code == second.exit_code == 0, first.output
    assert "2 photos edited, 0 were there already" in first.stdout
    assert "0 photos edited, 2 were there already" in second.stdout
    assert "broken.jpg: The file must be" in first.stderr
    expected = editing.unsharp_mask(
        editing.adjust_gamma(images.load(photos / "a.png"), 0.7),
        1.5,
        halo_limit=4,
    )
    made = images.load(tmp_path / "out/tops/b.png")
    np.testing.assert_array_equal(made, expected)
    report = json.loads((tmp_path / "out/report.json").read_text())
    assert list(report["failed"]) == ["broken.jpg"]
    assert (tmp_path / "out/sheet.png").is_file()


def test_help_lists_all_edits_with_their_settings(productgen):
    result = productgen("edit", "--help")
    assert result.exit_code == 0
    for name in EDITS:
        assert f"{name}(" in result.stdout
    assert "halo_limit=None" in result.stdout


@pytest.mark.parametrize(
    ("steps", "message"),
    [
        ("fly", "`steps` must be out of"),
        ("adjust_gamma", "A step must be as adjust_gamma(gamma"),
        ("adjust_gamma(0.8, speed=2)", "unexpected keyword argument 'speed'"),
        ("", "`steps` must be one or more"),
    ],
)
def test_refuses_what_is_no_step(productgen, photos, tmp_path, steps, message):
    out = tmp_path / "out"
    result = productgen("edit", photos, "--out", out, "--steps", steps)
    assert result.exit_code == 1 and message in result.output
    assert not out.exists()


def test_nothing_edited_is_a_failure(productgen, photos, tmp_path):
    result = productgen(
        "edit", photos, "--out", tmp_path / "out", "--steps", "adjust_gamma=-1"
    )
    assert result.exit_code == 1
    assert "`gamma` must be a finite number" in result.stderr
