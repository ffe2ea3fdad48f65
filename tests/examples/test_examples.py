import os
import pathlib
import subprocess
import sys

import keras
import numpy as np
import pytest

from keras_productgen import data
from keras_productgen import images
from keras_productgen import models

ROOT = pathlib.Path(__file__).parents[2]
TINY = "--image-size 16 --width 4 --batch-size 8 --items 64".split()


def run(name, *words):
    """Runs an example as a user does; returns what it prints."""
    done = subprocess.run(
        [sys.executable, ROOT / "examples" / name, *map(str, words)],
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "TF_CPP_MIN_LOG_LEVEL": "3",
        },
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    out = tmp_path_factory.mktemp("catalog")
    run("train.py", "--out", out, "--epochs", 1, *TINY)
    return out


def test_training_leaves_models_samples_and_history(trained):
    assert (trained / "model.keras").is_file()
    assert (trained / "best.keras").is_file()
    assert images.load(trained / "history.png").std() > 0
    sheet = images.load(trained / "samples" / "epoch_0001.png")
    assert sheet.shape == (4 * 18 + 2, 4 * 18 + 2, 3)


@pytest.mark.slow
def test_a_folder_of_photos_is_learned_and_resumed(tmp_path):
    catalog = data.ProductCatalog(16, 0, ("dress", "hat"), 80)
    catalog.export(tmp_path, splits={"photos": 1.0})
    words = [tmp_path / "photos", "--out", tmp_path / "mine", *TINY]
    run("train.py", *words, "--epochs", 1)
    assert "Epoch 1/" not in run("train.py", *words, "--epochs", 2)
    rows = (tmp_path / "mine" / "log.csv").read_text().splitlines()
    assert [row.split(",")[0] for row in rows] == ["epoch", "0", "1"]


@pytest.mark.slow
def test_a_sweep_has_a_row_for_each_kind(trained, tmp_path):
    path = tmp_path / "sweep.png"
    words = ["--out", path, "--kinds", "dress", "mug", "--columns", 5]
    run("generate.py", trained / "model.keras", *words)
    assert images.load(path).shape == (2 * 18 + 2, 5 * 18 + 2, 3)


@pytest.mark.slow
def test_the_exported_model_gives_the_same_pictures(trained, tmp_path):
    words = [trained / "model.keras", tmp_path / "shop", "--num", 3]
    printed = run("export.py", *words, "--sheet", tmp_path / "served.png")
    levels = printed.split("differs from Python by ")[1].split()[0]
    assert int(levels) <= 1
    assert (tmp_path / "shop" / "1" / "saved_model.pb").is_file()
    served = images.load(tmp_path / "served.png")
    assert np.shape(served) == (2 * 18 + 2, 2 * 18 + 2, 3)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["color", "style"])
def test_a_translator_of_products_learns_and_goes_on(name, tmp_path):
    tiny = "--image-size 16 --width 2 --blocks 1 --batch-size 10 --items 20"
    words = [name, "--out", tmp_path / "run", *tiny.split()]
    run("train_star_gan.py", *words, "--epochs", "1")
    printed = run("train_star_gan.py", *words, "--epochs", "2")
    assert "Epoch 2/2" in printed and "Epoch 1/2" not in printed
    assert ("dB" in printed) == (name == "color")
    assert len((tmp_path / "run/log.csv").read_text().splitlines()) == 3
    model = keras.saving.load_model(tmp_path / "run/model.keras")
    assert type(model).__name__ == "StarGAN"


@pytest.mark.slow
def test_the_shipped_generator_can_be_made_again(tmp_path):
    tiny = "--image-size 16 --width 4 --batch-size 8 --items 32"
    words = ["--out", tmp_path, *tiny.split()]
    run("train_catalog.py", *words, "--steps", *5 * ["100"])
    packed = models.unpack(tmp_path / "catalog.npz")
    model = keras.saving.load_model(tmp_path / "model.keras")
    assert int(model.g_optimizer.iterations) == 100
    assert not model.guess_fake_images
    wanted = {"category": "dress", "pattern": "plain", "color": (1.0, 0.0, 0.0)}
    difference = packed.generate(2, 0, wanted) - model.generate(2, 0, wanted)
    assert np.abs(difference).max() < 16.0
    former = tmp_path / "catalog.npz"
    words = ["--measure", former, "--out", tmp_path, "--items", "60"]
    words += ["--pictures", "26", "--epochs", "1", "--seeds", "5", "6"]
    printed = run("train_catalog.py", *words)
    for seed in ("seed 5, 26", "seed 6, 26", "kid:", "precision:", "recall:"):
        assert seed in printed
    words = ["--out", tmp_path / "guided", "--former", former]
    words += ["--items", "64", "--epochs", "1", "1"]
    run("guide_catalog.py", *words)
    guided = models.unpack(tmp_path / "guided/catalog.npz")
    moved = np.abs(
        guided.generate(2, 0, wanted) - packed.generate(2, 0, wanted)
    )
    assert 0.0 < moved.mean() < 16.0


@pytest.fixture(scope="module")
def photos(tmp_path_factory):
    folder = tmp_path_factory.mktemp("products")
    catalog = data.ProductCatalog(96, 0, ("dress", "hat"), 40)
    catalog.export(folder, splits={"photos": 1.0})
    return folder / "photos"


@pytest.mark.slow
def test_a_network_that_restores_is_trained_and_packed(photos, tmp_path):
    tiny = "--side 64 --batch-size 4 --items 4 --steps 2 --dtype float32"
    words = ["--photos", photos, "--out", tmp_path, *tiny.split()]
    run("train_restoration.py", "denoise", *words)
    start = ["--start", tmp_path / "denoise.npz"]
    run("train_restoration.py", "restore", *words, *start)
    restorer = models.unpack(tmp_path / "restore.npz")
    photo = data.ProductCatalog(48, 1)[0].image
    restored = restorer.restore(photo)
    assert restored.shape == photo.shape
    assert np.abs(restored - photo.astype(float)).mean() < 40.0


@pytest.mark.slow
def test_a_network_that_fills_holes_is_trained_in_two_parts(photos, tmp_path):
    tiny = "--side 64 --batch-size 4 --items 4 --steps 2 --finish 2"
    words = ["--photos", photos, "--out", tmp_path, *tiny.split()]
    run("train_inpainting.py", *words, "--dtype", "float32")
    model = models.unpack(tmp_path / "inpaint.npz")
    photo = data.ProductCatalog(48, 1)[0].image
    mask = np.zeros((48, 48), bool)
    mask[10:20, 12:30] = True
    filled = model.restore(photo, mask)
    assert np.array_equal(filled[~mask], photo[~mask])
    assert not np.array_equal(filled[mask], photo[mask])


@pytest.mark.slow
def test_a_generator_of_photos_goes_on_as_one_that_is_told(photos, tmp_path):
    former = models.ConditionalGAN(
        {"category": ["dress", "hat"]}, image_size=16, width=4, seed=0
    )
    former.compile()
    former.save(tmp_path / "former.keras")
    out = tmp_path / "control.keras"
    words = [tmp_path / "former.keras", photos]
    run("train_control.py", *words, "--out", out, "--steps", 2)
    model = keras.saving.load_model(out)
    assert model.categories == former.categories
    assert not model.guess_fake_images
    assert int(model.g_optimizer.iterations) == 2
