import csv
import os
import signal
import subprocess
import sys

import keras
import numpy as np
import pytest

from keras_productgen import images

TINY = ["--image-size", "8", "--batch-size", "4", "--num-compared", "8"]
SMALL_MODEL = ["--set", "width=4", "--set", "latent_dim=4"]


@pytest.fixture
def photos(tmp_path):
    generator = np.random.default_rng(0)
    for number in range(40):
        picture = generator.integers(0, 256, (9, 8, 3)).astype("uint8")
        name = "hat" if number % 2 else "dress"
        images.save(tmp_path / f"photos/{name}/{number}.png", picture)
    return tmp_path / "photos"


def epochs_in(directory):
    with open(directory / "training.csv", newline="") as file:
        return [int(row["epoch"]) for row in csv.DictReader(file)]


def start(*words):
    return subprocess.Popen(
        [sys.executable, "-m", "keras_productgen", "train", *map(str, words)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )


def wait_for(process, text):
    """Reads what a process writes up to a line with `text`."""
    for line in process.stdout:
        if text in line:
            return line
    raise AssertionError(process.stderr.read())


def test_leaves_a_model_pictures_a_table_and_a_plot(
    productgen, photos, tmp_path
):
    out = tmp_path / "run"
    words = ["train", "ConditionalGAN", photos, "--out", out]
    result = productgen(*words, "--epochs", 2, *TINY, *SMALL_MODEL)
    assert result.exit_code == 0, result.output
    assert "2 classes" in result.stdout
    assert epochs_in(out) == [0, 1]
    for name in ("history.png", "samples/epoch_0002.png"):
        assert images.load(out / name).std() > 0
    assert any((out / "logs").rglob("events*"))
    model = keras.saving.load_model(out / "model.keras")
    assert model.categories == {"category": ["dress", "hat"]}
    assert model.width == 4
    assert model.compiled

    again = productgen(*words, "--epochs", 2, *TINY, *SMALL_MODEL)
    assert again.exit_code == 1
    assert "--resume" in again.stderr

    more = [*words, *TINY, *SMALL_MODEL, "--resume", "--epochs"]
    assert "must be above the 2" in productgen(*more, 2).stderr
    assert productgen(*more, 3).exit_code == 0
    assert epochs_in(out) == [0, 1, 2]


def test_stops_in_time(productgen, photos, tmp_path):
    out = tmp_path / "run"
    result = productgen(
        "train", "dcgan", photos, "--out", out, "--minutes", 0.0001,
        "--compile", "augment=DiffAugment", "--compile", "r1_weight=2",
        "--epochs", 10_000, *TINY, *SMALL_MODEL,
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    assert epochs_in(out) == [0]
    model = keras.saving.load_model(out / "model.keras")
    assert model.stabilizers.get_config()["r1_weight"] == 2
    assert type(model.augment).__name__ == "DiffAugment"


@pytest.mark.slow
def test_ctrl_c_saves_and_resume_goes_on(photos, tmp_path):
    out = tmp_path / "run"
    words = ["DCGAN", photos, "--out", out, *TINY, *SMALL_MODEL, "--epochs"]
    process = start(*words, 100_000)
    wait_for(process, "epoch 2:")
    process.send_signal(signal.SIGINT)
    stdout, stderr = process.communicate()
    assert process.returncode == 130, stderr
    assert "Stopping after this batch" in stderr
    assert "--resume" in stdout.splitlines()[-1]
    done = len(epochs_in(out))
    keras.saving.load_model(out / "model.keras")

    resumed = start(*words, done + 1, "--resume")
    _, stderr = resumed.communicate()
    assert resumed.returncode == 0, stderr
    assert epochs_in(out) == list(range(done + 1))


@pytest.mark.slow
def test_a_killed_job_goes_on_at_its_last_epoch(photos, tmp_path):
    out = tmp_path / "run"
    words = ["DCGAN", photos, "--out", out, *TINY, *SMALL_MODEL, "--epochs"]
    process = start(*words, 100_000)
    wait_for(process, "epoch 2:")
    wait_for(process, "epoch 3:")
    process.kill()
    process.communicate()
    assert not (out / "model.keras").exists()

    resumed = start(*words, 100_000, "--resume")
    line = wait_for(resumed, "epoch ")
    resumed.kill()
    resumed.communicate()
    assert int(line.split()[1].rstrip(":")) >= 3


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["Perceptron"], "ConditionalGAN, CycleGAN, DCGAN, "),
        (["CycleGAN"], "must name the folder of what is to be made of DATA"),
        (["DCGAN", "--targets", "shots"], "is for Pix2Pix and CycleGAN"),
        (["StarGAN", "--targets", "shots"], "is for Pix2Pix and CycleGAN"),
        (["DCGAN", "--set", "wdith=4"], "image_size, latent_dim, width"),
        (["DCGAN", "--set", "width"], "form name=value"),
        (["DCGAN", "--set", "image_size=8"], "Say --image-size 8"),
        (["DCGAN", "--compile", "r1=4"], "r1_weight, r2_weight"),
        (["DCGAN", "--compile", "augment=Flip"], "DiffAugment, Adaptive"),
        (["DCGAN", "--epochs", "0"], "--epochs"),
        (["DCGAN", "--epochs", "2", "--decay-epochs", "3"], "at most --epochs"),
        (["CycleGAN", "--targets", "x", "--condition", "y"], "with conditions"),
    ],
)
def test_wrong_usage_names_the_mend(
    productgen, photos, tmp_path, words, message
):
    family, *options = words
    out = tmp_path / "run"
    result = productgen("train", family, photos, "--out", out, *options)
    assert result.exit_code == 2
    text = " ".join(result.stderr.replace("│", " ").split())
    assert message in text
    assert not out.exists()


