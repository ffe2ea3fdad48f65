"""A picture that is labelled once more: what it said stays said."""

import json

import numpy as np
import pytest

from keras_productgen import images
from keras_productgen import publishing
from keras_productgen.publishing.provenance import sidecar
from keras_productgen.publishing.provenance.record import models_as_one
from tests.publishing import pictures

GENERATED, ENHANCED = "trainedAlgorithmicMedia", "algorithmicallyEnhanced"


@pytest.fixture(scope="module")
def picture():
    return pictures.product((120, 120))[0]


@pytest.fixture
def shot(picture, tmp_path):
    """A picture with a story: of a photo, by a model, in two steps."""
    record = publishing.record(
        ENHANCED,
        "Shop Ltd",
        model={"name": "matting", "sha256": "ab"},
        seed=4,
        parents=[{"file": "photo.jpg", "sha256": "cd"}],
        edits=[{"name": "matte"}, {"name": "shadow"}],
    )
    publishing.label(picture, tmp_path / "shot.png", record)
    return tmp_path / "shot.png"


def record_beside(path):
    return json.loads(sidecar.sidecar_path(path).read_text())["record"]


def test_a_generated_picture_cannot_inherit_from_a_photo(picture, tmp_path):
    made, photo = tmp_path / "made.png", tmp_path / "photo.jpg"
    publishing.label(picture, made, publishing.record(GENERATED))
    images.save(photo, picture)
    new, record = tmp_path / "new.png", publishing.record("digitalCapture")
    # Neither of the two may be forgotten.
    for first, second in ((made, photo), (photo, made)):
        with pytest.raises(ValueError, match="must keep saying so"):
            publishing.label(first, new, record, inherit=second)
        assert not new.exists() and not sidecar.sidecar_path(new).exists()
    publishing.label(
        made, new, publishing.record(GENERATED, "Shop"), inherit=photo
    )
    assert publishing.verify(new).source_type == GENERATED


def test_what_both_files_say_is_carried_over(picture, tmp_path):
    model = {"name": "dcgan"}
    record = publishing.record(GENERATED, model=model)
    publishing.label(
        picture, tmp_path / "a.png", record, publishing.AIGC("007")
    )
    other = publishing.record(GENERATED, "Shop", model={"name": "edsr"})
    publishing.label(picture, tmp_path / "b.png", other)
    last = publishing.record(GENERATED)
    for first, second in (("a", "b"), ("b", "a")):
        publishing.label(
            tmp_path / f"{first}.png",
            tmp_path / "c.png",
            last,
            inherit=tmp_path / f"{second}.png",
        )
        found = publishing.verify(tmp_path / "c.png")
        assert found.aigc["ContentProducer"] == "007", first
        assert set(found.model.split(", ")) == {"dcgan", "edsr"}
        assert not found.problems


def test_a_label_more_keeps_the_story(shot, tmp_path):
    new = tmp_path / "new/shot.png"
    record = publishing.record(
        ENHANCED, "", edits=[{"name": "aigc"}], time="2026"
    )
    made = publishing.label(
        shot, new, record, publishing.AIGC("007", label="2")
    )
    found = record_beside(new)
    digest = sidecar.digest_of(shot)
    assert found["parents"] == [
        {"file": "photo.jpg", "sha256": "cd"},
        {"file": "shot.png", "sha256": digest},
    ]
    names = [edit["name"] for edit in found["edits"]]
    assert names == ["matte", "shadow", "aigc"]
    assert found["seed"] == 4 and found["producer"] == "Shop Ltd"
    assert found["model"] == {"name": "matting", "sha256": "ab"}
    assert made.record.to_dict() == found
    assert not publishing.verify(new).problems


def test_what_is_said_anew_counts_on(shot, tmp_path):
    record = publishing.record(
        ENHANCED, "Press", {"name": "edsr", "sha256": "ef"}, seed=9
    )
    publishing.label(shot, tmp_path / "new.png", record)
    found = record_beside(tmp_path / "new.png")
    assert found["seed"] == 9 and found["producer"] == "Press"
    assert found["model"] == {"name": "matting, edsr", "sha256": "ab, ef"}


def test_a_story_of_other_bytes_is_nobodys(shot, picture, tmp_path):
    images.save(shot, np.ascontiguousarray(picture[::-1]))
    record = publishing.record(ENHANCED)
    publishing.label(shot, tmp_path / "new.png", record)
    found = record_beside(tmp_path / "new.png")
    assert found["parents"] == [] and found["edits"] == []


@pytest.mark.parametrize("parents", ["none", [3], {"file": "x"}])
def test_a_broken_story_does_not_stop_a_label(shot, tmp_path, parents):
    path = sidecar.sidecar_path(shot)
    values = json.loads(path.read_text())
    values["record"] |= {"parents": parents, "edits": 3, "model": "x"}
    path.write_text(json.dumps(values))
    publishing.label(shot, tmp_path / "new.png", publishing.record(ENHANCED))
    found = record_beside(tmp_path / "new.png")
    assert [each["file"] for each in found["parents"]] == ["shot.png"]


def test_a_folder_of_labels_names_each_parent_once(shot, tmp_path):
    report = publishing.label_folder(
        shot, tmp_path / "out", publishing.record(ENHANCED)
    )
    assert report.made == {"shot.png": "shot.png"}
    found = record_beside(tmp_path / "out/shot.png")
    names = [each["file"] for each in found["parents"]]
    assert names == ["photo.jpg", "shot.png"]


def test_several_models_are_one_in_a_record():
    one, two = {"name": "a", "sha256": "1"}, {"name": "b"}
    assert models_as_one([]) is None and models_as_one([None]) is None
    assert models_as_one([one, None, one]) == one
    both = {"name": "a, b", "sha256": "1, -"}
    assert models_as_one([one, two, one]) == both
