import json
import pathlib

import keras
import tensorflow as tf

from keras_productgen import images


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
    num_columns = len(model.categories["category"])
    assert sheet.shape == (82 * 8 + 2, 82 * num_columns + 2, 3)
    assert images.load(summary["training_curve"]).std() > 0
    assert any(pathlib.Path(summary["logs"]).rglob("events*"))
    assert pathlib.Path(summary["saved_model"]).name == "1"
    served = tf.saved_model.load(summary["saved_model"])
    assert set(served.signatures) == {"serving_default", "latents"}

    commands = result.stdout.split("Try next:")[1].strip().splitlines()
    assert len(commands) == 3
