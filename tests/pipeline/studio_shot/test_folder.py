import json
import os

import numpy as np
import pytest

from keras_productgen import images
from keras_productgen import publishing
from keras_productgen.pipeline import Edits
from keras_productgen.pipeline import QualityGate
from keras_productgen.pipeline.studio_shot import shooting
from tests.pipeline.studio_shot.conftest import by_colour
from tests.pipeline.studio_shot.conftest import photo_of


@pytest.fixture
def quick(quick):
    """As `quick`, and quicker: products are told by their colour."""
    return lambda **settings: quick(**({"matte": by_colour} | settings))


@pytest.fixture
def photos(tmp_path, photo):
    folder = tmp_path / "photos"
    images.save(folder / "a.png", photo)
    images.save(folder / "tops/b.jpg", photo_of((60, 50, 30, 28)))
    images.save(folder / "wall.png", photo_of())
    images.save(folder / "tiny.png", photo[:20, :20])
    (folder / "broken.jpg").write_bytes(b"none")
    (folder / "notes.txt").write_text("no photo")
    return folder


def files(folder):
    return sorted(
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file()
    )


def test_a_folder_is_shot_and_nothing_is_silently_lost(quick, photos, tmp_path):
    out = tmp_path / "shop"
    report = quick().run(photos, out)
    assert report.made == {"a.png": "a.png", "tops/b.jpg": "tops/b.png"}
    assert list(report.rejected) == ["tiny.png", "wall.png"]
    assert report.rejected["wall.png"][0].startswith("no product")
    assert list(report.failed) == ["broken.jpg"]
    assert report.counts() == {"no product": 1, "too small": 1}
    assert files(out) == [
        "a.png",
        "a.png.json",
        "rejected/tiny.json",
        "rejected/wall.json",
        "report.html",
        "report.json",
        "sheet.png",
        "tops/b.png",
        "tops/b.png.json",
    ]


def test_a_second_run_makes_nothing_and_says_the_same(quick, photos, tmp_path):
    out = tmp_path / "shop"
    first = quick().run(photos, out)
    times = {name: os.stat(out / name).st_mtime_ns for name in files(out)}
    second = quick().run(photos, out)
    assert sorted(second.kept) == [
        "a.png",
        "tiny.png",
        "tops/b.jpg",
        "wall.png",
    ]
    assert second.made == first.made and second.rejected == first.rejected
    for name in ("a.png", "a.png.json", "rejected/wall.json"):
        assert os.stat(out / name).st_mtime_ns == times[name], name


def test_a_run_that_was_killed_goes_on(quick, photos, tmp_path, monkeypatch):
    out = tmp_path / "shop"
    whole = quick().run(photos, tmp_path / "whole")
    calls = []
    made = shooting.Shooting.__call__

    def killed(self, *words):
        calls.append(words)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return made(self, *words)

    monkeypatch.setattr(shooting.Shooting, "__call__", killed)
    with pytest.raises(KeyboardInterrupt):
        quick().run(photos, out, workers=1)
    stub = json.loads((out / "report.json").read_text())
    assert stub == {"verb": "studio-shot", "finished": False}
    again = quick().run(photos, out)
    assert "a.png" in again.kept and "tops/b.jpg" not in again.kept
    assert again.made == whole.made and again.rejected == whole.rejected
    for name in ("a.png", "tops/b.png"):
        np.testing.assert_array_equal(
            images.load(out / name), images.load(tmp_path / "whole" / name)
        )


