import json

import numpy as np
from PIL import Image

from keras_productgen import images


def test_turns_a_product_of_the_catalogue(productgen, tmp_path):
    out = tmp_path / "bottle.gif"
    result = productgen(
        "turntable", "catalog", "--item", 10, "--angles", 3, "--size", 32,
        "--out", out,
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    assert f"3 frames: {out}" in result.stdout
    with Image.open(out) as film:
        assert film.n_frames == 3 and film.size == (32, 32)


def test_turns_photos_and_names_those_left_out(productgen, tmp_path):
    for number in range(3):
        picture = np.zeros((90, 90, 4), "uint8")
        picture[20:70, 30 : 50 + number] = (150, 40, 30, 255)
        images.save(tmp_path / f"in/v{number}.png", picture)
    (tmp_path / "in/v9.png").write_bytes(b"none")
    result = productgen(
        "turntable", tmp_path / "in", "--size", 32, "--out", tmp_path / "out"
    )
    assert result.exit_code == 0, result.output
    assert "v9.png" in result.stderr
    facts = json.loads((tmp_path / "out/frames.json").read_text())
    assert facts["frames"] == 3


def test_refuses_a_generator_without_views(
    productgen, conditional_file, tmp_path
):
    result = productgen(
        "turntable", conditional_file, "--out", tmp_path / "x.gif"
    )
    assert result.exit_code == 1
    assert "'view_angle'" in result.stderr
    assert not (tmp_path / "x.gif").exists()


def test_writes_over_nothing_unless_told(productgen, tmp_path):
    (tmp_path / "x.gif").write_bytes(b"mine")
    result = productgen("turntable", "catalog", "--out", tmp_path / "x.gif")
    assert result.exit_code == 1 and "--force" in result.stderr
    assert (tmp_path / "x.gif").read_bytes() == b"mine"


def test_help_shows_examples(productgen):
    result = productgen("turntable", "--help")
    assert "productgen turntable catalog --item 10" in result.stdout
