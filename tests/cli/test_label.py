import pytest

from keras_productgen import images
from tests.publishing import pictures


@pytest.fixture
def photos(tmp_path):
    picture, _ = pictures.product((200, 200), share=0.7)
    images.save(tmp_path / "photos/a.jpg", picture)
    (tmp_path / "photos/text.jpg").write_bytes(b"text")
    return tmp_path / "photos"


def label(productgen, photos, out, *words):
    return productgen(
        "label", photos, "--out", out, "--source-type",
        "trainedAlgorithmicMedia", "--producer", "Shop", *words,
    )  # fmt: skip


def test_labels_and_reads_back(productgen, photos, tmp_path):
    out = tmp_path / "out"
    words = ("--aigc", "007", "--edit", "recolor", "--seed", "5")
    result = label(productgen, photos, out, *words)
    assert result.exit_code == 0, result.output
    assert "1 pictures labelled" in result.stdout
    assert "text.jpg: The file must be" in result.stderr
    again = label(productgen, photos, out, *words)
    assert "0 pictures labelled, 1 were already" in again.stdout
    read = productgen("label", "verify", out / "a.jpg")
    assert read.exit_code == 0, read.output
    for line in (
        "source type:      trainedAlgorithmicMedia",
        "producer:         Shop",
        "edits:            recolor",
        "same pixels:      yes",
    ):
        assert line in read.stdout
    assert "ContentProducer 007" in read.stdout


def test_a_changed_picture_ends_with_one(productgen, photos, tmp_path):
    label(productgen, photos, tmp_path / "out")
    picture = images.load(tmp_path / "out/a.jpg")
    picture[100:] = 0
    images.save(tmp_path / "out/a.jpg", picture)
    read = productgen("label", "verify", tmp_path / "out/a.jpg")
    assert read.exit_code == 1
    assert "The pixels are not those that were labelled." in read.stderr


def test_unlabelled_pictures_end_with_one(productgen, photos):
    read = productgen("label", "verify", photos / "a.jpg")
    assert read.exit_code == 1
    assert "The picture has no label." in read.stderr


def test_refuses_other_source_types(productgen, photos, tmp_path):
    result = productgen(
        "label", photos, "--out", tmp_path / "o", "--source-type", "handmade"
    )
    assert result.exit_code == 1
    assert "`source_type` must be one of" in result.stderr
