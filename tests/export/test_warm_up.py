import json

import pytest
import tensorflow as tf

from keras_productgen.export import warm_up
from keras_productgen.export.signatures import signatures

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
        ("serving_default", 1),
        ("serving_default", 4),
        ("latents", 1),
        ("latents", 4),
    ]
    card = conditional_version / "assets.extra/productgen.json"
    assert json.loads(card.read_text())["warm_up"] == {"requests": 4}


def test_says_so_where_the_serving_api_is_missing(
    plain_model, tmp_path, monkeypatch
):
    monkeypatch.setattr(warm_up.importlib.util, "find_spec", lambda name: None)
    result = warm_up.write_warm_up(
        tmp_path, "name", signatures(plain_model), plain_model.image_shape
    )
    assert "keras-productgen[serving]" in result["skipped"]
    assert list(tmp_path.iterdir()) == []
