"""Busy, slow and broken servers."""

import asyncio
import datetime
import email.utils
import socket
import time

import pytest

from keras_productgen import serving
from keras_productgen.serving.errors import Code
from keras_productgen.serving.errors import ServingError
from tests.serving.client.stub import Answer
from tests.serving.client.stub import stub

QUICK = serving.Retries(first_wait=0.001, longest_wait=0.01)


def generate(url, retries=QUICK, **settings):
    with serving.Client(url, "m", retries=retries, **settings) as client:
        return client.generate(as_bytes=True)


def generate_async(url, retries=QUICK, **settings):
    async def ask():
        client = serving.AsyncClient(url, "m", retries=retries, **settings)
        async with client:
            return await client.generate(as_bytes=True)

    return asyncio.run(ask())


@pytest.fixture(params=[generate, generate_async], ids=["sync", "async"])
def ask(request):
    return request.param


@pytest.mark.parametrize("status", [429, 503])
def test_a_busy_server_is_asked_again(ask, status):
    busy = Answer(status, {"error": "busy"})
    with stub(busy, busy) as server:
        assert ask(server.url) == [b"hi"]
        assert len(server.requests) == 4  # And the pictures.


@pytest.mark.parametrize(
    "status", [400, 401, 403, 404, 408, 409, 413, 415, 500, 501, 502]
)
def test_other_errors_come_at_once(ask, status):
    with stub(Answer(status, {"error": "no good"})) as server:
        with pytest.raises(serving.ServingError, match="no good") as error:
            ask(server.url)
        assert len(server.requests) == 1
    assert error.value.http_status == status
    assert isinstance(error.value.code, Code)


def test_gives_up_after_so_many_tries(ask):
    retries = serving.Retries(tries=3, first_wait=0.001)
    busy = [Answer(503, {"error": f"busy {k}"}) for k in range(9)]
    with stub(*busy) as server:
        with pytest.raises(serving.ServingError, match="busy 2"):
            ask(server.url, retries)
        assert len(server.requests) == 3


def test_does_not_wait_beyond_the_deadline(ask):
    busy = Answer(503, {"error": "busy"}, {"retry-after": "100"})
    start = time.monotonic()
    with stub(busy) as server:
        with pytest.raises(serving.ServingError, match="busy"):
            ask(server.url, serving.Retries(deadline=5.0))
        assert len(server.requests) == 1
    assert time.monotonic() - start < 4


@pytest.fixture
def waits(monkeypatch):
    """The seconds that retries wait, without waiting."""
    found = []
    monkeypatch.setattr("tenacity.nap.time.sleep", found.append)
    return found


def busy_times(count, **settings):
    left = [ServingError(Code.UNAVAILABLE, "busy", **settings)] * count

    def send(seconds):
        if left:
            raise left.pop()
        return seconds

    return send


def test_waits_as_long_as_the_server_says(waits):
    retries = serving.Retries(first_wait=0.5)
    retries.call(busy_times(5, retry_after=7.0), 60)
    assert all(7.0 <= wait <= 7.5 for wait in waits)
    # Those who were told the same do not come back at once.
    assert len(set(waits)) == len(waits) == 5


def test_waits_grow_and_differ(waits):
    retries = serving.Retries(tries=30, first_wait=1.0, longest_wait=8.0)
    retries.call(busy_times(29), 60)
    bounds = [min(2.0**k, 8.0) for k in range(29)]
    assert all(0 <= wait <= most for wait, most in zip(waits, bounds))
    assert len(set(waits)) == 29
    assert max(waits) > 2.0


def test_a_try_has_no_more_time_than_is_left():
    retries = serving.Retries(deadline=3.0)
    assert 2.5 < retries.call(busy_times(0), 60) <= 3.0
    assert retries.call(busy_times(0), 1.0) == 1.0


@pytest.mark.parametrize("date", [False, True])
def test_retry_after_is_a_number_or_a_date(waits, date):
    text = "4"
    if date:
        then = datetime.datetime.now(datetime.UTC)
        then += datetime.timedelta(seconds=5)
        text = email.utils.format_datetime(then, usegmt=True)
    busy = Answer(429, {"error": "busy"}, {"retry-after": text})
    with stub(busy) as server:
        generate(server.url, serving.Retries(first_wait=0.0))
    assert max(waits) > 2.5


