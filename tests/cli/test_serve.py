import os
import re
import shutil
import signal
import threading

import pytest
import requests

pytest.importorskip("tensorflow_serving", reason="needs the extra `serving`")
pytest.importorskip("uvicorn", reason="needs the extra `serving`")
pytest.importorskip("orjson", reason="needs the extra `serving`")

from keras_productgen import serving  # noqa: E402
from keras_productgen.cli import serving_flags  # noqa: E402
from keras_productgen.cli import serving_run  # noqa: E402
from keras_productgen.cli import serving_settings  # noqa: E402
from tests.serving import saved_models  # noqa: E402


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("models")
    saved_models.save(saved_models.half_plus(2.0), folder / "half" / "1")
    shutil.copytree(folder / "half" / "1", folder / "half" / "2")
    saved_models.spoil(folder / "half" / "2")
    return folder


def test_serves_until_it_is_told_to_end(productgen, folder, monkeypatch):
    found = {}
    start = serving.Server.start

    def started(server):
        start(server)
        url = f"{server.rest_url}/v1/models/half/versions/1:predict"

        def call():
            answer = requests.post(url, json={"instances": [2]}, timeout=9)
            found["answer"] = answer.json()
            os.kill(os.getpid(), signal.SIGTERM)

        threading.Thread(target=call).start()
        return server

    monkeypatch.setattr(serving.Server, "start", started)
    before = signal.getsignal(signal.SIGTERM)
    file = folder / "models.config"
    file.write_text(
        'model_config_list { config { name: "half" base_path: "half" '
        "model_version_policy { all {} } } }"
    )
    result = productgen("serve", file, "--port", 0, "--grpc-port", 0)
    assert result.exit_code == 0, result.output
    assert found["answer"] == {"predictions": [3.0]}
    assert re.search(r"REST http://127.0.0.1:\d+\n", result.stdout)
    assert re.search(r"gRPC 127.0.0.1:\d+\n", result.stdout)
    assert re.search(r"half +│ 1 +│ AVAILABLE", result.stdout)
    assert re.search(r"half +│ 2 +│ END Cannot parse", result.stdout)
    assert signal.getsignal(signal.SIGTERM) is before


@pytest.mark.parametrize(
    "words, message",
    [
        ([], "Received: neither"),
        (["x", "--model_base_path=y"], "Received: several"),
        (["nowhere"], "must be a folder of models that exists"),
        (["x", "--rest_api_port=high"], "`--rest_api_port` must be a number"),
        (["x", "--rest_api_port=65536"], "must be from 0 to 65535"),
        (["x", "--rest-api-port", "-5"], "must be from 0 to 65535"),
        (["x", "--enable_batching=maybe"], "must be true or false"),
        (["x", "--model_name"], "`--model_name` must have a value"),
        (["x", "--tls-key", "x"], "must be given together"),
        (["x", "--api-keys", "none.txt"], "API keys"),
    ],
)
def test_refuses_nonsense_in_a_line(productgen, words, message):
    result = productgen("serve", *words, "--port", 0, "--grpc-port", 0)
    assert result.exit_code == 1
    assert message in result.stderr
    assert "Traceback" not in result.output


def test_refuses_flags_that_nobody_knows(productgen):
    result = productgen("serve", "x", "--max_warmth=3")
    assert result.exit_code == 2
    assert "--max_warmth" in result.stderr


@pytest.mark.parametrize("flag", ["--port", "--grpc-port"])
@pytest.mark.parametrize("port", [-5, 65536, 99999])
def test_refuses_numbers_that_no_port_has(productgen, flag, port):
    for word in ([flag, port], [f"{flag}={port}"]):
        result = productgen("serve", "x", *word)
        assert result.exit_code == 2
        assert f"Invalid value for '{flag}'" in result.stderr


def test_flags_of_tensorflow_serving_are_taken_out():
    flags, words = serving_flags.separate(
        [
            "models",
            "--rest_api_port=8501",
            "--rest_api_timeout_in_ms",
            "5000",
            "--enable_batching",
            "--enable-model-warmup=false",
            "--port=8500",
        ]
    )
    assert words == ["models", "--port=8500"]
    assert flags == {
        "rest_api_port": 8501,
        "rest_api_timeout_in_ms": 5000,
        "enable_batching": True,
        "enable_model_warmup": False,
    }


