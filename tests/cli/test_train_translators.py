import csv
import shutil

import keras
import numpy as np
import pytest

from keras_productgen import images
from keras_productgen import models

TINY = ["--epochs", 1, "--batch-size", 2, "--num-compared", 4]
PIX2PIX = [
    "--image-size", 16, "--set", "width=2", "--set", "discriminator_layers=1",
]  # fmt: skip
CYCLEGAN = [
    "--image-size", 8, "--set", "width=2", "--set", "num_blocks=1",
    "--set", "discriminator_layers=1", "--set", "pool_size=2",
]  # fmt: skip
STARGAN = [
    "--image-size", 16, "--set", "width=4", "--set", "num_blocks=1",
    "--set", "discriminator_layers=2",
]  # fmt: skip


@pytest.fixture
def photos(tmp_path):
    """Folders `dark` and `bright` of ten pictures each, of the same names."""
    generator = np.random.default_rng(0)
    for number in range(10):
        picture = generator.integers(0, 128, (12, 12, 3)).astype("uint8")
        name = f"{('dress', 'hat')[number % 2]}/{number}.png"
        images.save(tmp_path / "dark" / name, picture)
        images.save(tmp_path / "bright" / name, picture + 128)
    return tmp_path


@pytest.fixture(autouse=True)
def eager(monkeypatch):
    """Runs step by step: what is compiled here runs only a few times."""
    compile_ = models.ImageTranslation.compile

    def compile_eager(self, *args, **kwargs):
        compile_(self, *args, **{**kwargs, "run_eagerly": True})

    monkeypatch.setattr(models.ImageTranslation, "compile", compile_eager)


def rows_in(directory):
    with open(directory / "training.csv", newline="") as file:
        return list(csv.DictReader(file))


def validated(row):
    """The names of what was measured on other pictures."""
    return [name for name in row if "val_" in name and row[name] != "NA"]


def test_pix2pix_learns_from_pairs_and_goes_on(productgen, photos):
    out = photos / "run"
    (photos / "dark/hat/1.png").write_bytes(b"no picture")
    words = [
        "train", "pix2pix", photos / "dark", "--targets", photos / "bright",
        "--out", out, "--set", "source_channels=1", "--validation-split", 0.4,
        "--flip", *TINY, *PIX2PIX,
    ]  # fmt: skip
    result = productgen(*words)
    assert result.exit_code == 0, result.output
    assert "more to compare with" in result.stdout
    assert "hat/1.png: The file must be a whole picture" in result.stderr
    assert "hat/1.png: It has no usable partner" in result.stderr
    model = keras.saving.load_model(out / "model.keras")
    assert model.compiled and model.image_shape == (16, 16, 1)
    assert images.load(out / "history.png").std() > 0
    assert any((out / "logs").rglob("events*"))
    sheet = images.load(out / "samples/epoch_0001.png")
    assert sheet.shape[1] == 3 * 18 + 2  # source, output, target

    assert productgen(*words).exit_code == 1
    assert "--resume" in productgen(*words).stderr
    result = productgen(*words, "--resume", "--epochs", 2)
    assert result.exit_code == 0, result.output
    rows = rows_in(out)
    assert [row["epoch"] for row in rows] == ["0", "1"]
    for row in rows:
        # At most 255 apart, so above 0 dB: two thirds apart are 3.5 dB.
        assert 0.0 < float(row["val_l1_loss"]) < 2.0
        assert 0.0 < float(row["val_psnr"]) < 40.0


