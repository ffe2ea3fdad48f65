import json
import types

import numpy as np
import pytest
import tensorflow as tf

from keras_productgen.export import warm_up

FILE = "assets.extra/tf_serving_warmup_requests"


def records(version):
    logs = pytest.importorskip("tensorflow_serving.apis.prediction_log_pb2")
    for record in tf.data.TFRecordDataset(str(version / FILE)):
        yield logs.PredictionLog.FromString(record.numpy())


def test_requests_can_be_replayed(conditional_version):
    loaded = tf.saved_model.load(str(conditional_version))
    replayed = []
    for record in records(conditional_version):
        request = record.predict_log.request
        assert request.model_spec.name == "conditional"
        name = request.model_spec.signature_name
        inputs = {
            key: tf.constant(tf.make_ndarray(value))
            for key, value in request.inputs.items()
        }
        outputs = loaded.signatures[name](**inputs)
        replayed += [(name, len(output)) for output in outputs.values()]
    assert replayed == [
        (name, rows)
        for name in ("serving_default", "generate", "latents", "describe")
        for rows in (1, 2, 4, 8)
    ]
    card = conditional_version / "assets.extra/productgen.json"
    assert json.loads(card.read_text())["warm_up"] == {"requests": 16}


def test_says_so_where_the_serving_api_is_missing(tmp_path, monkeypatch):
    monkeypatch.setattr(warm_up.importlib.util, "find_spec", lambda name: None)
    result = warm_up.write(tmp_path, "name", [("predict", {"x": np.ones(1)})])
    assert "keras-productgen[serving]" in result["skipped"]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("stride", "max_pixels", "side"),
    [(1, 10**6, 64), (1, 400, 20), (8, 400, 16), (48, 10**6, 48), (48, 9, 48)],
)
def test_pictures_are_no_larger_than_a_version_takes(stride, max_pixels, side):
    model = types.SimpleNamespace(image_shape=(None, None, 3), stride=stride)
    shape = warm_up.example_shape(model, max_pixels)
    assert shape == (side, side, 3)


def test_refuses_more_requests_than_a_server_takes(tmp_path):
    calls = [("predict", {"x": np.ones(1)})] * 1001
    with pytest.raises(ValueError, match="at most 1000.*Received: 1001"):
        warm_up.write(tmp_path, "name", calls)


def test_masks_of_the_warm_up_have_a_hole():
    spec = tf.TensorSpec([None], tf.string, name="mask_bytes")
    first, _ = warm_up.example(spec, 2, (8, 8, 3))
    mask = tf.io.decode_image(first).numpy()
    assert 0 < np.count_nonzero(mask) < mask.size
