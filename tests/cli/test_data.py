import json

import numpy as np

from keras_productgen import images


def test_renders_products_with_masks(productgen, tmp_path):
    result = productgen(
        "data", "render", tmp_path, "--num", 5, "--image-size", 16, "--masks"
    )
    assert result.exit_code == 0, result.output
    lines = (tmp_path / "manifest.jsonl").read_text("utf-8").splitlines()
    files = [json.loads(line)["file"] for line in lines]
    assert len(files) == 5
    for file in files:
        assert images.load(tmp_path / file).shape == (16, 16, 3)
        assert (tmp_path / "masks" / file).is_file()
    assert not (tmp_path / "depth").exists()


def test_refuses_to_mix_two_catalogues(productgen, tmp_path):
    words = ["data", "render", tmp_path, "--num", 2, "--image-size", 16]
    assert productgen(*words).exit_code == 0
    result = productgen(*words, "--seed", 1)
    assert result.exit_code == 1
    assert "same catalogue" in result.stderr


def test_inspect_names_classes_and_bad_files(productgen, tmp_path):
    generator = np.random.default_rng(0)
    for name in ("hat/1.png", "hat/2.png", "dress/1.png"):
        picture = generator.integers(0, 256, (12, 10, 3)).astype("uint8")
        images.save(tmp_path / "photos" / name, picture)
    (tmp_path / "photos/hat/broken.jpg").write_bytes(b"no picture")
    report = tmp_path / "report.json"
    result = productgen(
        "data", "inspect", tmp_path / "photos", "--json", report
    )
    assert result.exit_code == 0, result.output
    assert "3 pictures" in result.stdout
    assert "1 skipped" in result.stdout
    assert "hat/broken.jpg" in result.stdout
    saved = json.loads(report.read_text())
    assert saved["classes"] == {"dress": 1, "hat": 2}
