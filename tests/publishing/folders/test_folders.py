import json

import numpy as np
import pytest

from keras_productgen import images
from keras_productgen import publishing
from tests.publishing import pictures


@pytest.fixture
def photos(tmp_path):
    folder = tmp_path / "photos"
    good, _ = pictures.product((520, 520))
    grey, _ = pictures.product((520, 520), (225, 225, 225))
    images.save(folder / "good.png", good)
    images.save(folder / "sub/grey.jpg", grey)
    (folder / "text.jpg").write_bytes(b"text")
    (folder / "notes.txt").write_text("no picture")
    return folder


def names(report):
    return [row["file"] for row in report.rows]


def test_a_folder_is_checked_and_bad_files_are_named(photos):
    done = []
    report = publishing.check_folder(
        photos, "amazon-main", progress=lambda *pair: done.append(pair)
    )
    assert names(report) == ["good.png", "sub/grey.jpg"]
    assert list(report.failed) == ["text.jpg"]
    assert report.passed == 1
    assert report.counts()["background"] == (1, 0)
    assert done[-1] == (3, 3)


def test_a_report_is_written_as_json_and_as_a_page(photos, tmp_path):
    report = publishing.check_folder(photos, "amazon-main")
    report.save(tmp_path / "r.json")
    report.save_page(tmp_path / "r.html")
    values = json.loads((tmp_path / "r.json").read_text())
    assert values["failed"]["text.jpg"].startswith("The file must be")
    page = (tmp_path / "r.html").read_text()
    assert "sub/grey.jpg" in page and "data:image/jpeg;base64," in page
    assert "1 could not be used" in page


def test_mending_is_taken_up_again(photos, tmp_path):
    out = tmp_path / "out"
    first = publishing.fix_folder(photos, out, "amazon-main")
    assert first.passed == 2 and first.kept == []
    before = (out / "sub/grey.jpg").stat().st_mtime_ns
    second = publishing.fix_folder(photos, out, "amazon-main")
    assert sorted(second.kept) == ["good.png", "sub/grey.jpg"]
    assert second.rows == json.loads(json.dumps(first.rows))
    assert (out / "sub/grey.jpg").stat().st_mtime_ns == before
    other = publishing.fix_folder(photos, out, "generic")
    assert other.kept == []


def test_results_have_their_records(photos, tmp_path):
    publishing.fix_folder(photos, tmp_path / "out", "amazon-main")
    found = publishing.verify(tmp_path / "out/sub/grey.jpg")
    assert found.source_type == "algorithmicallyEnhanced"
    record = found.record["record"]
    assert record["parents"][0]["file"] == "grey.jpg"
    assert [edit["name"] for edit in record["edits"]][0] == "background"
    assert found.same_pixels and not found.problems


def test_generated_pictures_stay_labelled_when_they_are_mended(tmp_path):
    grey, _ = pictures.product((300, 300), (225, 225, 225))
    publishing.label(
        grey,
        tmp_path / "made/a.png",
        publishing.record("trainedAlgorithmicMedia"),
        publishing.AIGC("007"),
    )
    report = publishing.fix_folder(tmp_path / "made", tmp_path / "out")
    assert not report.failed
    found = publishing.verify(tmp_path / "out/a.png")
    assert found.source_type == "trainedAlgorithmicMedia"
    assert found.aigc["ContentProducer"] == "007"
    assert found.same_pixels and not found.problems


def test_photos_and_other_files_are_not_written_over(photos, tmp_path):
    with pytest.raises(ValueError, match="outside of the photos"):
        publishing.fix_folder(photos, photos / "out", "generic")
    out = tmp_path / "out"
    images.save(out / "good.png", np.zeros((4, 4, 3), "uint8"))
    report = publishing.fix_folder(photos, out, "amazon-main")
    assert "Another file is there" in report.failed["good.png"]
    report = publishing.fix_folder(photos, out, "amazon-main", overwrite=True)
    assert "good.png" not in report.failed


def test_masks_are_found_by_name(photos, tmp_path):
    mask = np.zeros((520, 520), "uint8")
    mask[100:200, 100:200] = 255
    images.save(tmp_path / "masks/good.png", mask)
    report = publishing.check_folder(
        photos / "good.png", "amazon-main", tmp_path / "masks"
    )
    found = {f["rule"]: f for f in report.rows[0]["findings"]}
    assert found["product"]["measured"] == "4% of the picture (your mask)"


def test_labels_have_a_number_for_each_photo(photos, tmp_path):
    record = publishing.record("digitalCapture", "Shop")
    first = publishing.label_folder(photos, tmp_path / "out", record)
    assert first.made == {
        "good.png": "good.png", "sub/grey.jpg": "grey.jpg",
    }  # fmt: skip
    assert list(first.failed) == ["text.jpg"]
    numbers = {
        publishing.verify(tmp_path / "out" / name).record["id"]
        for name in first.made
    }
    assert len(numbers) == 2
    again = publishing.label_folder(
        photos, tmp_path / "out", publishing.record("digitalCapture", "Shop")
    )
    assert again.kept == first.made and not again.made
    other = publishing.label_folder(
        photos, tmp_path / "out", publishing.record("digitalCapture", "Other")
    )
    assert other.made == first.made


def test_an_empty_folder_is_refused(tmp_path):
    with pytest.raises(ValueError, match="must hold pictures"):
        publishing.check_folder(tmp_path)
    with pytest.raises(ValueError, match="must be a folder"):
        publishing.check_folder(tmp_path / "none")


def test_of_what_cannot_be_seen_nothing_is_made(tmp_path):
    photo, out = tmp_path / "photos/a.png", tmp_path / "out"
    images.save(photo, pictures.product((520, 520))[0])
    publishing.fix_folder(photo, out, "amazon-main")
    assert (out / "a.png").is_file()
    clear = np.full((520, 520, 4), 128, "uint8")
    clear[..., 3] = 0
    images.save(photo, clear)
    report = publishing.fix_folder(photo, out, "amazon-main")
    (row,) = report.rows
    assert report.passed == 0 and not report.failed and "made" not in row
    assert row["not_mended"][0]["measured"] == "fully transparent"
    assert list(out.iterdir()) == []
    report.save_page(tmp_path / "r.html")
    assert "fully transparent" in (tmp_path / "r.html").read_text()


def test_no_mark_is_claimed_where_none_can_be_found(tmp_path):
    clear = np.full((200, 200, 4), 128, "uint8")
    clear[..., 3] = 0
    images.save(tmp_path / "photos/clear.png", clear)
    images.save(tmp_path / "photos/a.png", pictures.product((200, 200))[0])
    report = publishing.label_folder(
        tmp_path / "photos", tmp_path / "out",
        publishing.record("trainedAlgorithmicMedia"), watermark_key="key",
    )  # fmt: skip
    assert list(report.made) == ["a.png"]
    assert "fully transparent" in report.failed["clear.png"]
    assert not (tmp_path / "out/clear.png").exists()
