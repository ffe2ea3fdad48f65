import json

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
