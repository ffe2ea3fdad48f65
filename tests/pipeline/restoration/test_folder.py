import json

import numpy as np
import pytest
from PIL import Image
from PIL import ImageCms

from keras_productgen import images
from keras_productgen.pipeline import Restoration
from keras_productgen.pipeline.photo_folders import job

ORIENTATION = 0x0112


@pytest.fixture(scope="module")
def mend():
    return Restoration(["upscale_2"], prefer="classical")


@pytest.fixture
def photos(tmp_path):
    folder = tmp_path / "photos"
    for name in ("a.png", "tops/b.jpg"):
        images.save(folder / name, noise(0))
    (folder / "notes.txt").write_text("bought in spring")
    return folder


def noise(seed, *shape):
    shape = shape or (12, 20, 3)
    return np.random.default_rng(seed).integers(0, 256, shape, "uint8")


def results(out):
    return sorted(
        path.relative_to(out).as_posix()
        for path in out.rglob("*")
        if path.is_file()
    )


def test_photos_keep_their_folders_names_and_formats(mend, photos, tmp_path):
    calls = []
    report = mend.run(
        photos, tmp_path / "out", progress=lambda *call: calls.append(call)
    )
    assert report.made == {"a.png": "a.png", "tops/b.jpg": "tops/b.jpg"}
    assert results(tmp_path / "out") == [
        "a.png", "a.png.json", "report.json", "sheet.png", "tops/b.jpg",
        "tops/b.jpg.json",
    ]  # fmt: skip
    made = images.load(tmp_path / "out/a.png")
    np.testing.assert_array_equal(made, mend(noise(0)).image)
    assert calls == [(1, 2), (2, 2)]
    saved = json.loads((tmp_path / "out/report.json").read_text())
    assert saved == vars(report)
    assert saved["methods"] == {"upscale_2": "classical bicubic"}


