import json

import numpy as np
import pytest

from keras_productgen import images
from keras_productgen.pipeline.try_on import draw_mannequin


@pytest.fixture
def photos(tmp_path):
    """A skirt and a figure, with the figure's mask and points."""
    rows, columns = np.mgrid[:120, :120]
    inside = (rows >= 20) & (rows <= 90)
    inside &= np.abs(columns - 60) <= 20 + (rows - 20) / 3
    skirt = np.full((120, 120, 4), 250, "uint8")
    skirt[inside] = (30, 60, 150, 255)
    skirt[~inside, 3] = 0
    figure = draw_mannequin(240)
    images.save(tmp_path / "skirt.png", skirt)
    images.save(tmp_path / "anna.png", figure.image)
    images.save(tmp_path / "mask.png", figure.mask)
    points = {name: list(at) for name, at in figure.points.items()}
    (tmp_path / "points.json").write_text(json.dumps({"person": points}))
    return tmp_path


def words(photos, *more):
    return (
        "try-on", photos / "skirt.png", photos / "anna.png", "--out",
        photos / "shown.png", "--category", "skirt", "--person-mask",
        photos / "mask.png", *more,
    )  # fmt: skip


def test_writes_a_preview_and_says_who_gave_the_points(productgen, photos):
    result = productgen(*words(photos, "--points", photos / "points.json"))
    assert result.exit_code == 0, result.output
    assert "2D preview" in result.stdout
    before, after = (
        images.load(photos / name) for name in ("anna.png", "shown.png")
    )
    assert before.shape == after.shape and (before != after).any()
    beside = json.loads((photos / "shown.png.json").read_text())
    by = {at["by"] for at in beside["notes"]["person_points"].values()}
    assert by == {"user"}
    parents = [each["file"] for each in beside["record"]["parents"]]
    assert parents == ["skirt.png", "anna.png"]


def test_writes_over_nothing_unless_told(productgen, photos):
    (photos / "shown.png").write_bytes(b"mine")
    result = productgen(*words(photos))
    assert result.exit_code != 0 and "--force" in result.stderr
    assert (photos / "shown.png").read_bytes() == b"mine"
    assert productgen(*words(photos, "--force")).exit_code == 0


def test_a_photo_that_will_not_do_is_refused_by_name(productgen, photos):
    images.save(photos / "skirt.png", np.zeros((120, 120, 4), "uint8"))
    result = productgen(*words(photos))
    assert result.exit_code == 1
    assert "garment: fully transparent" in result.stderr
    assert not (photos / "shown.png").exists()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "must be JSON"),
        ("[1]", "must hold"),
        ('{"person": {"nose": [1, 2]}}', "nose"),
    ],
)
def test_refuses_other_points(productgen, photos, text, message):
    (photos / "points.json").write_text(text)
    result = productgen(*words(photos, "--points", photos / "points.json"))
    assert result.exit_code == 1
    assert message in result.stderr


def test_help_shows_examples(productgen):
    result = productgen("try-on", "--help")
    assert "productgen try-on shirt.jpg anna.jpg" in result.stdout
