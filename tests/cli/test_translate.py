import json
import signal
import subprocess
import sys
import time
import zipfile

import keras
import numpy as np
import pytest

from keras_productgen import images
from keras_productgen import models
from keras_productgen import publishing


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """Untrained translators, whose weights are made to differ visibly."""
    keras.utils.set_random_seed(0)
    folder = tmp_path_factory.mktemp("models")
    made = {
        "pix2pix": models.Pix2Pix(
            16, 2, source_channels=1, discriminator_layers=1,
            value_range=(-1, 1),
        ),
        "cyclegan": models.CycleGAN(
            8, 2, num_blocks=1, discriminator_layers=1, pool_size=0
        ),
        "stargan": models.StarGAN(
            {"pattern": ["plain", "stripes"]}, {"color": 3},
            {"attributes": ["striped", "hood"]}, image_size=8, width=4,
            num_blocks=1, discriminator_layers=2,
        ),
    }  # fmt: skip
    for name, model in made.items():
        for weight in model.ema_generator.weights:
            if "kernel" in weight.path:
                weight.assign(weight * 8.0)
        model.save(folder / f"{name}.keras")
    return folder


@pytest.fixture
def photos(tmp_path):
    generator = np.random.default_rng(0)
    for name in ("shoes/1.png", "shoes/2.tif", "hat.bmp"):
        picture = generator.integers(0, 256, (20, 20, 3)).astype("uint8")
        images.save(tmp_path / "photos" / name, picture)
    return tmp_path / "photos"


def written(folder):
    return sorted(
        str(path.relative_to(folder))
        for path in folder.rglob("*")
        if path.is_file()
    )


def prepared(path, size=16):
    return images.load_resized(path, size)[None].astype("float32")


NAMES = [
    "hat.png", "hat.png.json", "report.json", "sheet.png", "shoes/1.png",
    "shoes/1.png.json", "shoes/2.png", "shoes/2.png.json",
]  # fmt: skip


def test_help_shows_an_example(productgen):
    result = productgen("translate", "--help")
    assert result.exit_code == 0
    assert "Example" in result.output
    assert "productgen translate" in result.output


def test_names_are_kept_and_pictures_those_of_the_model(
    productgen, files, photos, tmp_path
):
    out = tmp_path / "out"
    result = productgen(
        "translate", files / "pix2pix.keras", photos, "--out", out, "--seed", 7
    )
    assert result.exit_code == 0, result.output
    assert "3 pictures made, 0 were there already" in result.stdout
    assert written(out) == NAMES
    model = keras.saving.load_model(files / "pix2pix.keras", compile=False)
    luma = np.array([0.299, 0.587, 0.114])
    names = ["hat.bmp", "shoes/1.png", "shoes/2.tif"]
    sources = np.concatenate([prepared(photos / name) for name in names])
    grey = np.rint(sources @ luma)[..., None] / 127.5 - 1.0
    expected = 127.5 * (model.translate(grey, seed=7) + 1.0)
    for name, picture in zip(names, expected):
        found = images.load((out / name).with_suffix(".png"))
        # Luma is rounded otherwise in places.
        assert np.abs(found - picture).mean() < 2.0
        assert picture.std() > 5.0
    assert images.load(out / "sheet.png").shape == (3 * 18 + 2, 38, 3)


def test_sheet_shows_pictures_beside_their_translations(
    productgen, files, photos, tmp_path
):
    out = tmp_path / "out"
    words = ["translate", files / "cyclegan.keras", photos, "--out", out]
    assert productgen(*words).exit_code == 0
    cells = []
    for name in ("hat.bmp", "shoes/1.png", "shoes/2.tif"):
        cells.append(prepared(photos / name, 8)[0])
        cells.append(images.load((out / name).with_suffix(".png")))
    expected = images.grid(np.stack(cells), 2)
    np.testing.assert_array_equal(images.load(out / "sheet.png"), expected)
    # What a stopped run goes on with is shown as well.
    (out / "sheet.png").unlink()
    (out / "hat.png").unlink()
    result = productgen(*words)
    assert "1 pictures made, 2 were there already" in result.stdout
    np.testing.assert_array_equal(images.load(out / "sheet.png"), expected)


def test_a_stopped_run_ends_as_one_that_was_not(
    productgen, files, photos, tmp_path
):
    words = ["translate", files / "pix2pix.keras", photos, "--out"]
    assert productgen(*words, tmp_path / "whole").exit_code == 0
    out = tmp_path / "out"
    images.save(out / "hat.png", np.zeros((16, 16, 3), "uint8"))
    result = productgen(*words, out)
    assert "2 pictures made, 0 were there already" in result.stdout
    # Another's file is neither taken for a translation nor written over.
    assert "hat.bmp: Another file is there already" in result.stderr
    assert not images.load(out / "hat.png").any()
    for name in ("shoes/1.png", "shoes/2.png"):
        same = (tmp_path / "whole" / name).read_bytes()
        assert (out / name).read_bytes() == same
    # A record whose picture was not written yet.
    (out / "shoes/1.png").unlink()
    result = productgen(*words, out)
    assert "1 pictures made, 1 were there already" in result.stdout
    same = (tmp_path / "whole/shoes/1.png").read_bytes()
    assert (out / "shoes/1.png").read_bytes() == same

    result = productgen(*words, out, "--overwrite")
    assert "3 pictures made" in result.stdout
    whole = (tmp_path / "whole/hat.png").read_bytes()
    assert (out / "hat.png").read_bytes() == whole


