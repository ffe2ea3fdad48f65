import json

import numpy as np
import pytest

from keras_productgen import data
from keras_productgen import images
from keras_productgen import models


@pytest.fixture(scope="module")
def photo(tmp_path_factory):
    catalog = data.ProductCatalog(64, seed=3, attributes={"pattern": "plain"})
    product = catalog[1]
    folder = tmp_path_factory.mktemp("photos")
    images.save(folder / "shirt.png", product.image)
    images.save(folder.parent / "mask.png", product.mask)
    return folder / "shirt.png"


def test_makes_the_colors_and_styles_of_a_photo(productgen, photo, tmp_path):
    result = productgen(
        "variants", photo, "--out", tmp_path, "--color", "Navy",
        "--color", "ocean=#1f4e79", "--color", "#aa3344", "--style", "retro",
        "--mask", photo.parent.parent / "mask.png",
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    manifest = json.loads((tmp_path / "manifest.json").read_text())
    names = [row["name"] for row in manifest["variants"]]
    assert names == ["navy", "ocean", "aa3344", "retro"]
    assert manifest["parameters"]["colors"]["ocean"] == pytest.approx(
        [0x1F / 255, 0x4E / 255, 0x79 / 255]
    )
    assert (tmp_path / "ocean.png").is_file()
    assert f"4 variants: {tmp_path}/sheet.png" in result.stdout


def test_names_what_is_not_good_enough(productgen, tmp_path):
    noise = np.random.default_rng(0).integers(0, 256, (48, 48, 3), "uint8")
    images.save(tmp_path / "noise.png", noise)
    result = productgen(
        "variants", tmp_path / "noise.png", "--out", tmp_path / "out",
        "--color", "red",
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    assert "red: not good enough by" in result.stdout
    assert "mask_confidence" in result.stdout


def test_a_folder_is_taken_up_again(productgen, photo, tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in/broken.png").write_bytes(b"none")
    (tmp_path / "in/shirt.png").write_bytes(photo.read_bytes())
    words = (
        "variants", tmp_path / "in", "--out", tmp_path / "out",
        "--color", "teal",
    )  # fmt: skip
    first, second = productgen(*words), productgen(*words)
    assert first.exit_code == second.exit_code == 0, first.output
    assert "1 photos made, 0 were there already" in first.stdout
    assert "0 photos made, 1 were there already" in second.stdout
    assert "broken.png: The file must be" in first.stderr


def test_patterns_come_from_a_trained_model(productgen, photo, tmp_path):
    models.StarGAN(
        {"pattern": ["plain", "stripes"]}, image_size=16, width=4,
        num_blocks=1, discriminator_layers=2,
    ).save(tmp_path / "star.keras")  # fmt: skip
    result = productgen(
        "variants", photo, "--out", tmp_path / "out", "--pattern", "stripes",
        "--model", tmp_path / "star.keras",
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    assert (tmp_path / "out/stripes.png").is_file()


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--color", "nocolor"], "must be a name such as navy"),
        (["--pattern", "stripes"], "need a `model`"),
        ([], "at least one colour"),
    ],
)
def test_refuses_nonsense(productgen, photo, tmp_path, words, message):
    result = productgen("variants", photo, "--out", tmp_path / "o", *words)
    assert result.exit_code != 0
    assert message in result.stderr
    assert not (tmp_path / "o").exists()