def test_bad_files_are_named_and_the_rest_is_done(mend, photos, tmp_path):
    whole = (photos / "a.png").read_bytes()
    (photos / "empty.jpg").write_bytes(b"")
    (photos / "text.jpg").write_text("no picture")
    (photos / "torn.png").write_bytes(whole[: len(whole) // 2])
    images.save(photos / "wide.png", np.zeros((1, 20000), "uint8"))
    Image.fromarray(np.ones((2, 2), "float32")).save(photos / "floats.tif")
    report = mend.run(photos, tmp_path / "out", picture_format="webp")
    assert set(report.made) == {"a.png", "tops/b.jpg"}
    assert set(report.failed) == {
        "empty.jpg", "floats.tif", "text.jpg", "torn.png", "wide.png",
    }  # fmt: skip
    assert "it is empty" in report.failed["empty.jpg"]
    assert "16383" in report.failed["wide.png"]
    assert all(name.endswith(".webp") for name in report.made.values())


def test_too_large_results_are_refused(mend, photos, tmp_path, monkeypatch):
    monkeypatch.setattr(job, "MOST_PIXELS", 900)
    report = mend.run(photos, tmp_path / "out")
    assert "960 pixels, over the limit" in report.failed["a.png"]


def test_what_is_there_is_not_made_again(mend, photos, tmp_path):
    mend.run(photos, tmp_path / "out")
    (tmp_path / "out/a.png").write_bytes(b"damaged")
    before = (tmp_path / "out/tops/b.jpg").stat().st_mtime_ns
    report = mend.run(photos, tmp_path / "out")
    assert list(report.made) == ["a.png"]
    assert report.kept == {"tops/b.jpg": "tops/b.jpg"}
    assert (tmp_path / "out/tops/b.jpg").stat().st_mtime_ns == before


def test_other_settings_and_changed_photos_are_made_again(
    mend, photos, tmp_path
):
    mend.run(photos, tmp_path / "out")
    images.save(photos / "a.png", noise(1))
    assert list(mend.run(photos, tmp_path / "out").made) == ["a.png"]
    other = Restoration(["upscale_3"], prefer="classical")
    assert len(other.run(photos, tmp_path / "out").made) == 2
    assert images.load(tmp_path / "out/a.png").shape == (36, 60, 3)


def test_a_stopped_run_goes_on(mend, photos, tmp_path):
    def stop(done, total):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        mend.run(photos, tmp_path / "out", progress=stop)
    report = json.loads((tmp_path / "out/report.json").read_text())
    assert report == {"verb": "restore", "finished": False}
    # A record that was cut off.
    beside = tmp_path / "out/tops/b.jpg.json"
    beside.parent.mkdir()
    beside.write_text('{"format": "keras_productgen record 1", "id')
    report = mend.run(photos, tmp_path / "out", overwrite=True)
    assert list(report.kept) == ["a.png"]
    assert list(report.made) == ["tops/b.jpg"]


def test_a_result_that_was_not_yet_written_is_made(mend, photos, tmp_path):
    def fail(path, data):
        if path.name == "a.png":
            raise OSError("No space left on device")
        write(path, data)

    write = images.write_bytes
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(images, "write_bytes", fail)
        report = mend.run(photos, tmp_path / "out")
    assert "No space left" in report.failed["a.png"]
    assert not (tmp_path / "out/a.png").exists()
    assert list(mend.run(photos, tmp_path / "out").made) == ["a.png"]


def test_photos_are_never_written_over(mend, photos, tmp_path):
    before = {path: path.read_bytes() for path in photos.rglob("*.*")}
    for out in (photos, photos / "new"):
        with pytest.raises(ValueError, match="outside of the photos"):
            mend.run(photos, out)
    with pytest.raises(ValueError, match="outside of the photos"):
        mend.run(photos / "a.png", photos)
    (tmp_path / "out").mkdir()
    (tmp_path / "out/a.png").symlink_to(photos / "a.png")
    report = mend.run(photos, tmp_path / "out", overwrite=True)
    assert "written over a photo" in report.failed["a.png"]
    assert all(path.read_bytes() == data for path, data in before.items())


def test_files_of_others_stay_unless_overwritten(mend, photos, tmp_path):
    images.save(tmp_path / "out/a.png", noise(5))
    report = mend.run(photos, tmp_path / "out")
    assert "Another file is there already" in report.failed["a.png"]
    report = mend.run(photos, tmp_path / "out", overwrite=True)
    assert "a.png" in report.made


def test_equal_names_do_not_collide(mend, photos, tmp_path):
    for name in ("a.jpg", "A.webp", "sheet.png", "a.jpg.png"):
        images.save(photos / name, noise(3))
    report = mend.run(photos, tmp_path / "out", picture_format="png")
    names = list(report.made.values())
    assert len(names) == 6 == len({name.casefold() for name in names})
    assert report.made["a.jpg"] == "a.jpg.png"
    assert report.made["sheet.png"] == "sheet.png.png"
    assert all((tmp_path / "out" / name).is_file() for name in names)


def test_rotation_profile_and_resolution_are_kept(mend, photos, tmp_path):
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
    profile = profile.tobytes()
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    Image.fromarray(noise(0)).save(
        photos / "turned.jpg", exif=exif.tobytes(), icc_profile=profile,
        dpi=(300, 150),
    )  # fmt: skip
    mend.run(photos, tmp_path / "out")
    with Image.open(tmp_path / "out/turned.jpg") as made:
        assert made.size == (24, 40)
        assert made.info["icc_profile"] == profile
        assert made.info["dpi"] == (150, 300)
        assert made.getexif().get(ORIENTATION, 1) == 1


def test_transparency_and_grey_are_kept(mend, photos, tmp_path):
    images.save(photos / "cut.png", noise(0, 6, 8, 4))
    images.save(photos / "grey.png", noise(0, 6, 8))
    mend.run(photos, tmp_path / "out")
    with Image.open(tmp_path / "out/cut.png") as made:
        assert made.mode == "RGBA" and made.size == (16, 12)
    with Image.open(tmp_path / "out/grey.png") as made:
        assert made.mode == "L"


def test_what_cannot_be_done_is_refused_before_the_work(mend, photos, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(ValueError, match="can be written"):
        mend.run(photos, tmp_path / "file/out")
    with pytest.raises(ValueError, match="Received: picture_format='gif'"):
        mend.run(photos, tmp_path / "out", picture_format="gif")
    (tmp_path / "empty").mkdir()
    with pytest.raises(ValueError, match="`photos` must hold pictures"):
        mend.run(tmp_path / "empty", tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_single_photo_is_restored(mend, photos, tmp_path):
    report = mend.run(photos / "tops/b.jpg", tmp_path / "out")
    assert report.made == {"b.jpg": "b.jpg"}