def test_what_is_logged_is_that_of_the_saved_model(productgen, photos):
    out = photos / "run"
    result = productgen(
        "train", "Pix2Pix", photos / "dark", "--targets", photos / "bright",
        "--out", out, "--validation-split", 0.4, "--seed", 3,
        "--generator-rate", 0, *TINY, *PIX2PIX, "--num-compared", 100,
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    from keras_productgen import data

    dataset = data.image_pairs(
        photos / "dark", photos / "bright", 16, 100,
        validation_split=0.4, subset="validation", seed=3,
    )  # fmt: skip
    ((sources, targets),) = dataset
    model = keras.saving.load_model(out / "model.keras")
    made = model.translate(np.asarray(sources), seed=3)
    errors = (made - np.asarray(targets)) / 127.5
    decibels = -10.0 * np.log10((errors**2).mean((1, 2, 3)) / 4.0)
    (row,) = rows_in(out)
    assert float(row["val_l1_loss"]) == pytest.approx(
        np.abs(errors).mean(), rel=1e-4
    )
    assert float(row["val_psnr"]) == pytest.approx(decibels.mean(), rel=1e-4)


def test_without_a_share_kept_nothing_is_compared(productgen, photos):
    out, path = photos / "run", photos / "bright/hat/3.png"
    path.write_bytes(path.read_bytes()[:200])
    result = productgen(
        "train", "Pix2Pix", photos / "dark", "--targets", photos / "bright",
        "--out", out, "--validation-split", 0, *TINY, *PIX2PIX,
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    # Its header is sound: training has met the damage.
    assert f"{path}: The file must be a whole picture" in result.stderr
    (row,) = rows_in(out)
    assert float(row["l1_loss"]) > 0.0 and validated(row) == []
    assert images.load(out / "samples/epoch_0001.png").std() > 0


def test_cyclegan_learns_from_two_kinds(productgen, photos):
    out = photos / "run"
    shutil.rmtree(photos / "bright/hat")
    (photos / "bright/dress/words.jpg").write_bytes(b"words")
    result = productgen(
        "train", "CycleGAN", photos / "dark", "--targets", photos / "bright",
        "--out", out, "--validation-split", 0.3, "--flip", *TINY, *CYCLEGAN,
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    assert "5 targets" in result.stdout
    assert f"{photos}/bright/dress/words.jpg: The file" in result.stderr
    (row,) = rows_in(out)
    assert float(row["cycle_loss"]) > 0.0 and validated(row) == []
    sheet = images.load(out / "samples/epoch_0001.png")
    assert sheet.shape[1] == 2 * 10 + 2
    model = keras.saving.load_model(out / "model.keras")
    assert model.directions == ("a_to_b", "b_to_a")


@pytest.mark.parametrize("source", ["dark", "catalog"])
def test_stargan_learns_from_conditions(productgen, photos, source):
    out = photos / "run"
    catalog = source == "catalog"
    result = productgen(
        "train", "StarGAN", source if catalog else photos / source,
        "--out", out, "--num-items", 10, "--validation-split", 0.3,
        *TINY, *STARGAN, "--batch-size", 5,
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    model = keras.saving.load_model(out / "model.keras")
    assert model.condition_names() == ["category", "color"][: 1 + catalog]
    (row,) = rows_in(out)
    assert float(row["reconstruction_loss"]) > 0.0 and validated(row) == []
    sheet = images.load(out / "samples/epoch_0001.png")
    # The source, and some values of each condition.
    columns = 1 + 4 + 4 if catalog else 1 + 2
    assert sheet.shape[1] == columns * 18 + 2


def test_the_doctor_watches_translators_too(productgen, photos):
    out = photos / "run"
    result = productgen(
        "train", "Pix2Pix", photos / "dark", "--targets", photos / "bright",
        "--out", out, "--doctor", "--validation-split", 0,
        *TINY, *PIX2PIX,
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    assert (out / "doctor.txt").read_text("utf-8")


@pytest.mark.parametrize(
    ("sources", "targets", "message"),
    [
        ("dark", "absent", "must be a folder of pictures that exists"),
        ("absent", "bright", "must be a folder of pictures that exists"),
        ("catalog", "bright", "must be a folder of pictures that exists"),
        ("dark", "dark/../dark", "must be another folder than DATA"),
    ],
)
def test_folders_that_do_not_fit_are_wrong_usage(
    productgen, photos, monkeypatch, sources, targets, message
):
    monkeypatch.chdir(photos)
    result = productgen(
        "train", "Pix2Pix", sources, "--targets", targets, "--out", "run"
    )
    assert result.exit_code == 2
    assert message in " ".join(result.stderr.replace("│", " ").split())
    assert not (photos / "run").exists()


def test_folders_without_a_pair_are_one_line(productgen, photos):
    (photos / "bright/hat").rename(photos / "hats")
    shutil.rmtree(photos / "dark/dress")
    result = productgen(
        "train", "Pix2Pix", photos / "dark", "--targets", photos / "bright",
        "--out", photos / "run",
    )  # fmt: skip
    assert result.exit_code == 1
    assert result.stderr.startswith("Error: `sources` and `targets` must hold")
    assert len(result.stderr.splitlines()) == 1
    assert not (photos / "run").exists()