@pytest.mark.parametrize("text", ["soon", "", "-3", "NaN", "Mon, 99 Foo"])
def test_nonsense_in_retry_after_is_overlooked(ask, text):
    busy = Answer(429, {"error": "busy"}, {"retry-after": text})
    with stub(busy) as server:
        assert ask(server.url) == [b"hi"]


def test_a_slow_server_is_not_waited_for(ask):
    start = time.monotonic()
    with stub(Answer(delay=0.6)) as server:
        with pytest.raises(TimeoutError) as error:
            ask(server.url, timeout=0.1)
        assert time.monotonic() - start < 0.55
        # It may be at it still: not asked once more.
        assert len(server.requests) == 1
    assert isinstance(error.value, serving.ServingTimeout)
    assert error.value.code == Code.DEADLINE_EXCEEDED


def test_an_answer_byte_by_byte_is_not_waited_for(ask):
    start = time.monotonic()
    with stub(Answer(body=b"x" * 30, trickle=0.03)) as server:
        with pytest.raises(TimeoutError):
            ask(server.url, timeout=0.15)
        assert time.monotonic() - start < 0.8


def test_the_servers_own_time_limit_is_a_timeout(ask):
    with stub(Answer(504, {"error": "No answer within 30 seconds."})) as server:
        with pytest.raises(TimeoutError, match="within 30"):
            ask(server.url)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>hello</html>",
        b"[]",
        b"\xff\xfe",
        {"metadata": []},
        {"metadata": {"signature_def": 3}},
        {"model_spec": {}, "metadata": {"signature_def": {}}},
    ],
)
def test_answers_of_another_kind_of_server_are_named(ask, body):
    with stub(Answer(200, body)) as server:
        with pytest.raises(serving.ServingError, match="TensorFlow Serving"):
            ask(server.url)


def test_a_proxys_page_is_shown(ask):
    with stub(Answer(502, b"<html>Bad Gateway</html>")) as server:
        with pytest.raises(serving.ServingError, match="502: <html>Bad"):
            ask(server.url)


@pytest.mark.parametrize("outputs", [3, [1.5], {"a": [1]}, {"a_bytes": "x"}])
def test_outputs_that_are_no_files_are_named(outputs):
    from tests.serving.client.stub import METADATA

    answers = Answer(body=METADATA), Answer(body={"outputs": outputs})
    with stub(*answers) as server:
        with pytest.raises(serving.ServingError):
            generate(server.url)


@pytest.mark.parametrize("scheme", ["http", "grpc"])
def test_no_server_is_unavailable(ask, scheme):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # It does not listen.
        url = f"{scheme}://127.0.0.1:{taken.getsockname()[1]}"
        retries = serving.Retries(tries=2, first_wait=0.001)
        with pytest.raises(serving.ServingError) as error:
            ask(url, retries)
    assert error.value.code == Code.UNAVAILABLE


def test_connections_are_kept_and_headers_sent():
    with stub() as server:
        settings = {"api_key": "secret", "chunk_size": 1, "in_flight": 1}
        url = f"{server.url}/behind/nginx/"
        with serving.Client(url, "my shoes/1", **settings) as client:
            client.generate(6, as_bytes=True)
        assert server.connections == 1
        paths, headers, _ = zip(*server.requests)
    assert len(paths) == 7
    start = "/behind/nginx/v1/models/my%20shoes%2F1"
    # The pictures by the version that has said what it takes.
    assert set(paths) == {f"{start}/metadata", f"{start}/versions/3:predict"}
    keys = {
        {name.lower(): value for name, value in row.items()}["authorization"]
        for row in headers
    }
    assert keys == {"Bearer secret"}
    assert "secret" not in repr(client.address)


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"tries": 0}, "`tries` must be at least 1"),
        ({"first_wait": -1}, "`first_wait`"),
        ({"deadline": -1}, "`deadline`"),
    ],
)
def test_retries_that_make_no_sense_are_refused(settings, words):
    with pytest.raises(ValueError, match=words):
        serving.Retries(**settings)
