"""What `Edits.run` and `Restoration.run` write: labels, and how they resume."""

import hashlib
import json
import os

import numpy as np
import pytest
from PIL import ExifTags
from PIL import Image
from PIL import ImageCms

from keras_productgen import images
from keras_productgen import models
from keras_productgen import publishing
from keras_productgen.models.networks import weights_digest
from keras_productgen.pipeline import Edits
from keras_productgen.pipeline import Restoration

STEPS = [("adjust_gamma", {"gamma": 0.7}), "median_filter"]
GENERATED = "trainedAlgorithmicMedia"
ENHANCED = "algorithmicallyEnhanced"


@pytest.fixture(scope="module")
def edits():
    return Edits(STEPS)


def noise(*shape, seed=0):
    return np.random.default_rng(seed).integers(0, 256, shape, "uint8")


def generated(path, picture=None, aigc=None):
    record = publishing.record(GENERATED, model={"name": "dcgan"}, seed=7)
    picture = noise(12, 20, 3) if picture is None else picture
    return publishing.label(picture, path, record, aigc)


def pictures_in(out):
    """The bytes of all pictures of a folder, by their names."""
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in out.rglob("*")
        if path.suffix in (".png", ".jpg", ".webp", ".tif")
    }


@pytest.mark.parametrize("ending", ["png", "jpg", "webp", "tif"])
@pytest.mark.parametrize("shape", [(12, 20, 3), (12, 20, 4), (12, 20)], ids=str)
def test_every_result_tells_where_it_comes_from(edits, tmp_path, shape, ending):
    if ending == "jpg" and shape[2:] == (4,):
        pytest.skip("JPEG has no transparency")
    photo = tmp_path / f"photos/tops/a.{ending}"
    images.save(photo, noise(*shape))
    report = edits.run(
        tmp_path / "photos", tmp_path / "out", producer="Shop Ltd"
    )
    assert not report.failed
    found = publishing.verify(tmp_path / f"out/tops/a.{ending}")
    assert found.source_type == ENHANCED and not found.problems
    assert found.same_pixels and found.same_file
    record = found.record["record"]
    assert record["producer"] == "Shop Ltd"
    digest = hashlib.sha256(photo.read_bytes()).hexdigest()
    assert record["parents"] == [{"file": f"tops/a.{ending}", "sha256": digest}]
    assert record["edits"] == [
        {"name": "adjust_gamma", "gamma": 0.7},
        {"name": "median_filter"},
    ]
    with (
        Image.open(photo) as before,
        Image.open(tmp_path / f"out/tops/a.{ending}") as after,
    ):
        assert before.getbands() == after.getbands()


def test_models_are_named_by_their_weights(tmp_path):
    images.save(tmp_path / "a.png", noise(12, 20, 3))
    network = models.DnCNN(depth=3, width=4, seed=0)
    digest = weights_digest(network)
    mend = Restoration(["denoise"], models={"denoise": network})
    mend.run(tmp_path / "a.png", tmp_path / "out")
    found = publishing.verify(tmp_path / "out/a.png")
    assert found.source_type == ENHANCED and not found.problems
    record = found.record["record"]
    assert record["model"] == {"name": "denoise", "sha256": digest}
    assert record["edits"][0]["method"] == "model DnCNN"
    both = {"denoise": network, "jpeg": network}
    mend = Restoration(
        ["denoise", "jpeg", "upscale_2"], "classical", None, both
    )
    assert mend.origin()["model"] == {
        "name": "denoise, jpeg", "sha256": f"{digest}, {digest}",
    }  # fmt: skip
    assert Edits("cut_out(method=grabcut)").origin()["model"] is None


def test_what_was_generated_stays_so_through_all(edits, tmp_path):
    generated(tmp_path / "new/a.png", aigc=publishing.AIGC("007"))
    edits.run(tmp_path / "new", tmp_path / "edited", picture_format="tif")
    mend = Restoration(["jpeg"], prefer="classical")
    mend.run(tmp_path / "edited", tmp_path / "clean", picture_format="jpg")
    for path in ("edited/a.tif", "clean/a.jpg"):
        found = publishing.verify(tmp_path / path)
        assert found.source_type == GENERATED and not found.problems
        assert found.aigc["ContentProducer"] == "007" and found.same_pixels
        assert found.model == "dcgan"
    sheet = publishing.verify(tmp_path / "clean/sheet.png")
    assert sheet.source_type == GENERATED


def test_a_sheet_says_what_it_shows(edits, tmp_path):
    images.save(tmp_path / "photos/a.png", noise(12, 20, 3))
    edits.run(tmp_path / "photos", tmp_path / "out")
    sheet = tmp_path / "out/sheet.png"
    assert publishing.verify(sheet).source_type == ENHANCED
    generated(tmp_path / "photos/b.png")
    # What is kept counts as well.
    for _ in range(2):
        edits.run(tmp_path / "photos", tmp_path / "out")
        word = publishing.verify(sheet).source_type
        assert word == "compositeWithTrainedAlgorithmicMedia"


