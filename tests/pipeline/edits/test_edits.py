import json

import numpy as np
import pytest

from keras_productgen import data
from keras_productgen import editing
from keras_productgen import images
from keras_productgen.pipeline import Edits

STEPS = [("adjust_gamma", {"gamma": 0.7}), "equalize_histogram"]


@pytest.fixture
def photo():
    return np.random.default_rng(0).integers(0, 99, (12, 20, 3), "uint8")


def test_steps_are_done_in_order(photo):
    made = Edits(STEPS)(photo)
    expected = editing.equalize_histogram(editing.adjust_gamma(photo, 0.7))
    np.testing.assert_array_equal(made.image, expected)
    assert list(made.methods) == ["1 adjust_gamma", "2 equalize_histogram"]
    np.testing.assert_array_equal(
        Edits("adjust_gamma=0.7, equalize_histogram")(photo).image, expected
    )


def test_a_folder_is_edited_and_taken_up_again(photo, tmp_path):
    images.save(tmp_path / "photos/a.png", photo)
    images.save(tmp_path / "photos/tops/b.png", photo)
    edit, out = Edits(STEPS), tmp_path / "out"
    first = edit.run(tmp_path / "photos", out)
    assert len(first.made) == 2 and not first.failed
    np.testing.assert_array_equal(
        images.load(out / "tops/b.png"), edit(photo).image
    )
    second = edit.run(tmp_path / "photos", out)
    assert len(second.kept) == 2 and not second.made
    third = Edits([*STEPS, "median_filter"]).run(tmp_path / "photos", out)
    assert len(third.made) == 2
    assert json.loads((out / "report.json").read_text())["methods"] == {
        "1 adjust_gamma": {"gamma": 0.7},
        "2 equalize_histogram": {},
        "3 median_filter": {},
    }


def test_cutouts_are_recolored_by_their_matte():
    plain = {"pattern": "plain", "color": (0.8, 0.2, 0.1)}
    shown = data.ProductCatalog(64, 3, ["t-shirt"], attributes=plain)[0]
    cutout = np.dstack([shown.image, shown.mask])
    made = Edits([("recolor", {"color": (0.1, 0.3, 0.7)})])
    made = made(cutout).image
    np.testing.assert_array_equal(made[..., 3], cutout[..., 3])
    middle = np.median(made[shown.mask == 255][:, :3], axis=0)
    assert middle[2] > middle[1] > middle[0]
    retro = Edits("stylize=retro")(cutout).image
    np.testing.assert_array_equal(retro[..., 3], cutout[..., 3])


def test_pictures_that_a_step_refuses_are_named(photo, tmp_path):
    images.save(tmp_path / "photos/a.png", photo)
    cutout = np.dstack([photo, np.full((12, 20), 255, "uint8")])
    images.save(tmp_path / "photos/b.png", cutout)
    report = Edits("straighten").run(tmp_path / "photos", tmp_path / "out")
    assert list(report.made) == ["b.png"]
    assert "`matte` must be given" in report.failed["a.png"]


@pytest.mark.parametrize(
    "steps",
    [[], "", ["fly"], [("adjust_gamma", {"speed": 1})], ["adjust_gamma"]],
    ids=str,
)
def test_refuses_what_is_no_step(steps):
    with pytest.raises(ValueError, match="Received: "):
        Edits(steps)


def test_cut_outs_of_jpegs_become_pngs(tmp_path):
    shown = data.ProductCatalog(64, 3, ["t-shirt"])[0]
    images.save(tmp_path / "photos/a.jpg", shown.image)
    edits = Edits([("cut_out", {"method": "grabcut"})])
    report = edits.run(tmp_path / "photos", tmp_path / "out")
    assert report.made == {"a.jpg": "a.png"}
    alpha = images.load_rgba(tmp_path / "out/a.png")[..., 3]
    assert 0.1 < (alpha > 127).mean() < 0.9
