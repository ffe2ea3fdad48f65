import json

import keras
import pytest

from tests.training.toys import pictures
from tests.training.toys import small_gan


@pytest.mark.skipif(
    keras.config.backend() != "tensorflow",
    reason="Keras profiles on TensorFlow; on JAX from Python 3.12 on",
)
def test_tensorboard_profiles_the_training_step(tmp_path):
    convert = pytest.importorskip("xprof.convert.raw_to_tool_data")
    small_gan().fit(
        pictures(64),
        batch_size=8,
        verbose=0,
        callbacks=[keras.callbacks.TensorBoard(tmp_path, profile_batch=(2, 4))],
    )
    paths = [str(path) for path in tmp_path.rglob("*.xplane.pb")]
    assert len(paths) == 1
    trace, _ = convert.xspace_to_tool_data(paths, "trace_viewer", {})
    events = json.loads(trace)["traceEvents"]
    names = [event["name"] for event in events if event.get("ph") == "X"]
    assert names.count("Profiled batch") == 3
    # Keras' name of the compiled loop around `train_step`, and a kernel that
    # runs in the step alone.
    assert any("step_on_iterator" in name for name in names)
    assert any("ResourceApplyAdam" in name for name in names)