def test_a_job_killed_between_record_and_picture_ends_the_same(
    edits, tmp_path, monkeypatch
):
    for name in ("a.png", "b.jpg"):
        images.save(tmp_path / "photos" / name, noise(12, 20, 3))
    edits.run(tmp_path / "photos", tmp_path / "whole")

    def killed(path, data):
        if path.name == "b.jpg":
            raise KeyboardInterrupt
        write(path, data)

    write, out = images.write_bytes, tmp_path / "out"
    with monkeypatch.context() as patch:
        patch.setattr(images, "write_bytes", killed)
        with pytest.raises(KeyboardInterrupt):
            edits.run(tmp_path / "photos", out)
    assert (out / "b.jpg.json").is_file() and not (out / "b.jpg").exists()
    report = edits.run(tmp_path / "photos", out)
    assert list(report.kept) == ["a.png"] and list(report.made) == ["b.jpg"]
    assert pictures_in(out) == pictures_in(tmp_path / "whole")
    assert not publishing.verify(out / "b.jpg").problems


def test_damaged_results_and_records_are_made_again(edits, tmp_path):
    for name in "abc":
        images.save(tmp_path / f"photos/{name}.png", noise(12, 20, 3))
    out = tmp_path / "out"
    edits.run(tmp_path / "photos", out)
    first = pictures_in(out)
    (out / "a.png").write_bytes(first["a.png"][:200])
    values = json.loads((out / "b.png.json").read_text())
    values["settings"]["steps"] = []
    (out / "b.png.json").write_text(json.dumps(values))
    report = edits.run(tmp_path / "photos", out)
    assert list(report.made) == ["a.png", "b.png"]
    assert pictures_in(out) == first
    other = edits.run(tmp_path / "photos", out, producer="Shop Ltd")
    assert len(other.made) == 3


def test_a_result_that_was_changed_by_hand_is_not_lost(edits, tmp_path):
    images.save(tmp_path / "photos/a.png", noise(12, 20, 3))
    images.save(tmp_path / "photos/b.png", noise(12, 20, 3))
    out = tmp_path / "out"
    edits.run(tmp_path / "photos", out)
    images.save(out / "a.png", noise(12, 20, 3, seed=5))
    mine = (out / "a.png").read_bytes()
    for change in ({}, {"producer": "Shop Ltd"}):
        report = edits.run(tmp_path / "photos", out, **change)
        assert list(report.failed) == ["a.png"]
        assert "was changed since" in report.failed["a.png"]
        assert (out / "a.png").read_bytes() == mine
    report = edits.run(tmp_path / "photos", out, overwrite=True)
    assert list(report.made) == ["a.png", "b.png"] and not report.failed
    assert (out / "a.png").read_bytes() != mine


def test_a_job_killed_while_it_replaces_goes_on(edits, tmp_path, monkeypatch):
    images.save(tmp_path / "photos/a.png", noise(12, 20, 3))
    out, other = tmp_path / "out", {"producer": "Shop Ltd"}
    edits.run(tmp_path / "photos", out)

    def killed(path, data):
        if path.name == "a.png":
            raise KeyboardInterrupt
        write(path, data)

    write, before = images.write_bytes, (out / "a.png").read_bytes()
    # Twice: the second time by a record that already waits for its picture.
    for _ in range(2):
        with monkeypatch.context() as patch:
            patch.setattr(images, "write_bytes", killed)
            with pytest.raises(KeyboardInterrupt):
                edits.run(tmp_path / "photos", out, **other)
        assert (out / "a.png").read_bytes() == before
    report = edits.run(tmp_path / "photos", out, **other)
    assert list(report.made) == ["a.png"] and not report.failed
    assert not publishing.verify(out / "a.png").problems


def test_a_folder_of_another_verb_is_left_alone(edits, tmp_path):
    images.save(tmp_path / "photos/a.png", noise(12, 20, 3))
    out = tmp_path / "out"
    edits.run(tmp_path / "photos", out)
    before = {path: path.read_bytes() for path in out.rglob("*")}
    mend = Restoration(["jpeg"], prefer="classical")
    with pytest.raises(ValueError, match="holds another report.json"):
        mend.run(tmp_path / "photos", out)
    (out / "report.json").unlink()
    with pytest.raises(ValueError, match="holds another sheet.png"):
        mend.run(tmp_path / "photos", out)
    (out / "sheet.png").unlink()
    report = mend.run(tmp_path / "photos", out)
    assert "made by edit" in report.failed["a.png"]
    for name in ("a.png", "a.png.json"):
        assert (out / name).read_bytes() == before[out / name]
    report = mend.run(tmp_path / "photos", out, overwrite=True)
    assert list(report.made) == ["a.png"]


