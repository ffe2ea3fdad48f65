import json

import numpy as np
import pytest

from keras_productgen import images
from keras_productgen import models
from keras_productgen import publishing
from keras_productgen.pipeline import Variants


@pytest.fixture
def photos(product, tmp_path):
    for name in ("a.png", "tops/b.png"):
        images.save(tmp_path / "photos" / name, product.image)
    (tmp_path / "photos/broken.jpg").write_bytes(b"no picture")
    (tmp_path / "photos/notes.txt").write_text("bought in spring")
    return tmp_path / "photos"


@pytest.fixture(scope="module")
def variants():
    return Variants({"red": (0.8, 0.1, 0.1)})


def test_one_bad_file_is_named_and_the_rest_is_done(variants, photos, tmp_path):
    calls = []
    report = variants.run(
        photos,
        tmp_path / "out",
        lambda done, total: calls.append((done, total)),
    )
    assert report.made == ["a.png", "tops/b.png"] and report.kept == []
    assert list(report.failed) == ["broken.jpg"]
    assert (tmp_path / "out/tops/b.png/red.png").is_file()
    assert calls == [(1, 3), (2, 3), (3, 3)]
    saved = json.loads((tmp_path / "out/report.json").read_text())
    assert saved == {"verb": "variants", **vars(report)}


def test_what_is_there_is_not_made_again(variants, photos, tmp_path):
    out = photos / "out"  # Within the folder: its pictures are no photos.
    variants.run(photos, out)
    (out / "a.png/red.png").unlink()
    before = (out / "tops/b.png/red.png").stat().st_mtime_ns
    report = variants.run(photos, out)
    assert report.made == ["a.png"] and report.kept == ["tops/b.png"]
    assert (out / "tops/b.png/red.png").stat().st_mtime_ns == before


def test_what_was_retouched_is_kept(variants, photos, tmp_path):
    out = tmp_path / "out"
    variants.run(photos, out)
    retouched = images.load(out / "a.png/red.png") // 2
    images.save(out / "a.png/red.png", retouched)
    report = variants.run(photos, out)
    assert "changed since" in report.failed["a.png"]
    assert report.kept == ["tops/b.png"]
    np.testing.assert_array_equal(images.load(out / "a.png/red.png"), retouched)
    assert variants.run(photos, out, overwrite=True).made == ["a.png"]
    assert (images.load(out / "a.png/red.png") != retouched).any()


def test_pictures_of_others_are_kept(variants, photos, tmp_path, product):
    other = tmp_path / "out/a.png/red.png"
    images.save(other, product.image)
    report = variants.run(photos, tmp_path / "out")
    assert "Another file" in report.failed["a.png"]
    np.testing.assert_array_equal(images.load(other), product.image)
    with pytest.raises(ValueError, match="Another file"):
        variants(product.image).save(other.parent)
    assert sorted(path.name for path in other.parent.iterdir()) == ["red.png"]


def test_variants_of_another_photo_are_kept(variants, photos, tmp_path):
    out = tmp_path / "new"
    shirt, dress = photos / "shirt.png", photos / "dress.png"
    picture = images.load(photos / "a.png")
    for path, shown in ((shirt, picture), (dress, picture[:, ::-1])):
        images.save(path, np.ascontiguousarray(shown))
        result = variants(images.load(path))
        if path == shirt:
            result.save(out, path)
            result.save(out, path)  # Once more is no harm.
    before = (out / "red.png").read_bytes()
    with pytest.raises(ValueError, match="variants of shirt.png are there"):
        result.save(out, dress)
    assert (out / "red.png").read_bytes() == before
    result.save(out, dress, overwrite=True)
    manifest = json.loads((out / "manifest.json").read_text())
    assert manifest["source"]["file"] == "dress.png"


@pytest.mark.parametrize("name", ["manifest.json", "sheet.png"])
def test_other_files_of_these_names_are_kept(name, variants, photos, tmp_path):
    result = variants(images.load(photos / "a.png"))
    (tmp_path / "web").mkdir()
    (tmp_path / "web" / name).write_text("{}")
    with pytest.raises(ValueError, match=f"Another {name}"):
        result.save(tmp_path / "web")
    assert (tmp_path / "web" / name).read_text() == "{}"
    assert len(list((tmp_path / "web").iterdir())) == 1


def test_the_report_of_another_job_is_kept(variants, photos, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out/report.json").write_text("[]")
    with pytest.raises(ValueError, match="report.json"):
        variants.run(photos, tmp_path / "out")
    assert (tmp_path / "out/report.json").read_text() == "[]"


def test_a_photo_that_was_exchanged_is_made_again(variants, photos, tmp_path):
    variants.run(photos, tmp_path / "out")
    picture = images.load(photos / "a.png")[:, ::-1]
    images.save(photos / "a.png", np.ascontiguousarray(picture))
    assert variants.run(photos, tmp_path / "out").made == ["a.png"]


def test_a_stopped_run_goes_on(variants, photos, tmp_path):
    def stop(done, total):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        variants.run(photos, tmp_path / "out", stop)
    report = variants.run(photos, tmp_path / "out")
    assert report.kept == ["a.png"] and report.made == ["tops/b.png"]


def test_other_parameters_make_everything_again(variants, photos, tmp_path):
    variants.run(photos, tmp_path / "out")
    other = Variants({"red": (0.7, 0.1, 0.1)}, encoder=variants.encoder)
    assert other.run(photos, tmp_path / "out").kept == []


def test_another_network_that_cuts_out_makes_everything_again(
    variants, photos, tmp_path, monkeypatch
):
    variants.run(photos, tmp_path / "out")
    shipped = models.shipped_models()
    shipped["matting"] = {**shipped["matting"], "data": "other photos"}
    monkeypatch.setattr(models, "shipped_models", lambda: shipped)
    assert variants.run(photos, tmp_path / "out").kept == []


def test_an_empty_folder_is_refused(variants, tmp_path):
    (tmp_path / "empty").mkdir()
    with pytest.raises(ValueError, match="must hold photos"):
        variants.run(tmp_path / "empty", tmp_path / "out")


def test_variants_say_what_they_were_made_of(variants, photos, tmp_path):
    photo = tmp_path / "new/a.png"
    record = publishing.record("trainedAlgorithmicMedia")
    publishing.label(photos / "a.png", photo, record)
    (photos / "a.png").write_bytes(photo.read_bytes())
    out = tmp_path / "out"
    variants.run(photos, out, producer="Shop Ltd")
    found = publishing.verify(out / "tops/b.png/red.png")
    assert found.source_type == "algorithmicallyEnhanced"
    assert found.same_pixels and not found.problems
    record = found.record["record"]
    assert record["producer"] == "Shop Ltd"
    assert record["parents"][0]["file"] == "b.png"
    assert record["edits"] == [{"name": "recolor", "color": [0.8, 0.1, 0.1]}]
    for name in ("red.png", "sheet.png"):
        found = publishing.verify(out / "a.png" / name)
        assert found.source_type == "trainedAlgorithmicMedia"
        assert not found.problems
    assert len(variants.run(photos, out, producer="Shop Ltd").kept) == 2
    assert len(variants.run(photos, out, label=False).made) == 2
    assert not publishing.verify(out / "tops/b.png/red.png").labelled
    assert publishing.verify(out / "a.png/red.png").labelled
