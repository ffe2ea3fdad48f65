"""Clients who send slowly, or nothing, or do not read, stop nobody else."""

import contextlib
import socket
import time

import grpc
import pytest

from keras_productgen import serving
from tests.serving import clients
from tests.serving.saved_models import floats

HALF = {"instances": [2.0]}
POST = b"POST /v1/models/half:predict HTTP/1.1\r\nHost: x\r\n"
GET = b"GET /healthz HTTP/1.1\r\nHost: x\r\n"


@pytest.fixture(scope="module")
def server(models_folder):
    limits = serving.Limits(
        max_requests=2,
        timeout=1.0,
        head_seconds=0.4,
        max_connections=6,
        max_held_bytes=3000,
        max_body_bytes=2000,
        threads=1,
    )
    with serving.Server(
        models_folder, rest_port=0, grpc_port=0, poll_seconds=0, limits=limits
    ) as server:
        yield server


@pytest.fixture
def connect(server):
    with contextlib.ExitStack() as stack:

        def connect(data=b""):
            address = ("127.0.0.1", server.rest_port)
            connection = socket.create_connection(address, timeout=10)
            stack.enter_context(contextlib.closing(connection))
            connection.sendall(data)
            return connection

        yield connect
    # The next test finds none of these.
    rest = server._interfaces[0]._server
    while rest.server_state.connections:
        time.sleep(0.01)


def is_answered(server):
    answer = clients.post(server, "half:predict", HALF)
    return answer.json() == {"predictions": [3.0]}


def is_alive(connection):
    """Reads one answer to `GET`, head and body."""
    answer = b""
    while not answer.endswith(b'{"status": "alive"}'):
        more = connection.recv(999)
        assert more, answer
        answer += more
    return answer.startswith(b"HTTP/1.1 200 ")


def seconds_until_closed(connection):
    started = time.monotonic()
    assert connection.recv(100) == b""
    return time.monotonic() - started


def test_slow_bodies_take_no_room_from_others(server, connect):
    begun = POST + b"Content-Length: 100\r\n\r\nx"
    slow = [connect(begun) for _ in range(4)]
    time.sleep(0.1)
    assert is_answered(server)
    assert "productgen_serving_requests 0" in clients.metrics(server)
    # They are told that they were too slow, and let go of.
    for connection in slow:
        assert connection.recv(100).startswith(b"HTTP/1.1 408 ")


@pytest.mark.parametrize(
    "data", [b"", POST, b"GET "], ids=["nothing", "half a head", "a word"]
)
def test_connections_without_a_head_are_closed(server, connect, data):
    connection = connect(data)
    assert seconds_until_closed(connection) < 2
    assert is_answered(server)


def test_a_head_that_comes_drop_by_drop_is_none(connect):
    connection = connect(GET)
    with pytest.raises(OSError):
        for _ in range(100):
            connection.sendall(b"a: b\r\n")
            time.sleep(0.05)


def test_the_second_head_has_no_more_time_than_the_first(connect):
    connection = connect(GET + b"\r\n")
    assert is_alive(connection)
    connection.sendall(GET)
    assert seconds_until_closed(connection) < 2


def test_a_connection_that_asks_again_is_kept(connect):
    connection = connect()
    for _ in range(4):
        time.sleep(0.2)
        connection.sendall(GET + b"\r\n")
        assert is_alive(connection)


def test_too_many_connections_are_told_to_come_again(server, connect):
    for _ in range(6):
        connect()
    refused = connect()
    answer = refused.recv(999)
    assert answer.startswith(b"HTTP/1.1 503 ")
    assert b"retry-after: 1\r\n" in answer
    body = answer.partition(b"\r\n\r\n")[2]
    assert f"content-length: {len(body)}".encode() in answer
    assert refused.recv(9) == b""
    time.sleep(1.0)  # They said nothing, and are gone.
    assert is_answered(server)
    assert 'refused_requests{status="503"} ' in clients.metrics(server)


def test_bytes_of_all_requests_are_counted(server, connect):
    begun = POST + b"Content-Length: 1900\r\n\r\n" + b"x" * 1800
    first = connect(begun)
    time.sleep(0.1)
    second = connect(begun)
    assert second.recv(100).startswith(b"HTTP/1.1 429 ")
    assert is_answered(server)
    first.close()
    time.sleep(0.1)
    # What the first one held is free again.
    assert server._gateway.memory.taken == 0


def stalled(server):
    """A call by gRPC that begins and never sends its message."""
    channel = grpc.insecure_channel(server.grpc_address)
    call = channel.stream_unary(
        "/tensorflow.serving.PredictionService/Predict",
        request_serializer=bytes,
        response_deserializer=bytes,
    )

    def nothing():
        time.sleep(3)
        yield from ()

    return channel, call.future(nothing(), timeout=3)


def test_calls_by_grpc_without_a_message_stop_no_others(server):
    begun = [stalled(server) for _ in range(4)]
    time.sleep(0.5)
    # More of them than threads, or than requests that may run or wait.
    found = clients.predict(server, "half", {"x": floats(2.0)})
    assert found["y"] == [3.0]
    for channel, call in begun:
        call.cancel()
        channel.close()


def test_who_does_not_read_the_answer_is_let_go_of(models_folder):
    limits = serving.Limits(timeout=0.4)
    with serving.Server(
        models_folder,
        rest_port=0,
        grpc_port=None,
        poll_seconds=0,
        limits=limits,
    ) as server:
        with socket.socket() as client:
            # Little room on the way: the rest waits in the server.
            client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            client.connect(("127.0.0.1", server.rest_port))
            text = b"x" * 12_000_000
            body = (
                b'{"signature_name": "echo", "inputs": {"text": ["'
                + text
                + b'"], "data": ["a"]}}'
            )
            client.sendall(
                b"POST /v1/models/pictures:predict HTTP/1.1\r\nHost: x\r\n"
                b"Content-Length: " + str(len(body)).encode() + b"\r\n\r\n"
            )
            client.sendall(body)
            rest = server._interfaces[0]._server.server_state
            end = time.monotonic() + 20
            while not rest.total_requests:
                assert time.monotonic() < end
                time.sleep(0.01)
            while rest.connections:
                assert time.monotonic() < end
                time.sleep(0.01)
