"""Batching inside of a server, with pictures."""

import base64
import functools
import shutil
from concurrent import futures

import grpc
import numpy as np
import pytest

from keras_productgen import images
from keras_productgen import serving
from tests.serving import clients


def by_rest(server, data):
    """The picture that comes back for a file, or None."""
    row = {"b64": base64.b64encode(data).decode()}
    answer = clients.post(server, "pictures:predict", {"instances": [row]})
    if answer.status_code == 400:
        return None
    (row,) = answer.json()["predictions"]
    return images.decode(base64.b64decode(row["b64"]))


def by_grpc(server, data):
    inputs = {"image_bytes": np.array([data], object)}
    try:
        (made,) = clients.predict(server, "pictures", inputs)["png_bytes"]
    except grpc.RpcError as error:
        assert error.code() is grpc.StatusCode.INVALID_ARGUMENT
        return None
    return images.decode(made)


@pytest.mark.parametrize("ask", [by_rest, by_grpc])
def test_a_bad_picture_in_a_batch_fails_alone(models_folder, ask):
    batching = serving.Batching(
        max_batch_size=4, batch_timeout_micros=2_000_000
    )
    generator = np.random.default_rng(0)
    pictures = generator.integers(0, 256, (4, 8, 8, 3), "uint8")
    files = [images.encode(picture) for picture in pictures]
    # Head and end are whole: the model finds out.
    files[2] = files[2][:60] + files[2][-12:]

    with serving.Server(
        models_folder,
        rest_port=0,
        grpc_port=0,
        poll_seconds=0,
        batching=batching,
    ) as server:
        with futures.ThreadPoolExecutor(4) as pool:
            found = list(pool.map(functools.partial(ask, server), files))
        page = clients.metrics(server)
    assert [made is None for made in found] == [False, False, True, False]
    name = ":tensorflow:serving:batching_session:input_batch_size_sum"
    assert f'{name}{{model_name="pictures"}} 4\n' in page
    for picture, made in zip(pictures, found):
        if made is not None:
            np.testing.assert_array_equal(made, 255 - picture)


def test_a_version_may_bring_its_own_batching(models_folder, tmp_path):
    shutil.copytree(models_folder / "half", tmp_path / "half")
    file = tmp_path / "half" / "123" / "batching_params.pbtxt"
    file.write_text("max_batch_size { value: 2 } allowed_batch_sizes: 2")
    settings = {"rest_port": 0, "grpc_port": None, "poll_seconds": 0}
    with serving.Server(
        tmp_path, per_model_batching=True, **settings
    ) as server:
        response = clients.post(server, "half:predict", {"instances": [2.0]})
        assert response.json() == {"predictions": [3.0]}
        page = clients.metrics(server)
    assert 'input_batch_size_count{model_name="half"} 1' in page
    file.write_text("max_batch_size { value: 0 }")
    with serving.Server(
        tmp_path, per_model_batching=True, **settings
    ) as server:
        found = clients.get(server, "/v1/models/half").json()
        status = found["model_version_status"][0]["status"]
        assert "max_batch_size" in status["error_message"]
