import keras
import numpy as np
import pytest

from keras_productgen import images
from keras_productgen import models
from keras_productgen import publishing
from keras_productgen.models.networks import weights_digest


def pictures_in(folder):
    return sorted(path.name for path in folder.glob("*.png"))


def test_writes_pictures_and_a_sheet_beside_them(
    productgen, plain_file, tmp_path
):
    out = tmp_path / "new"
    result = productgen(
        "generate", plain_file, "--out", out, "--num", 3, "--seed", 5
    )
    assert result.exit_code == 0, result.output
    names = [f"seed-5-0000{k}.png" for k in range(3)]
    assert pictures_in(out) == names
    # In the folder it would be taken for a picture of the model.
    assert pictures_in(tmp_path) == ["new.png"]
    besides = sorted(path.name for path in out.glob("*.json"))
    assert besides == [f"{name}.json" for name in names]
    expected = keras.saving.load_model(plain_file).generate(3, seed=5)
    for name, picture in zip(names, expected):
        found = images.load(out / name)
        np.testing.assert_array_equal(found, images.to_uint8(picture))


def test_a_later_picture_of_a_seed_can_be_made_alone(
    productgen, plain_file, tmp_path
):
    productgen("generate", plain_file, "--out", tmp_path / "all", "--num", 3)
    productgen(
        "generate", plain_file, "--out", tmp_path / "one", "--num", 1,
        "--first", 2,
    )  # fmt: skip
    name = "seed-0-00002.png"
    together = images.load(tmp_path / "all" / name).astype("int")
    alone = images.load(tmp_path / "one" / name)
    assert np.abs(together - alone).max() <= 1


def test_pictures_say_what_made_them(productgen, conditional_file, tmp_path):
    words = [
        "generate", conditional_file, "--num", 2, "--seed", 7, "--first", 3,
        "--category", "hat", "--color", "#ff0033", "--out",
    ]  # fmt: skip
    assert (
        productgen(*words, tmp_path / "new", "--producer", "S").exit_code == 0
    )
    model = keras.saving.load_model(conditional_file)
    for path, index in (("new/seed-7-00004.png", 4), ("new.png", 3)):
        found = publishing.verify(tmp_path / path)
        assert found.source_type == "trainedAlgorithmicMedia"
        assert found.same_pixels and found.same_file and not found.problems
        record = found.record["record"]
        assert record["seed"] == 7 and record["producer"] == "S"
        assert record["model"] == {
            "name": "model.keras", "sha256": weights_digest(model),
        }  # fmt: skip
        assert record["edits"][0] == {
            "name": "generate",
            "index": index,
            "conditions": {"category": "hat", "color": [1.0, 0.0, 0.2]},
        }
    before = (tmp_path / "new/seed-7-00004.png").read_bytes()
    again = productgen(*words, tmp_path / "new", "--producer", "S", "--force")
    assert again.exit_code == 0
    assert (tmp_path / "new/seed-7-00004.png").read_bytes() == before
    assert productgen(*words, tmp_path / "bare", "--no-label").exit_code == 0
    found = publishing.verify(tmp_path / "bare/seed-7-00004.png")
    assert not found.labelled and not found.problems


def test_pictures_are_marked_as_asked(productgen, tmp_path):
    file = tmp_path / "model.keras"
    models.DCGAN(image_size=64, latent_dim=4, width=4).save(file)
    words = ["generate", file, "--num", 1, "--seed", 3, "--out"]
    plain = tmp_path / "plain"
    assert productgen(*words, plain).exit_code == 0
    marked = tmp_path / "marked"
    done = productgen(*words, marked, "--aigc", "001191310000", "--visible")
    assert done.exit_code == 0, done.output
    name = "seed-3-00000.png"
    for path in (marked / name, tmp_path / "marked.png"):
        found = publishing.verify(path)
        assert found.aigc["ContentProducer"] == "001191310000"
        assert found.same_pixels and found.same_file
    assert publishing.verify(plain / name).aigc is None
    pixels, others = images.load(plain / name), images.load(marked / name)
    assert (pixels != others).any()


def test_marks_are_parts_of_a_label(productgen, plain_file, tmp_path):
    done = productgen(
        "generate", plain_file, "--out", tmp_path / "new", "--no-label",
        "--visible",
    )  # fmt: skip
    assert done.exit_code == 2 and "--no-label" in done.output
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("option", ["--aigc", "--watermark-key"])
def test_an_empty_mark_is_no_mark(option, productgen, plain_file, tmp_path):
    """As of a variable that is not set."""
    out = tmp_path / "new"
    done = productgen("generate", plain_file, "--out", out, option, "")
    assert done.exit_code == 2 and option in done.output
    assert not out.exists()


def test_small_pictures_have_no_room_for_a_hidden_mark(
    productgen, plain_file, tmp_path
):
    out = tmp_path / "new"
    done = productgen(
        "generate", plain_file, "--out", out, "--watermark-key", "k"
    )
    assert done.exit_code == 2 and "--watermark-key" in done.output
    assert "128" in done.output and not out.exists()


