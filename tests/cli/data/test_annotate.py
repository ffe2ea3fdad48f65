import json
import shutil

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


@pytest.mark.parametrize("format", ["yolo", "yolo-segmentation"])
def test_a_yolo_folder_keeps_what_a_human_said(
    productgen, photos, tmp_path, format
):
    shop = tmp_path / "shop"
    shutil.copytree(photos, shop)
    new = next((shop / "mug").iterdir()).rename(tmp_path / "new.png")
    out = tmp_path / "yolo"
    words = ["data", "annotate", shop, "--labelled", photos, "--out", out]
    words += ["--format", format]
    assert productgen(*words).exit_code == 0
    labels = sorted(out.glob("labels/*/*.txt"))
    assert len(labels) == 9 and all(path.read_text() for path in labels)
    # A triangle is said by three points, a box by four numbers.
    human = "1 0.5 0.5 0.25 0.125" + " 0.25 0.5" * (format != "yolo")
    labels[0].write_text(human)
    labels[1].write_text("")
    (shop / labels[2].relative_to(out / "labels").with_suffix(".png")).unlink()
    before = [path.read_text().split() for path in labels]
    new.rename(shop / "mug/new.png")
    result = productgen(*words)
    assert result.exit_code == 0, result.output
    after = [path.read_text().split() for path in labels]
    assert [[float(x) for x in words] for words in after] == [
        [float(x) for x in words] for words in before
    ]
    assert (out / "labels/mug/new.txt").read_text()
    assert (out / "images/mug/new.png").is_file()


def test_what_the_other_yolo_format_would_lose_is_refused(
    productgen, photos, tmp_path, no_suggester
):
    found = annotations.Annotations(directory=photos)
    found.categories = [annotations.Category(0, "mug")]
    found.pictures = [annotations.Picture(0, "mug/1.png", 64, 64)]
    found.items = [annotations.Annotation(1, 0, 0, [4, 4, 20, 30])]
    annotations.save(found, tmp_path / "yolo")
    words = ["data", "annotate", photos, "--out", tmp_path / "yolo"]
    result = productgen(*words, "--format", "yolo-segmentation")
    assert result.exit_code == 1
    assert "holds boxes" in result.stderr
    label = tmp_path / "yolo/labels/mug/1.txt"
    for line, message in (
        ("0 0.5 left\n", "labels/mug/1.txt:1, images/mug/1.png: A label"),
        ("7 0.5 0.5 0.2 0.2\n", "labels/mug/1.txt:1: category 7, not in"),
    ):
        label.write_text(line)
        result = productgen(*words)
        assert result.exit_code == 1
        assert message in result.stderr
        assert label.read_text() == line


@pytest.fixture
def no_suggester(monkeypatch):
    """Fails a test in which the suggester, which takes long, is made."""

    def make(*words):
        raise AssertionError("It was made before all was checked.")

    monkeypatch.setattr(annotations, "Suggester", make)


@pytest.mark.parametrize(
    "source, out, message",
    [
        ("empty", "a.json", "no picture file"),
        ("broken", "a.json", "1 unusable files (b.png: "),
        ("none", "a.json", "it is missing"),
        ("photos", "file/a.json", "must be writable"),
        ("photos", "folder.json", "must be writable"),
        ("photos", "file", "must be writable"),
        ("photos", "cut.json", "must be JSON"),
        ("photos", "half.json", "that are not, such as half.json: images[0]"),
        ("photos", "broken", "must have a data.yaml"),
        ("photos", "photos/yolo", "must not lie among the pictures"),
    ],
)
def test_all_is_checked_before_work(
    productgen, photos, tmp_path, no_suggester, source, out, message
):
    (tmp_path / "photos").symlink_to(photos)
    (tmp_path / "empty").mkdir()
    (tmp_path / "folder.json").mkdir()
    (tmp_path / "broken/images").mkdir(parents=True)
    (tmp_path / "broken/b.png").write_bytes(b"no picture")
    (tmp_path / "file").write_text("a file")
    (tmp_path / "cut.json").write_text('{"images": [')
    (tmp_path / "half.json").write_text('{"images": [{"id": 1}]}')
    words = ["data", "annotate", tmp_path / source, "--out", tmp_path / out]
    result = productgen(*words)
    assert result.exit_code == 1
    assert message in result.stderr


@pytest.mark.parametrize(
    "out, format",
    [
        ("fz.txt", "coco"),
        ("fz.csv", "coco"),
        ("fz.json", "jsonl"),
        ("folder", "csv"),
        ("fz.json", "yolo"),
    ],
)
def test_what_could_not_be_read_again_is_not_written(
    productgen, photos, tmp_path, no_suggester, out, format
):
    words = ["data", "annotate", photos, "--out", tmp_path / out]
    result = productgen(*words, "--format", format)
    assert result.exit_code == 1
    assert "The ending of `path` must be" in result.stderr
    assert not (tmp_path / out).exists()


def test_labelled_pictures_without_class_folders_are_named(
    productgen, photos, tmp_path
):
    words = ["data", "annotate", photos, "--out", tmp_path / "a.json"]
    result = productgen(*words, "--labelled", photos / "mug")
    assert result.exit_code == 1
    assert "in a folder for each category" in result.stderr


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
