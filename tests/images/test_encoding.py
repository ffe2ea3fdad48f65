import json
import os

import numpy as np
import pytest

from keras_productgen import images
from tests.images import pictures


@pytest.mark.parametrize("suffix", ["png", "tif", "bmp"])
def test_saved_pictures_come_back_whole(tmp_path, suffix):
    image = pictures.quadrants()
    path = tmp_path / "new" / f"picture.{suffix}"
    images.save(path, image)
    np.testing.assert_array_equal(images.load(path), image)


def test_floats_are_rounded_and_clipped(tmp_path):
    image = np.array([[[-5, 1.6, 300]]], "float32")
    images.save(tmp_path / "p.png", image)
    assert images.load(tmp_path / "p.png")[0, 0].tolist() == [0, 2, 255]


def test_failed_save_leaves_the_old_picture_alone(tmp_path):
    path = tmp_path / "picture.jpg"
    images.save(path, pictures.quadrants())
    before = path.read_bytes()
    with pytest.raises(ValueError, match="must fit the format"):
        images.save(path, np.zeros((4, 4, 4), "uint8"))
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_interrupted_write_leaves_nothing_behind(tmp_path, monkeypatch):
    def interrupt(*args):
        raise KeyboardInterrupt

    monkeypatch.setattr("os.replace", interrupt)
    with pytest.raises(KeyboardInterrupt):
        images.save(tmp_path / "picture.png", pictures.quadrants())
    assert list(tmp_path.iterdir()) == []


def test_alpha_is_saved(tmp_path):
    image = np.random.default_rng(0).integers(0, 256, (5, 6, 4), "uint8")
    images.save(tmp_path / "p.png", image)
    np.testing.assert_array_equal(images.load_rgba(tmp_path / "p.png"), image)


def test_options_reach_the_format(tmp_path):
    noise = np.random.default_rng(0).integers(0, 256, (64, 64, 3), "uint8")
    images.save(tmp_path / "fine.jpg", noise)
    images.save(tmp_path / "coarse.jpg", noise, quality=10)
    sizes = [
        (tmp_path / name).stat().st_size for name in ("fine.jpg", "coarse.jpg")
    ]
    assert sizes[0] > 3 * sizes[1]


def test_png_bytes_are_a_png():
    image = pictures.quadrants()
    data = images.encode_png(image)
    assert data.startswith(b"\x89PNG")
    np.testing.assert_array_equal(images.decode(data), image)


def test_nonsense_is_refused(tmp_path):
    with pytest.raises(ValueError, match="must end in the name of a picture"):
        images.save(tmp_path / "picture.words", pictures.quadrants())
    with pytest.raises(ValueError, match="image.shape"):
        images.save(tmp_path / "picture.png", np.zeros((2, 4, 4, 3)))


def test_json_is_for_people_too_and_whole(tmp_path):
    images.write_json(tmp_path / "a/b.json", {"name": "裙子", "share": 0.5})
    text = (tmp_path / "a/b.json").read_text("utf-8")
    assert "裙子" in text and text.endswith("}\n")
    assert json.loads(text) == {"name": "裙子", "share": 0.5}
    with pytest.raises(TypeError):
        images.write_json(tmp_path / "a/b.json", {"name": object()})
    assert (tmp_path / "a/b.json").read_text("utf-8") == text
    images.write_json(tmp_path / "a/b.json", [tmp_path], default=str)
    assert json.loads((tmp_path / "a/b.json").read_text()) == [str(tmp_path)]


def test_json_holds_names_of_files_that_are_no_text(tmp_path):
    name = os.fsdecode(b"shirt-\xff.jpg")
    images.write_json(tmp_path / "report.json", {"failed": name})
    found = json.loads((tmp_path / "report.json").read_text("utf-8"))
    assert os.fsencode(found["failed"]) == b"shirt-\xff.jpg"