@pytest.mark.parametrize(
    "flags, port, grpc_port, alone, wanted",
    [
        ({}, None, None, False, (8501, 8500)),
        ({}, 8501, 8500, False, (8501, 8500)),
        ({}, 0, 0, False, (0, 0)),
        ({}, 9000, None, False, (9000, 8500)),
        # As TensorFlow Serving has it: --port is gRPC's, 0 is off.
        ({"rest_api_port": 9001}, 9000, None, False, (9001, 9000)),
        ({"rest_api_port": 9001}, None, None, True, (9001, 8500)),
        ({"rest_api_port": 9001}, 0, None, True, (9001, None)),
        ({}, 9000, None, True, (None, 9000)),
    ],
)
def test_ports_are_those_of_the_command_meant(
    flags, port, grpc_port, alone, wanted
):
    assert serving_settings.ports(flags, port, grpc_port, alone) == wanted


def test_flags_become_settings_of_the_server(tmp_path):
    file = tmp_path / "batching.txt"
    file.write_text("max_batch_size { value: 7 }")
    words = [
        "--file_system_poll_wait_seconds=3",
        "--enable_batching=true",
        f"--batching_parameters_file={file}",
        "--num_request_iterations_for_warmup=2",
        "--saved_model_tags=serve,gpu",
        "--tensorflow_session_parallelism=4",
        "--tensorflow_inter_op_parallelism=1",
        "--grpc_channel_arguments=grpc.max_concurrent_streams=9,a=b",
        "--rest_api_enable_cors_support",
        "--enable_grpc_healthcheck_service",
        "--rest_api_timeout_in_ms=1500",
        "--grpc_max_threads=3",
    ]
    flags, _ = serving_flags.separate(words)
    found = serving_settings.settings(flags)
    session = found.pop("session_config")
    assert session.intra_op_parallelism_threads == 4
    assert session.inter_op_parallelism_threads == 1
    assert found == {
        "poll_seconds": 3.0,
        "batching": serving.Batching(max_batch_size=7),
        "warm_up_iterations": 2,
        "tags": ("serve", "gpu"),
        "grpc_options": [("grpc.max_concurrent_streams", 9), ("a", "b")],
        "cors": True,
        "per_model_batching": False,
        "allow_unavailable_labels": False,
        "grpc_socket": None,
        "grpc_health": True,
    }
    assert serving_settings.limits(flags) == {"timeout": 1.5, "threads": 3}


def test_every_flag_that_tunes_what_is_not_here_says_what_is_done_instead():
    names = sorted(serving_flags.WITHOUT_EFFECT)
    flags, words = serving_flags.separate([f"--{name}=1" for name in names])
    assert (sorted(flags), words) == (names, [])
    lines = list(serving_run._without_effect(flags))
    assert len(lines) == len(names) >= 19
    for name, line in zip(names, lines):
        assert line.startswith(f"--{name} has no effect here: ")
        assert not line.endswith(": .")


def test_a_file_of_sessions_is_read(tmp_path):
    file = tmp_path / "session.txt"
    file.write_text("inter_op_parallelism_threads: 3")
    word = f"--tensorflow_session_config_file={file}"
    flags, _ = serving_flags.separate([word])
    session = serving_settings.settings(flags)["session_config"]
    assert session.inter_op_parallelism_threads == 3
    file.write_text("no such thing")
    with pytest.raises(ValueError, match="session.txt"):
        serving_settings.settings(flags)


def test_what_would_not_be_encrypted_is_refused():
    flags, _ = serving_flags.separate(["--use_alts_credentials"])
    with pytest.raises(ValueError, match="--ssl_config_file"):
        serving_settings.settings(flags)
    flags, _ = serving_flags.separate(["--use_alts_credentials=false"])
    assert serving_settings.settings(flags)


def test_limits_of_a_line_are_those_of_the_server(productgen, monkeypatch):
    """One hop from a flag to its use, and one default."""
    made = []
    monkeypatch.setattr(serving, "Server", lambda *_, **s: made.append(s))
    monkeypatch.setattr(serving_run, "run", lambda *_: None)
    productgen("serve", "x")
    assert made[0]["limits"] == serving.Limits()
    words = ["--max-rows", 7, "--max-pixels-at-once", 8]
    words += ["--max-connections", 9, "--head-seconds", 2]
    words += ["--max-held-megabytes", 0.5]
    productgen("serve", "x", *words)
    assert made[1]["limits"] == serving.Limits(
        max_rows=7,
        max_pixels_at_once=8,
        max_held_bytes=2**19,
        max_connections=9,
        head_seconds=2.0,
    )


def test_warm_up_and_batching_can_be_off():
    flags, _ = serving_flags.separate(
        ["--enable_model_warmup=false", "--enable_batching=0"]
    )
    found = serving_settings.settings(flags)
    assert found["warm_up_iterations"] == 0
    assert found["batching"] is None
