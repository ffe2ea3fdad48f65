import json
import pathlib

import keras
import numpy as np
import tensorflow as tf

from keras_productgen import images
from keras_productgen import publishing
from keras_productgen.cli import demo_run
from keras_productgen.models.networks import weights_digest


def test_leaves_all_that_it_names(productgen, tmp_path):
    result = productgen(
        "demo", "--out", tmp_path, "--steps", 6, "--image-size", 16,
        "--num-items", 64, "--num-compared", 16,
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    summary = json.loads((tmp_path / "summary.json").read_text())
    assert summary["kid_before"] != summary["kid_after"]
    assert summary["seconds"] > 0
    model = keras.saving.load_model(tmp_path / "model.keras")
    assert int(model.g_optimizer.iterations) == 6

    sheet = images.load(summary["contact_sheet"])
    found = publishing.verify(summary["contact_sheet"])
    assert found.source_type == "trainedAlgorithmicMedia"
    digest = found.record["record"]["model"]["sha256"]
    assert digest == weights_digest(model) and not found.problems
    num_columns = len(model.categories["category"])
    assert sheet.shape == (82 * 8 + 2, 82 * num_columns + 2, 3)
    assert images.load(summary["training_curve"]).std() > 0
    assert any(pathlib.Path(summary["logs"]).rglob("events*"))
    assert pathlib.Path(summary["saved_model"]).name == "1"
    served = tf.saved_model.load(summary["saved_model"])
    names = {"serving_default", "generate", "latents", "describe"}
    assert set(served.signatures) == names

    commands = result.stdout.split("Try next:")[1].strip().splitlines()
    assert len(commands) == 3


def test_the_distance_of_a_model_to_its_own_pictures_is_small(
    conditional_file,
):
    model = keras.saving.load_model(conditional_file)
    conditions = {
        "category": np.arange(24) % 2,
        "color": np.random.default_rng(0).uniform(size=(24, 3)),
    }
    own = model.generate(24, seed=9, conditions=conditions)
    own = (own + 1.0) * 127.5
    noise = np.random.default_rng(1).uniform(0.0, 255.0, own.shape)
    near, _ = demo_run.kid(model, [(own, conditions)], 24, seed=0)
    far, _ = demo_run.kid(model, [(noise, conditions)], 24, seed=0)
    assert abs(near) < 0.2 * far
