import json

import pytest
import tensorflow as tf

from keras_productgen.cli import export as verb
from keras_productgen.export import ExportCheck


def test_exports_the_next_version(productgen, plain_file, tmp_path):
    directory = tmp_path / "saved_models" / "plain"
    for number in ("1", "2"):
        result = productgen("export", plain_file, directory, "--keep", 1)
        assert result.exit_code == 0, result.output
        assert f"Version {number}" in result.stdout
    assert [path.name for path in directory.iterdir()] == ["2"]
    assert (directory / "2" / "saved_model.pb").is_file()


def test_a_file_in_place_of_the_directory_fails(
    productgen, plain_file, tmp_path
):
    (tmp_path / "taken").write_text("")
    result = productgen("export", plain_file, tmp_path / "taken")
    assert result.exit_code == 1
    assert "`directory` must be a folder" in result.stderr


@pytest.mark.parametrize(
    "words, message",
    [
        (["--format", "tflite"], "`formats` must be out of"),
        (["--signatures", "restore"], "`signatures` must be out of"),
        (["--value-range", "dark"], "two numbers"),
    ],
)
def test_words_it_does_not_know_fail(
    productgen, plain_file, tmp_path, words, message
):
    result = productgen("export", plain_file, tmp_path / "new", *words)
    assert result.exit_code != 0
    assert message in result.stderr
    assert not any(tmp_path.glob("new/*"))


def test_the_largest_picture_is_that_of_the_flag(productgen, tmp_path):
    from keras_productgen import models

    file, version = tmp_path / "m.keras", tmp_path / "m" / "1"
    models.DnCNN(depth=3, width=2).save(file)
    words = ["--max-pixels", 20, "--signatures", "restore"]
    result = productgen("export", file, tmp_path / "m", *words)
    assert result.exit_code == 0, result.output
    function = tf.saved_model.load(str(version)).signatures["describe"]
    (text,) = function(format=tf.ones([1], tf.int32))["description"].numpy()
    assert json.loads(text)["max_pixels"] == 20
    # A SavedModel stays what it is.
    again = productgen("export", version, tmp_path / "n", *words[:2])
    assert again.exit_code == 1
    assert "`max_pixels` and `value_range` are for Keras" in again.stderr


def test_a_model_that_is_not_there_fails_and_names_those_that_are(
    productgen, tmp_path
):
    result = productgen("export", "absent.keras", tmp_path / "new")
    assert result.exit_code == 1
    assert "denoise" in result.stderr


def test_the_table_says_size_difference_loss_and_speed():
    check = ExportCheck("litert", "m.tflite", 1234.5, 0.5, 0.1, 0.25, 5.0, 10.0)
    table = verb._table([check])
    cells = [next(iter(column.cells)) for column in table.columns]
    assert cells == ["litert", "m.tflite", "1,234", "0.5", "0.1", "+0.250 dB",
        "5.0", "x2.00"]  # fmt: skip


@pytest.mark.slow
def test_formats_are_exported_and_shown(productgen, plain_file, tmp_path):
    result = productgen(
        "export", plain_file, tmp_path / "new", "--format",
        "saved-model,litert", "--table",
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    assert "new-litert.tflite" in result.stdout
    assert (tmp_path / "new" / "1").is_dir()