def test_columns_of_a_table_steer_and_rates_fall(productgen, photos, tmp_path):
    table = tmp_path / "table.csv"
    rows = [
        f"{kind}/{number}.png,{cloth},#aa33{number:02d},0.{number:02d}1,no"
        for number in range(40)
        for kind in (["dress", "hat"][number % 2],)
        for cloth in (["cotton|striped", "wool"][number % 3 == 0],)
    ]
    head = "path,material,color,length,remark"
    table.write_text("\n".join([head, *rows]) + "\n")
    out = tmp_path / "run"
    result = productgen(
        "train", "ConditionalGAN", photos, "--out", out, *TINY, *SMALL_MODEL,
        "--manifest", table, "--condition", "material", "--condition", "color",
        "--condition", "length", "--epochs", 2, "--decay-epochs", 1,
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    assert "pictures with color, length, material" in result.stdout
    model = keras.saving.load_model(out / "model.keras")
    assert model.labels == {"material": ["cotton", "striped", "wool"]}
    assert model.vectors == {"color": 3, "length": 1}
    assert model.categories == {}
    for optimizer in (model.g_optimizer, model.d_optimizer):
        assert float(optimizer.learning_rate) == 0.0
        falling = optimizer.get_config()["learning_rate"]["config"]
        assert falling["initial_learning_rate"] > 0.0
        assert falling["constant_steps"] == falling["decay_steps"] > 0


def test_data_that_is_not_there_is_wrong_usage(productgen, tmp_path):
    out = tmp_path / "run"
    result = productgen("train", "DCGAN", tmp_path / "no", "--out", out)
    assert result.exit_code == 2
    assert "or 'catalog'" in result.stderr
    assert not out.exists()


def test_a_value_that_does_not_fit_is_one_line(productgen, photos, tmp_path):
    result = productgen(
        "train", "DCGAN", photos, "--out", tmp_path / "run", "--set", "width=0"
    )
    assert result.exit_code == 1
    assert result.stderr.startswith("Error: `width` must be")


def test_the_doctor_leaves_its_words_and_a_plot(productgen, photos, tmp_path):
    out = tmp_path / "run"
    words = ["train", "DCGAN", photos, "--out", out, "--epochs", 1, "--doctor"]
    result = productgen(
        *words, "--language", "zh", "--generator-rate", 0, *TINY, *SMALL_MODEL
    )
    assert result.exit_code == 0, result.output
    said = (out / "doctor.txt").read_text("utf-8")
    assert "生成器没有在训练：它的学习率是 0。" in said
    assert "生成器没有在训练：它的学习率是 0。" in result.stdout
    assert images.load(out / "doctor.png").std() > 0
    with open(out / "training.csv", newline="") as file:
        (row,) = csv.DictReader(file)
    assert float(row["doctor_kid"]) > 0.0
