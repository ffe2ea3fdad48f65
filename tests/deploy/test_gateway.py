"""nginx and the server agree about what may come in."""

import re

from keras_productgen import serving
from keras_productgen.serving.grpc_interface import server as grpc_server
from tests.deploy import files

UNITS = {"k": 2**10, "m": 2**20, "g": 2**30}
LIMITS = serving.Limits()


def size(text):
    number, unit = re.fullmatch(r"(\d+)([kmg])", text).groups()
    return int(number) * UNITS[unit]


def seconds(name):
    (found,) = files.nginx_settings(name)
    return float(found.removesuffix("s"))


def test_bodies_may_be_as_large_as_for_the_server():
    rest, grpc = map(size, files.nginx_settings("client_max_body_size"))
    assert rest == LIMITS.max_body_bytes
    assert f"at most {rest} bytes" in files.nginx()
    # By gRPC it is the server that refuses, with a code that clients know.
    assert grpc > LIMITS.max_body_bytes + grpc_server.OVERHEAD


def test_the_server_gives_up_before_the_gateway_does():
    assert seconds("proxy_read_timeout") > LIMITS.timeout
    assert seconds("grpc_read_timeout") > LIMITS.timeout
    assert seconds("client_body_timeout") <= LIMITS.timeout


def test_one_address_cannot_take_all_the_room():
    (connections,) = files.nginx_settings("limit_conn connections")
    assert int(connections) < LIMITS.max_requests


def test_names_of_requests_are_those_that_the_server_takes():
    from keras_productgen.serving.logs import request_ids

    (pattern,) = re.findall(r'"~\^(.*)\$" \$http_x_request_id', files.nginx())
    assert pattern == request_ids._NAMES.pattern


def test_ports_and_servers_are_those_of_the_stack():
    assert files.nginx_settings("listen") == ["8080", "8081 http2"]
    stack = files.document(files.COMPOSE / "compose.yaml")["services"]
    assert stack["gateway"]["ports"] == ["8080:8080", "8081:8081"]
    for name, port in re.findall(r"(?m)^\s*server (\w+):(\d+) ", files.nginx()):
        assert name in stack
        assert f"={port}" in " ".join(stack[name]["command"])
    service = files.manifest("Service", "serving")["spec"]
    assert {port["port"] for port in service["ports"]} == {8500, 8501}


def test_callers_from_outside_cannot_replace_the_models():
    text = files.nginx()
    place = text.index("ModelService/HandleReloadConfigRequest {")
    assert "grpc-status 7" in text[place : text.index("}", place)]


def test_a_host_has_the_same_gateway_before_its_own_server():
    found = files.rendered("nginx.conf")
    assert found.count("server 127.0.0.1:8501 ") == 1
    assert found.count("server 127.0.0.1:8500 ") == 1
    changed = found.replace("127.0.0.1:850", "serving:850")
    assert changed.strip() == files.nginx().strip()
