import json

import pytest

from keras_productgen.data import collecting
from tests.data.collecting import server as servers


@pytest.fixture
def server():
    with servers.running() as running:
        yield running


def words(server, tmp_path, *more):
    path = tmp_path / "addresses.txt"
    path.write_text(f"{server.url('/a')}\n{server.url('/b')}\n")
    quick = ["--allow-private-addresses", "--interval", 0]
    return ["data", "collect", path, "--out", tmp_path / "p", *quick, *more]


def test_collects_and_says_what_failed(productgen, server, tmp_path):
    server.pages["/a"] = servers.picture(7)
    licence = ["--licence", "CC BY 4.0", "--source", "a shop"]
    contact = ["--contact", "me@example.org"]
    result = productgen(*words(server, tmp_path, *licence, *contact))
    assert result.exit_code == 0, result.output
    assert "1 pictures collected" in result.stdout
    assert "answered 404" in result.stdout
    record = json.loads((tmp_path / "p/manifest.jsonl").read_text("utf-8"))
    assert (record["licence"], record["source"]) == ("CC BY 4.0", "a shop")
    agent = server.headers[-1]["User-Agent"]
    assert agent == f"{collecting.USER_AGENT} (me@example.org)"


def test_fails_where_nothing_can_be_had(productgen, server, tmp_path):
    licence = ["--licence", "CC BY 4.0", "--source", "a shop"]
    result = productgen(*words(server, tmp_path, *licence))
    assert result.exit_code == 1
    assert "2 addresses that failed" in result.stderr


def test_asks_for_a_licence(productgen, server, tmp_path):
    result = productgen(*words(server, tmp_path, "--source", "a shop"))
    assert result.exit_code == 1
    assert "addresses.txt:1 lacks licence" in result.stderr
    assert server.asked == []


def test_interrupted_jobs_say_how_to_go_on(
    productgen, server, tmp_path, monkeypatch
):
    def interrupted(*words, **options):
        raise KeyboardInterrupt

    monkeypatch.setattr(collecting, "collect", interrupted)
    result = productgen(*words(server, tmp_path))
    assert result.exit_code == 130
    assert "The same command goes on" in result.stderr
