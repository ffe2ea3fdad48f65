"""Requests that a version computes before it serves."""

import numpy as np
import pytest
import tensorflow as tf
from tensorflow_serving.apis import prediction_log_pb2

from keras_productgen.serving.errors import Code
from keras_productgen.serving.errors import ServingError
from keras_productgen.serving.servable import Servable
from keras_productgen.serving.warm_up import warm_up
from tests.serving import clients
from tests.serving.saved_models import floats
from tests.serving.test_grpc import add_examples


@pytest.fixture
def servable(half_plus_two):
    servable = Servable("half", 1, half_plus_two)
    yield servable
    servable.close()


def predict_log(inputs, **options):
    log = prediction_log_pb2.PredictionLog()
    request = clients.predict_request("half", inputs, **options)
    log.predict_log.request.CopyFrom(request)
    return log


def write(folder, *logs):
    path = folder / "assets.extra"
    path.mkdir()
    file = str(path / "tf_serving_warmup_requests")
    with tf.io.TFRecordWriter(file) as writer:
        for log in logs:
            record = log if isinstance(log, bytes) else log.SerializeToString()
            writer.write(record)


def test_all_kinds_of_requests_are_computed(servable, tmp_path, monkeypatch):
    log = prediction_log_pb2.PredictionLog
    regress, classify, multi = log(), log(), log()
    for target, kind in (
        (regress.regress_log.request, "regress"),
        (classify.classify_log.request, "classify"),
    ):
        target.model_spec.name = "half"
        target.model_spec.signature_name = f"{kind}_x_to_y"
        add_examples(target, 2.0)
    task = multi.multi_inference_log.request.tasks.add()
    task.method_name = "tensorflow/serving/regress"
    task.model_spec.signature_name = "regress_x_to_y"
    add_examples(multi.multi_inference_log.request, 2.0)
    write(tmp_path, predict_log({"x": floats(1.0)}), regress, classify, multi)
    ran, run = [], servable.run
    monkeypatch.setattr(
        servable,
        "run",
        lambda name, *rest: ran.append(name) or run(name, *rest),
    )
    assert warm_up(servable, tmp_path, iterations=2) == 4
    names = ["serving_default", *["regress_x_to_y", "classify_x_to_y"]]
    assert ran == [*names, "regress_x_to_y"] * 2


def test_without_a_file_nothing_is_computed(servable, tmp_path):
    assert warm_up(servable, tmp_path) == 0


@pytest.mark.parametrize(
    "logs, code, message",
    [
        ([b"\xff\xff"], Code.DATA_LOSS, "a record is no PredictionLog"),
        ([b""], Code.DATA_LOSS, "a record holds None"),
        ([predict_log({})] * 1001, Code.DATA_LOSS, "more than 1000"),
        (
            [predict_log({"x": floats(1)}), predict_log({"x": [1]})],
            Code.INVALID_ARGUMENT,
            "Warm-up request 1: input tensor alias x must be float32",
        ),
    ],
    ids=["rubbish", "empty", "too many", "unsuitable"],
)
def test_what_cannot_be_computed_is_named(
    servable, tmp_path, logs, code, message
):
    write(tmp_path, *logs)
    with pytest.raises(ServingError, match=message) as error:
        warm_up(servable, tmp_path)
    assert error.value.code == code


@pytest.mark.slow
def test_an_exported_model_is_warmed_up_and_makes_pictures(tmp_path):
    from keras_productgen import export
    from keras_productgen import images
    from keras_productgen import models
    from keras_productgen import serving

    model = models.DCGAN(image_size=8, latent_dim=4, width=4)
    export.saved_model(model, tmp_path / "models" / "shoes")
    with serving.Server(
        tmp_path / "models", rest_port=0, grpc_port=0, poll_seconds=0
    ) as server:
        inputs = {
            "seed": np.array([7, 7], "int64"),
            "index": np.array([0, 1], "int64"),
        }
        files = clients.predict(server, "shoes", inputs)["png_bytes"]
    found = np.stack([images.decode(data) for data in files]).astype("int32")
    wanted = np.rint(model.generate(2, seed=7))
    assert abs(found - wanted).max() <= 1