@pytest.mark.parametrize("damage", ["cut", "gone", "no record"])
def test_a_damaged_result_is_made_again(quick, photos, tmp_path, damage):
    out = tmp_path / "shop"
    quick().run(photos, out)
    before = (out / "a.png").read_bytes()
    if damage == "cut":
        (out / "a.png").write_bytes(before[: len(before) // 2])
    elif damage == "gone":
        (out / "a.png").unlink()
    else:
        (out / "a.png.json").unlink()
    report = quick().run(photos, out, overwrite=damage == "no record")
    assert "a.png" not in report.kept
    np.testing.assert_array_equal(
        images.load(out / "a.png"), images.decode(before)
    )


@pytest.mark.parametrize(
    "change",
    [{"background": "#eeeeee"}, {"seed": 3}, {"shadow": None}],
    ids=str,
)
def test_other_settings_make_all_of_it_again(quick, photos, tmp_path, change):
    quick().run(photos, tmp_path / "shop")
    assert quick(**change).run(photos, tmp_path / "shop").kept == []


def test_another_photo_of_that_name_is_shot_anew(quick, photos, tmp_path):
    quick().run(photos, tmp_path / "shop")
    images.save(photos / "a.png", photo_of((60, 50, 20, 30)))
    report = quick().run(photos, tmp_path / "shop")
    assert "a.png" not in report.kept and "a.png" in report.made


def test_a_photo_that_was_mended_is_no_longer_rejected(quick, photos, tmp_path):
    out = tmp_path / "shop"
    quick().run(photos, out)
    images.save(photos / "wall.png", photo_of((60, 50, 20, 30)))
    assert "wall.png" in quick().run(photos, out).made
    assert not (out / "rejected/wall.json").exists()


def test_a_picture_that_would_now_be_rejected_is_taken_away(
    quick, photos, tmp_path
):
    out = tmp_path / "shop"
    quick().run(photos, out)
    (out / "tops/mine.png").write_bytes(b"mine")
    never = QualityGate({"never": lambda _: 0.0}, {"never": (1.0, None)}, 0)
    report = quick(gate=never).run(photos, out)
    assert report.made == {} and "a.png" in report.rejected
    left = [name for name in files(out) if name.endswith((".png", ".png.json"))]
    assert left == ["sheet.png", "tops/mine.png"]


def test_the_page_tells_every_proof(quick, photo, tmp_path):
    images.save(tmp_path / "photos/a.png", photo)
    shot = quick(relight=(1.0, 0.0, 1.0), straighten=lambda cutout: cutout)
    shot.run(tmp_path / "photos", tmp_path / "shop")
    page = (tmp_path / "shop/report.html").read_text()
    for words in (
        "pixels of the product changed",
        "beyond the light, a part of",
        "other colours on 0.0% of the product",
    ):
        assert page.count(words) == 1, words
    assert page.count(">proven<") == 3


def test_any_number_of_workers_makes_the_same(quick, photos, tmp_path):
    reports = [
        quick(background=3).run(photos, tmp_path / f"{n}", workers=n)
        for n in (1, 3)
    ]
    for report in reports:
        for row in report.rows:
            for stage in row["stages"]:
                del stage["seconds"]
    assert reports[0].rows == reports[1].rows
    for name in ("a.png", "tops/b.png", "sheet.png"):
        np.testing.assert_array_equal(
            images.load(tmp_path / "1" / name),
            images.load(tmp_path / "3" / name),
        )


def test_rejected_pictures_are_written_by_consent_alone(
    quick, photo, tmp_path, small_shop
):
    images.save(tmp_path / "photos/a.png", photo)
    shot = quick(marketplace=small_shop(pixels=300))
    out = tmp_path / "shop"
    assert shot.run(tmp_path / "photos", out).made == {}
    assert not (out / "rejected/a.png").exists()
    report = shot.run(tmp_path / "photos", out, keep_rejected=True)
    assert report.kept == [] and report.made == {}
    assert images.load(out / "rejected/a.png").shape == (128, 128, 3)
    assert "a.png" not in files(out)
    reasons = json.loads((out / "rejected/a.json").read_text())["notes"]
    assert reasons["reasons"][0]["name"] == "against the rules"


def test_a_picture_retouched_by_hand_is_not_lost(quick, photos, tmp_path):
    out = tmp_path / "shop"
    quick().run(photos, out)
    images.save(out / "a.png", np.full((128, 128, 3), 7, "uint8"))
    mine = (out / "a.png").read_bytes()
    never = QualityGate({"never": lambda _: 0.0}, {"never": (1.0, None)}, 0)
    for shot in (quick(), quick(seed=3), quick(gate=never)):
        report = shot.run(photos, out)
        assert "was changed since" in report.failed["a.png"]
        assert (out / "a.png").read_bytes() == mine
    # It is written over where that is wanted, and never taken away.
    quick(gate=never).run(photos, out, overwrite=True)
    assert (out / "a.png").read_bytes() == mine
    assert "a.png" in quick().run(photos, out, overwrite=True).made
    assert (out / "a.png").read_bytes() != mine


def test_results_of_other_verbs_stay(quick, photos, tmp_path):
    out = tmp_path / "out"
    edit = Edits([("adjust_gamma", {"gamma": 0.8})])
    edit.run(photos, out, picture_format="png")
    before = {name: (out / name).read_bytes() for name in files(out)}
    with pytest.raises(ValueError, match="holds another report.json"):
        quick().run(photos, out)
    for name in ("report.json", "sheet.png"):
        (out / name).unlink()
    report = quick().run(photos, out)
    # One that is rejected, and one that would be written over.
    assert "made by edit" in report.failed["a.png"]
    assert "wall.png" in report.rejected
    for name in ("a.png", "a.png.json", "wall.png", "wall.png.json"):
        assert (out / name).read_bytes() == before[name], name


def test_what_others_put_among_the_rejected_stays(
    quick, photo, tmp_path, small_shop
):
    images.save(tmp_path / "photos/a.png", photo)
    shot = quick(marketplace=small_shop(pixels=300))
    out = tmp_path / "shop"
    shot.run(tmp_path / "photos", out, keep_rejected=True)
    images.save(out / "rejected/a.png", photo)
    mine = (out / "rejected/a.png").read_bytes()
    kept = shot.run(tmp_path / "photos", out)
    assert kept.kept == ["a.png"]
    for again in (shot, quick()):
        report = again.run(tmp_path / "photos", out, keep_rejected=True)
        assert "rejected/a.png is another's" in report.failed["a.png"]
    assert (out / "rejected/a.png").read_bytes() == mine


def test_files_of_others_are_not_written_over(quick, photos, tmp_path):
    out = tmp_path / "shop"
    out.mkdir()
    (out / "a.png").write_bytes(b"mine")
    report = quick().run(photos, out)
    assert "Another file is there already" in report.failed["a.png"]
    assert (out / "a.png").read_bytes() == b"mine"
    assert "a.png" in quick().run(photos, out, overwrite=True).made


def test_results_go_nowhere_among_the_photos(quick, photos):
    with pytest.raises(ValueError, match="outside of the photos"):
        quick().run(photos, photos / "shop")
    before = files(photos)
    with pytest.raises(ValueError, match="must hold pictures"):
        (photos.parent / "none").mkdir()
        quick().run(photos.parent / "none", photos.parent / "shop")
    assert files(photos) == before


def test_each_picture_tells_all_of_itself(quick, photos, tmp_path):
    out = tmp_path / "shop"
    quick(background=7).run(photos, out)
    beside = json.loads((out / "tops/b.png.json").read_text())
    assert beside["record"]["parents"][0]["file"] == "b.jpg"
    assert beside["settings"]["background"] == ["generated", {"seed": 7}]
    assert beside["notes"]["verdict"] == "accepted"
    assert not publishing.verify(out / "tops/b.png").problems


def test_the_report_and_the_page_name_every_photo(quick, photos, tmp_path):
    out = tmp_path / "shop"
    seen = []
    quick().run(photos, out, progress=lambda *words: seen.append(words))
    assert seen[-1] == (5, 5)
    report = json.loads((out / "report.json").read_text())
    assert [row["file"] for row in report["photos"]] == [
        "a.png",
        "tiny.png",
        "tops/b.jpg",
        "wall.png",
    ]
    page = (out / "report.html").read_text()
    for name in ("a.png", "tops/b.jpg", "wall.png", "tiny.png", "broken.jpg"):
        assert name in page
    assert page.count("data:image/jpeg;base64,") == 8
    assert page.count('alt="before"') == page.count('alt="after"') == 4
    assert "0 of " in page and "no product" in page
    assert images.load(out / "sheet.png").shape == (232, 1828, 3)


def test_names_cannot_break_the_page(quick, photo, tmp_path):
    images.save(tmp_path / "photos/<b>x&y.png", photo)
    quick().run(tmp_path / "photos", tmp_path / "shop")
    page = (tmp_path / "shop/report.html").read_text()
    assert "&lt;b&gt;x&amp;y.png" in page and "<b>x" not in page
