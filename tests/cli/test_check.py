import json

import numpy as np
import pytest

from keras_productgen import images
from tests.publishing import pictures


@pytest.fixture
def photos(tmp_path):
    grey, _ = pictures.product((520, 520), (225, 225, 225))
    images.save(tmp_path / "photos/grey.jpg", grey)
    (tmp_path / "photos/text.jpg").write_bytes(b"text")
    return tmp_path / "photos"


def test_says_what_fails_and_ends_with_one(productgen, photos, tmp_path):
    result = productgen(
        "check", photos, "--marketplace", "amazon-main",
        "--json", tmp_path / "r.json", "--html", tmp_path / "r.html",
    )  # fmt: skip
    assert result.exit_code == 1
    assert "Lay the product on RGB 255, 255, 255." in result.stdout
    assert "0 of 1 pictures pass" in result.stdout
    assert "not read on the marketplace's own page" in result.stdout
    assert "text.jpg: The file must be" in result.stderr
    assert json.loads((tmp_path / "r.json").read_text())["passed"] == 0
    assert (tmp_path / "r.html").is_file()


def test_mends_into_another_folder_and_goes_on(productgen, photos, tmp_path):
    words = (
        "check", photos / "grey.jpg", "--marketplace", "amazon-main", "--fix",
        "--out", tmp_path / "out", "--upscale",
    )  # fmt: skip
    first, second = productgen(*words), productgen(*words)
    assert first.exit_code == second.exit_code == 0, first.output
    assert "1 of 1 pictures pass" in first.stdout
    assert "1 were mended before" in second.stdout
    assert images.load(tmp_path / "out/grey.jpg").shape == (1000, 1000, 3)


def test_refuses_half_of_an_order(productgen, photos, tmp_path):
    assert productgen("check", photos, "--fix").exit_code == 2
    result = productgen("check", photos, "--marketplace", "ebay")
    assert result.exit_code == 1
    assert "must be one of" in result.stderr


def test_a_transparent_picture_is_not_mended_away(productgen, tmp_path):
    images.save(tmp_path / "trans.png", np.zeros((520, 520, 4), "uint8"))
    words = ("--fix", "--out", tmp_path / "out")
    result = productgen("check", tmp_path / "trans.png", *words)
    assert result.exit_code == 1
    assert "fully transparent" in result.stdout
    assert "0 of 1 pictures pass" in result.stdout
    assert not (tmp_path / "out/trans.png").exists()
    assert not (tmp_path / "out/trans.jpg").exists()
