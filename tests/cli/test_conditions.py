import numpy as np
import pytest

from keras_productgen import images
from keras_productgen import models
from keras_productgen.cli.conditions import split_labels
from keras_productgen.cli.conditions import spread_conditions


@pytest.fixture(scope="module")
def model():
    return models.ConditionalGAN(
        labels={"attributes": ["striped", "long sleeve", "hood"]},
        image_size=8, latent_dim=4, width=4, seed=0,
    )  # fmt: skip


def test_labels_are_written_with_commas(model):
    for text, labels in (
        ("striped", ["striped"]),
        ("striped, long sleeve", ["striped", "long sleeve"]),
        ("", []),
    ):
        conditions = split_labels(model, {"attributes": text, "other": "a,b"})
        assert conditions == {"attributes": labels, "other": "a,b"}
    numbers = {"attributes": [0, 1, 0]}
    assert split_labels(model, numbers) == numbers


def test_labels_to_show_take_turns(model):
    rows = spread_conditions(model, 4)["attributes"]
    np.testing.assert_array_equal(rows, np.eye(3)[[0, 1, 2, 0]])
    assert model.generate(4, 0, {"attributes": rows}).shape == (4, 8, 8, 3)


def test_labels_reach_the_model(model, productgen, tmp_path):
    model.save(tmp_path / "model.keras")
    result = productgen(
        "generate", tmp_path / "model.keras", "--out", tmp_path / "one.png",
        "--num", 1, "--condition", "attributes=hood,long sleeve",
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    result = productgen(
        "generate", tmp_path / "model.keras", "--out", tmp_path / "two.png",
        "--num", 1, "--condition", "attributes=[0, 1, 1]",
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    one, two = (tmp_path / f"{name}.png" for name in ("one", "two"))
    # Their records differ, which say what was typed.
    np.testing.assert_array_equal(images.load(one), images.load(two))


def test_unknown_labels_are_named(model, productgen, tmp_path):
    model.save(tmp_path / "model.keras")
    result = productgen(
        "generate", tmp_path / "model.keras", "--out", tmp_path / "one.png",
        "--condition", "attributes=hood,stripy",
    )  # fmt: skip
    assert result.exit_code == 1
    assert "stripy" in result.stderr
    assert "some of" in result.stderr
