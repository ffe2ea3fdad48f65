import json

import pytest

from keras_productgen import images
from keras_productgen import models
from keras_productgen.data import ProductCatalog
from keras_productgen.models.shipped import library


@pytest.fixture
def photos(tmp_path, monkeypatch):
    monkeypatch.setattr(library, "_DIRECTORY", tmp_path / "none")
    catalog = ProductCatalog(32, seed=3)
    for index in range(3):
        images.save(tmp_path / f"photos/{index}.png", catalog[index].image)
    (tmp_path / "photos/broken.jpg").write_bytes(b"none")
    return tmp_path / "photos"


def test_measures_filters_and_a_model(productgen, photos, tmp_path):
    model = models.DnCNN(depth=3, width=4, seed=0)
    model.save(tmp_path / "mine.keras")
    models.pack(model, tmp_path / "mine.npz", {"data": "none"})
    result = productgen(
        "evaluate", "restore", "--data", photos, "--tasks", "color",
        "--num-images", 2, "--model", tmp_path / "mine.keras",
        "--model", tmp_path / "mine.npz",
        "--json", tmp_path / "found.json", "--report", tmp_path / "found.html",
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    assert "2 pictures of" in result.stdout
    assert "broken.jpg: The file must be" in result.stderr
    found = json.loads((tmp_path / "found.json").read_text())
    methods = [score["method"] for score in found["scores"]]
    assert methods[0] == "as it is" and "shades-of-grey" in methods
    assert methods[-2:] == [
        str(tmp_path / "mine.keras"), str(tmp_path / "mine.npz"),
    ]  # fmt: skip
    assert f"{found['scores'][0]['psnr']:.2f}" in result.stdout
    assert (tmp_path / "found.html").is_file()


def test_settings_reach_the_measure(productgen, photos):
    words = ("evaluate", "restore", "--data", photos, "--tasks", "denoise")
    result = productgen(*words, "--as-files", "--luma", "--crop-size", 16)
    assert result.exit_code == 0, result.output
    assert "rounded and clipped first" in result.stdout
    assert "Of denoise the luma counts" in result.stdout
    assert "the middle 16 pixels" in result.stdout


def test_has_a_help_of_its_own(productgen):
    result = productgen("evaluate", "restore", "--help")
    assert result.exit_code == 0
    assert "evaluate restore" in result.stdout and "--as-files" in result.stdout
    assert "evaluate restore" in productgen("evaluate", "--help").stdout


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (["--tasks", "fly"], 1, "`tasks` must be out of"),
        (["--model", "none.keras"], 2, "must be a .keras or .npz file"),
        (["--num-images", "0"], 2, "num-images"),
    ],
)
def test_refuses_nonsense(productgen, photos, words, code, message):
    result = productgen("evaluate", "restore", "--data", photos, *words)
    assert result.exit_code == code
    assert message in result.stderr


def test_missing_folder_is_refused(productgen, tmp_path):
    result = productgen("evaluate", "restore", "--data", tmp_path / "no")
    assert result.exit_code == 2
    assert "must be a folder that exists" in result.stderr