def test_what_has_a_natural_value_need_not_be_asked_for(
    productgen, conditional_file, tmp_path, monkeypatch
):
    from keras_productgen.models import default_conditions

    words = ["generate", conditional_file, "--num", 1, "--color", "red"]
    refused = productgen(*words, "--out", tmp_path / "a.png")
    assert refused.exit_code == 2
    assert "--category" in refused.stderr
    monkeypatch.setitem(default_conditions.VALUES, "category", "hat")
    made = productgen(*words, "--out", tmp_path / "b.png")
    assert made.exit_code == 0, made.output
    productgen(*words, "--category", "hat", "--out", tmp_path / "c.png")
    productgen(*words, "--category", "dress", "--out", tmp_path / "d.png")
    default, hat, dress = (images.load(tmp_path / f"{k}.png") for k in "bcd")
    np.testing.assert_array_equal(default, hat)
    assert (hat != dress).any()
    # What nobody asked for stands in the record all the same.
    found = publishing.verify(tmp_path / "b.png").record["record"]
    assert found["edits"][0]["conditions"]["category"] == "hat"


def test_conditions_reach_the_model(productgen, conditional_file, tmp_path):
    out = tmp_path / "sheet.png"
    result = productgen(
        "generate", conditional_file, "--out", out, "--num", 2,
        "--category", "hat", "--color", "#ff0033",
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    assert pictures_in(tmp_path) == ["sheet.png"]
    model = keras.saving.load_model(conditional_file)
    expected = model.generate(
        2, seed=0, conditions={"category": 1, "color": (1.0, 0.0, 0.2)}
    )
    sheet = images.grid((expected + 1.0) * 127.5)
    np.testing.assert_array_equal(images.load(out), sheet)


def test_says_which_conditions_are_missing(
    productgen, conditional_file, tmp_path
):
    out = tmp_path / "sheet.png"
    words = ["generate", conditional_file, "--out", out]
    result = productgen(*words)
    assert result.exit_code == 2
    assert "--category, --color" in result.stderr
    result = productgen(*words, "--category", "hat")
    assert "--color" in result.stderr and "--category" not in result.stderr
    assert not out.exists()


def test_says_which_categories_there_are(
    productgen, conditional_file, tmp_path
):
    result = productgen(
        "generate", conditional_file, "--out", tmp_path, "--category", "sock",
        "--color", "#000000",
    )  # fmt: skip
    assert result.exit_code == 1
    assert "['dress', 'hat']" in result.stderr


def test_never_overwrites_unless_forced(productgen, plain_file, tmp_path):
    out = tmp_path / "sheet.png"
    out.write_bytes(b"precious")
    words = ["generate", plain_file, "--out", out, "--num", 1]
    refused = productgen(*words)
    assert refused.exit_code == 1
    assert "--force" in refused.stderr
    assert out.read_bytes() == b"precious"
    assert productgen(*words, "--force").exit_code == 0
    beside = tmp_path / "sheet.png.json"
    beside.write_text("precious")
    out.unlink()
    assert productgen(*words).exit_code == 1
    assert beside.read_text() == "precious"
    assert productgen(*words, "--force").exit_code == 0
    assert images.load(out).shape == (12, 12, 3)


def test_a_model_that_is_not_there_is_wrong_usage(productgen, tmp_path):
    result = productgen("generate", tmp_path / "no.keras", "--out", tmp_path)
    assert result.exit_code == 2
    assert "no.keras" in result.stderr


def test_refuses_a_file_that_is_no_model(productgen, tmp_path):
    path = tmp_path / "photo.keras"
    path.write_bytes(b"no archive")
    result = productgen("generate", path, "--out", tmp_path / "new")
    assert result.exit_code == 1
    assert "damaged or of another kind" in " ".join(result.stderr.split())


def test_refuses_a_model_of_another_kind(productgen, tmp_path):
    path = tmp_path / "other.keras"
    keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)]).save(path)
    result = productgen("generate", path, "--out", tmp_path / "new")
    assert result.exit_code == 1
    assert "must hold a GAN" in result.stderr


def test_styles_can_be_truncated(productgen, plain_file, tmp_path):
    path = tmp_path / "style.keras"
    model = models.StyleGAN2(8, latent_dim=4, width=4, mapping_layers=1, seed=0)
    model.save(path)
    sheet = tmp_path / "sheet.png"
    words = ["--out", sheet, "--num", 2, "--truncation", 0.5]
    result = productgen("generate", path, *words)
    assert result.exit_code == 0, result.output
    expected = images.grid(model.generate(2, seed=0, truncation=0.5))
    np.testing.assert_allclose(images.load(sheet), expected, atol=1)
    result = productgen("generate", plain_file, *words, "--force")
    assert result.exit_code == 2
    assert "Received: a DCGAN" in " ".join(result.output.split())


def test_a_packed_model_and_a_shipped_one_are_made_by_name(
    productgen, conditional_file, tmp_path
):
    packed = tmp_path / "small.npz"
    models.pack(keras.saving.load_model(conditional_file), packed, {})
    words = ["--num", 2, "--category", "hat", "--color", "red"]
    result = productgen("generate", packed, "--out", tmp_path / "a.png", *words)
    assert result.exit_code == 0, result.output
    result = productgen("generate", "shoes", "--out", tmp_path / "b.png")
    assert result.exit_code == 2
    text = " ".join(result.output.replace("│", " ").split())
    assert f"out of {list(models.shipped_models())}" in text
