import json

import pytest

from keras_productgen import images
from keras_productgen.data import ProductCatalog
from keras_productgen.data import annotations


@pytest.fixture(scope="module")
def photos(tmp_path_factory):
    """Shirts and mugs in class folders."""
    folder = tmp_path_factory.mktemp("photos")
    catalog = ProductCatalog(64, 3, ["shirt", "mug"])
    for index in range(10):
        product = catalog[index]
        name = f"{product.item.category}/{index}.png"
        images.save(folder / name, product.image)
    return folder


def test_suggests_and_keeps_what_a_human_said(productgen, photos, tmp_path):
    out = tmp_path / "annotations.json"
    words = ["data", "annotate", photos, "--labelled", photos, "--out", out]
    pages = ["--sheet", tmp_path / "s.png", "--review", tmp_path / "r.html"]
    result = productgen(*words, *pages)
    assert result.exit_code == 0, result.output
    assert "10 annotations" in result.stdout
    assert images.load(tmp_path / "s.png").shape[2] == 3
    assert "<script>" in (tmp_path / "r.html").read_text("utf-8")
    assert [path.name for path in tmp_path.glob(".*")] == []
    content = json.loads(out.read_text("utf-8"))
    first = content["annotations"][0]
    assert "category" in first["suggested"]
    first["bbox"], first["attributes"]["color"] = [1, 2, 30, 40], "#123456"
    del first["suggested"], first["segmentation"], first["area"]
    out.write_text(json.dumps(content))
    assert productgen(*words).exit_code == 0
    again = json.loads(out.read_text("utf-8"))
    assert again["annotations"][0] == first


def test_validates_and_converts(productgen, photos, tmp_path):
    found = annotations.Annotations(directory=photos)
    found.categories = [annotations.Category(0, "mug")]
    found.pictures = [annotations.Picture(0, "mug/1.png", 64, 64)]
    found.items = [annotations.Annotation(1, 0, 0, [4, 4, 20, 30])]
    file = tmp_path / "a.json"
    annotations.save(found, file)
    words = ["data", "annotate", file, "--pictures", photos]
    result = productgen(*words, "--validate")
    assert result.exit_code == 0, result.output
    assert "No problems: 1 pictures, 1 annotations" in result.stdout
    result = productgen(*words, "--convert", "--out", tmp_path / "yolo")
    assert result.exit_code == 0, result.output
    label = tmp_path / "yolo/labels/mug/1.txt"
    assert label.read_text() == "0 0.218750 0.296875 0.312500 0.468750\n"


def test_says_what_is_wrong(productgen, photos, tmp_path):
    found = annotations.Annotations(directory=photos)
    found.pictures = [annotations.Picture(0, "mug/1.png", 64, 64)]
    found.items = [annotations.Annotation(8, 0, 5, [4, 4, 200, 30])]
    file = tmp_path / "a.json"
    annotations.save(found, file)
    words = ["data", "annotate", file, "--pictures", photos, "--validate"]
    result = productgen(*words)
    assert result.exit_code == 1
    assert "2 problems" in result.stderr
    assert "annotation 8" in result.stderr


def test_asks_for_something_to_do(productgen, photos):
    result = productgen("data", "annotate", photos)
    assert result.exit_code == 1
    assert "must be an --out" in result.stderr