def test_one_bad_file_of_sixteen_is_named(edits, tmp_path):
    for number in range(16):
        images.save(tmp_path / f"photos/{number:02}.png", noise(8, 8, 3))
    (tmp_path / "photos/07.png").write_bytes(b"no picture")
    report = edits.run(tmp_path / "photos", tmp_path / "out")
    assert list(report.failed) == ["07.png"] and len(report.made) == 15
    names = [path.name for path in (tmp_path / "out").glob("*.json")]
    assert len(names) == 16 and "07.png.json" not in names
    for name in report.made:
        assert not publishing.verify(tmp_path / "out" / name).problems


def test_names_of_files_need_not_be_text(edits, tmp_path):
    images.save(tmp_path / "photos/a.png", noise(8, 8, 3))
    name = os.fsdecode(b"caf\xe9.png")
    (tmp_path / "photos/a.png").rename(tmp_path / "photos" / name)
    report = edits.run(tmp_path / "photos", tmp_path / "out")
    assert list(report.made) == [name] and not report.failed
    again = edits.run(tmp_path / "photos", tmp_path / "out")
    assert list(again.kept) == [name]
    assert not publishing.verify(tmp_path / "out" / name).problems


def test_without_labels_files_are_bare_and_are_resumed(edits, tmp_path):
    images.save(tmp_path / "photos/a.jpg", noise(12, 20, 3))
    generated(tmp_path / "photos/b.png")
    out = tmp_path / "out"
    edits.run(tmp_path / "photos", out, label=False)
    assert b"DigitalSourceType" not in (out / "a.jpg").read_bytes()
    assert b"DigitalSourceType" not in (out / "sheet.png").read_bytes()
    found = publishing.verify(out / "a.jpg")
    assert not found.labelled and not found.problems
    # Nobody can take from a generated picture that it is one.
    assert publishing.verify(out / "b.png").source_type == GENERATED
    again = edits.run(tmp_path / "photos", out, label=False)
    assert len(again.kept) == 2
    assert len(edits.run(tmp_path / "photos", out).made) == 2
    assert publishing.verify(out / "a.jpg").source_type == ENHANCED


@pytest.mark.parametrize("ending", ["jpg", "png", "webp", "tif"])
def test_profile_and_resolution_stay_and_places_do_not(edits, tmp_path, ending):
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    exif = Image.Exif()
    # WebP has no place for it but this.
    exif[ExifTags.Base.XResolution] = exif[ExifTags.Base.YResolution] = 300.0
    exif[ExifTags.Base.ResolutionUnit] = 2
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitudeRef] = "N"
    details = exif.get_ifd(ExifTags.IFD.Exif)
    details[ExifTags.Base.BodySerialNumber] = "SN-12345"
    photo = tmp_path / f"photos/a.{ending}"
    photo.parent.mkdir()
    Image.fromarray(noise(12, 20, 3)).save(
        photo, exif=exif.tobytes(), icc_profile=profile, dpi=(300, 300)
    )
    edits.run(photo, tmp_path / "out")
    path = tmp_path / f"out/a.{ending}"
    assert b"SN-12345" in photo.read_bytes()
    assert b"SN-12345" not in path.read_bytes()
    with Image.open(path) as made:
        assert made.info["icc_profile"] == profile
        assert not made.getexif().get_ifd(ExifTags.IFD.GPSInfo)
    assert images.load_original(path).dpi == pytest.approx((300, 300), abs=0.1)
    # Nothing was in the file that was encoded.
    assert publishing.verify(path).record["removed"] == []


def test_records_of_others_are_not_written_over(edits, tmp_path):
    images.save(tmp_path / "photos/a.png", noise(12, 20, 3))
    other = tmp_path / "out/a.png.json"
    other.parent.mkdir()
    other.write_text('{"boxes": []}')
    report = edits.run(tmp_path / "photos", tmp_path / "out")
    assert "a.png.json; `overwrite`" in report.failed["a.png"]
    assert other.read_text() == '{"boxes": []}'


def test_results_are_photos_of_the_next_job_and_records_are_not(
    edits, tmp_path
):
    images.save(tmp_path / "photos/a.png", noise(12, 20, 3))
    edits.run(tmp_path / "photos", tmp_path / "once")
    report = edits.run(tmp_path / "once", tmp_path / "twice")
    assert sorted(report.made) == ["a.png", "sheet.png"] and not report.failed
    found = publishing.verify(tmp_path / "twice/a.png")
    assert found.source_type == ENHANCED
