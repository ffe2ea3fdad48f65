"""The command line takes what the files of deploy/ say to it."""

import re

import pytest
import typer.testing

from keras_productgen import cli
from keras_productgen import serving
from keras_productgen.cli import serving_flags
from keras_productgen.cli import serving_run
from tests.deploy import files

OURS = files.serve_commands()
TENSORFLOW = files.tensorflow_commands()


@pytest.fixture
def started(monkeypatch):
    """Calls `productgen serve`; returns what the server was made of."""
    found = {}

    def make(models, **settings):
        found.update(settings, models=models)

    monkeypatch.setattr(serving, "Server", make, raising=False)
    monkeypatch.setattr(
        serving_run,
        "run",
        lambda server, flags, log_format: found.update(log_format=log_format),
    )

    def call(words):
        runner = typer.testing.CliRunner()
        result = runner.invoke(cli.app, ["serve", *files.here(words)])
        assert result.exit_code == 0, result.output
        return found

    return call


@pytest.mark.parametrize("place", OURS)
def test_the_server_takes_its_command(started, place):
    found = started(OURS[place])
    assert (found["rest_port"], found["grpc_port"]) == (8501, 8500)
    assert found["log_format"] == "json"
    # The gateway of a host is on the host itself.
    outside = "127.0.0.1" if place == "systemd" else "0.0.0.0"
    assert found["host"] == outside


@pytest.mark.parametrize("place", TENSORFLOW)
def test_the_server_takes_the_command_of_tensorflow_serving(started, place):
    found = started(TENSORFLOW[place])
    assert (found["rest_port"], found["grpc_port"]) == (8501, 8500)
    assert found["allow_unavailable_labels"] is True
    assert found["limits"].timeout == 30


@pytest.mark.parametrize("place", TENSORFLOW)
def test_tensorflow_serving_gets_no_flag_of_ours(place):
    for word in TENSORFLOW[place]:
        name = re.fullmatch("--([a-z_]+)=.+", word).group(1)
        assert name == "port" or name in serving_flags.KINDS, word


def test_a_flag_that_nobody_knows_would_be_seen():
    runner = typer.testing.CliRunner()
    result = runner.invoke(cli.app, ["serve", *OURS["docker"], "--warmth=3"])
    assert result.exit_code == 2


@pytest.mark.parametrize("place", ["compose", "kubernetes", "systemd"])
def test_limits_are_said_and_are_the_defaults(started, place):
    assert started(OURS[place])["limits"] == serving.Limits()
    assert any(word.startswith("--max-megabytes=") for word in OURS[place])