def test_one_way_of_making_is_not_mixed_with_another(
    productgen, files, photos, tmp_path
):
    out = tmp_path / "out"
    words = ["translate", files / "pix2pix.keras", photos, "--out", out]
    assert productgen(*words).exit_code == 0
    before = (out / "hat.png").read_bytes()
    result = productgen(*words, "--seed", 1)
    assert result.exit_code == 1
    assert "say --overwrite" in result.stderr
    assert (out / "hat.png").read_bytes() == before
    assert productgen(*words, "--seed", 1, "--overwrite").exit_code == 0
    assert (out / "hat.png").read_bytes() != before
    result = productgen("translate", files / "cyclegan.keras", *words[2:])
    assert result.exit_code == 1 and "same model" in result.stderr
    (out / "report.json").write_text('{"verb": "edit", "made": {}}')
    result = productgen(*words)
    assert result.exit_code == 1 and "same model" in result.stderr


def test_bad_files_are_named_and_the_rest_is_done(
    productgen, files, photos, tmp_path
):
    (photos / "broken.jpg").write_bytes(b"no picture")
    (photos / "notes.txt").write_text("words")
    (photos / "hat.json").write_text("{}")
    for name in ("shoes/1.bmp", "sheet.png"):
        images.save(photos / name, np.full((9, 9, 3), 99, "uint8"))
    whole = (photos / "hat.bmp").read_bytes()
    (photos / "half.bmp").write_bytes(whole[: len(whole) // 2])
    out = tmp_path / "out"
    words = ["translate", files / "cyclegan.keras", photos, "--out", out]
    result = productgen(*words)
    assert result.exit_code == 0, result.output
    assert "6 could not be used" in result.stderr
    assert "broken.jpg: The file must be a whole picture" in result.stderr
    report = json.loads((out / "report.json").read_text())
    # Of two files with one name the first is translated.
    assert report["made"] == ["hat.bmp", "shoes/1.bmp", "shoes/2.tif"]
    assert "is that of shoes/1.bmp" in report["failed"]["shoes/1.png"]
    assert "is that of the sheet" in report["failed"]["sheet.png"]
    assert sorted(report["failed"]) == [
        "broken.jpg", "half.bmp", "hat.json", "notes.txt", "sheet.png",
        "shoes/1.png",
    ]  # fmt: skip
    assert written(out) == NAMES
    again = productgen(*words)
    assert "0 pictures made, 3 were there already" in again.stdout
    kept = json.loads((out / "report.json").read_text())
    assert kept["failed"] == report["failed"]


def test_nothing_usable_is_a_failure(productgen, files, tmp_path):
    (tmp_path / "photos").mkdir()
    words = [
        "translate", files / "cyclegan.keras", tmp_path / "photos", "--out",
        tmp_path / "out",
    ]  # fmt: skip
    empty = productgen(*words)
    assert empty.exit_code == 1
    assert empty.stderr.startswith("Error: PHOTOS must hold pictures")
    (tmp_path / "photos/a.png").write_bytes(b"")
    bad = productgen(*words)
    assert bad.exit_code == 1
    assert "a.png: The file must be" in bad.stderr


def test_one_picture_can_be_translated(productgen, files, photos, tmp_path):
    out = tmp_path / "out"
    photo = photos / "shoes/2.tif"
    for direction in ("a_to_b", "b_to_a"):
        result = productgen(
            "translate", files / "cyclegan.keras", photo,
            "--out", out / direction, "--direction", direction,
        )  # fmt: skip
        assert result.exit_code == 0, result.output
        model = keras.saving.load_model(files / "cyclegan.keras", compile=False)
        (expected,) = model.translate(prepared(photo, 8), direction)
        found = images.load(out / direction / "2.png")
        np.testing.assert_array_equal(found, images.to_uint8(expected))
        assert written(out / direction) == [
            "2.png", "2.png.json", "report.json", "sheet.png",
        ]  # fmt: skip


def test_translations_say_what_made_them(productgen, files, photos, tmp_path):
    out = tmp_path / "out"
    words = ["translate", files / "pix2pix.keras", photos, "--out", out]
    assert productgen(*words, "--seed", 7, "--producer", "Shop").exit_code == 0
    found = publishing.verify(out / "shoes/2.png")
    assert found.source_type == "trainedAlgorithmicMedia"
    assert found.model == "pix2pix.keras" and not found.problems
    record = found.record["record"]
    assert record["seed"] == 7 and record["producer"] == "Shop"
    assert record["edits"] == [{"name": "translate", "index": 2}]
    assert record["parents"][0]["file"] == "shoes/2.tif"
    sheet = publishing.verify(out / "sheet.png")
    assert sheet.source_type == "trainedAlgorithmicMedia"
    bare = tmp_path / "bare"
    assert productgen(*words[:-1], bare, "--no-label").exit_code == 0
    assert not publishing.verify(bare / "hat.png").labelled


def test_conditions_reach_the_model(productgen, files, photos, tmp_path):
    out = tmp_path / "out"
    result = productgen(
        "translate", files / "stargan.keras", photos / "hat.bmp", "--out", out,
        "--condition", "pattern=stripes", "--condition", "color=navy",
        "--condition", "attributes=striped,hood",
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    model = keras.saving.load_model(files / "stargan.keras", compile=False)
    (expected,) = model.translate(
        prepared(photos / "hat.bmp", 8),
        {"pattern": 1, "color": (0.10, 0.15, 0.34), "attributes": [1, 1]},
    )
    found = images.load(out / "hat.png")
    np.testing.assert_array_equal(found, images.to_uint8(expected))


@pytest.mark.parametrize(
    ("model", "words", "message"),
    [
        ("pix2pix", ["--direction", "b_to_a"], "is not for a Pix2Pix"),
        ("pix2pix", ["--condition", "color=red"], "is not for a Pix2Pix"),
        ("cyclegan", ["--seed", "3"], "is not for a CycleGAN"),
        ("cyclegan", ["--direction", "up"], "'a_to_b', 'b_to_a'"),
        ("stargan", [], "must give some of ['pattern', 'color', 'attr"),
        ("stargan", ["--condition", "size=3"], "must give some of"),
        ("stargan", ["--condition", "pattern=dots"], "'plain', 'stripes'"),
        ("stargan", ["--condition", "color=reddish"], "such as navy"),
        ("stargan", ["--condition", "color"], "form name=value"),
        ("absent", [], "must exist"),
    ],
)
def test_options_that_do_not_fit_are_refused_before_any_work(
    productgen, files, photos, tmp_path, model, words, message
):
    out = tmp_path / "out"
    path = files / f"{model}.keras"
    result = productgen("translate", path, photos, "--out", out, *words)
    assert result.exit_code in (1, 2)
    assert message in " ".join(result.stderr.replace("│", " ").split())
    assert not out.exists()


def test_other_models_are_refused(
    productgen, photos, tmp_path, plain_file, files
):
    words = [photos, "--out", tmp_path / "out"]
    result = productgen("translate", plain_file, *words)
    assert "a DCGAN" in result.stderr
    half, other = tmp_path / "half.keras", tmp_path / "other.keras"
    half.write_bytes(plain_file.read_bytes()[:999])
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("a.txt", "words")
    for path in (half, other, photos / "hat.bmp"):
        result = productgen("translate", path, *words)
        assert result.exit_code == 1
        assert result.stderr.startswith("Error: MODEL must be a file")
        assert len(result.stderr.splitlines()) == 1
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("out", [".", "new", "shoes/../shoes/x", "link/new"])
def test_never_writes_among_the_originals(
    productgen, files, photos, tmp_path, out
):
    (photos / "link").symlink_to(photos / "shoes", target_is_directory=True)
    before = written(photos)
    model = files / "cyclegan.keras"
    result = productgen("translate", model, photos, "--out", photos / out)
    assert result.exit_code == 2
    assert "outside of that of the photos" in result.stderr
    result = productgen("translate", model, photos / "hat.bmp", "--out", photos)
    assert result.exit_code == 2
    assert written(photos) == before


def test_links_back_to_the_originals_are_noticed(
    productgen, files, photos, tmp_path
):
    (tmp_path / "out").mkdir()
    (tmp_path / "out/shoes").symlink_to(photos / "shoes")
    (photos / "shoes/1.tif").hardlink_to(photos / "shoes/2.tif")
    before = (photos / "shoes/1.png").read_bytes()
    result = productgen(
        "translate", files / "cyclegan.keras", photos,
        "--out", tmp_path / "out", "--overwrite",
    )  # fmt: skip
    assert result.exit_code == 0
    assert "1.png: Its translation would be written over" in result.stderr
    assert "shoes/1.tif: Its translation" in result.stderr
    assert (photos / "shoes/1.png").read_bytes() == before


def heed_ctrl_c():
    """A shell lets what runs behind it ignore it, and so would its children."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.slow
def test_ctrl_c_stops_and_the_same_command_goes_on(
    productgen, files, photos, tmp_path
):
    for number in range(4000):
        path = photos / f"many/{number:04}.bmp"
        path.parent.mkdir(exist_ok=True)
        path.hardlink_to(photos / "hat.bmp")
    out = tmp_path / "out"
    words = ["translate", files / "pix2pix.keras", photos, "--out", out]
    process = subprocess.Popen(
        [sys.executable, "-m", "keras_productgen", *map(str, words)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=heed_ctrl_c,
    )
    while process.poll() is None and not (out / "many/0100.png").exists():
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, stderr = process.communicate()
    assert process.returncode == 130, stderr
    assert "the same command goes on" in stderr
    assert len(list(out.glob("many/[0-9]*.png"))) < 4000
    assert productgen(*words).exit_code == 0
    assert len(list(out.glob("many/[0-9]*.png"))) == 4000
