"""Addresses, keys, certificates, sockets; what a busy server says itself."""

import asyncio
import threading
import time

import pytest

from keras_productgen import serving
from keras_productgen.serving import extra
from keras_productgen.serving.client.address import Address
from tests.serving.client.conftest import FREE
from tests.serving.client.test_generate import ASKED
from tests.serving.test_server import certificate

QUICK = serving.Retries(tries=2, first_wait=0.001)


@pytest.mark.parametrize(
    "url",
    [
        "localhost:8501",
        "http://",
        "ftp://host",
        "grpc://",
        "http://host:port",
        "https+unix:///x",
        "grpc+unix://",
        "",
        None,
        7,
    ],
)
def test_addresses_that_are_none_are_refused(url):
    with pytest.raises(ValueError, match="`url` must be as http://host:8501"):
        serving.Client(url)


def test_addresses_are_understood():
    rest = Address("https://shop.example/serving/")
    assert rest.base == "https://shop.example/serving"
    assert rest.encrypted and not rest.by_grpc
    assert Address("grpc://[::1]:8500").target == "[::1]:8500"
    assert Address("grpc+unix:///run/a.sock").target == "unix:/run/a.sock"
    assert Address("http+unix:///run/a.sock").socket == "/run/a.sock"


@pytest.mark.parametrize(
    "settings", [{"timeout": 0}, {"chunk_size": 0}, {"in_flight": 0}]
)
def test_settings_that_make_no_sense_are_refused(settings):
    with pytest.raises(ValueError, match="must be above 0"):
        serving.Client("http://localhost", **settings)


def test_certificates_are_checked_early(tmp_path):
    with pytest.raises(ValueError, match="must go with https:// or grpcs://"):
        serving.Client("http://localhost", ca_certificate=__file__)
    with pytest.raises(ValueError, match="must be a PEM file that exists"):
        serving.Client("https://localhost", ca_certificate=tmp_path / "no.pem")


def test_encrypted_servers_are_checked_by_their_certificate(exported, tmp_path):
    paths = certificate(tmp_path)
    tls = serving.TLS.from_files(*paths)
    with serving.Server(exported, tls=tls, **FREE) as server:
        for url in (server.rest_url, f"grpcs://{server.grpc_address}"):
            settings = {"ca_certificate": paths[0]}
            with serving.Client(url, "shoes", **settings) as client:
                assert client.describe().version == 1
            asyncio.run(describe(url, **settings))
            with serving.Client(url, "shoes", retries=QUICK) as client:
                with pytest.raises(serving.ServingError):
                    client.describe()


async def describe(url, **settings):
    async with serving.AsyncClient(url, "shoes", **settings) as client:
        return await client.describe()


def test_keys_open_the_door(exported, tmp_path, url_of):
    keys = tmp_path / "keys"
    keys.write_text("shop sesame")
    with serving.Server(exported, api_keys=keys, **FREE) as server:
        url = url_of(server)
        with serving.Client(url, "shoes", api_key="sesame") as client:
            assert len(client.generate(2, **ASKED)) == 2
        with serving.Client(url, "shoes", api_key="barley") as client:
            with pytest.raises(serving.ServingError, match="API key") as error:
                client.generate(2, **ASKED)
    assert error.value.code.name == "UNAUTHENTICATED"


def test_a_unix_socket_will_do(exported, tmp_path):
    settings = {**FREE, "rest_port": None, "grpc_port": None}
    path = tmp_path / "a.sock"
    with serving.Server(exported, grpc_socket=path, **settings):
        with serving.Client(f"grpc+unix://{path}", "shoes") as client:
            assert client.describe().version == 1


def test_waits_for_room_in_a_full_server(exported, url_of):
    """`wait` holds the one place for a while; the client comes again."""
    limits = serving.Limits(max_requests=1)
    with serving.Server(exported, limits=limits, **FREE) as server:
        admission = server._gateway.admission
        retries = serving.Retries(tries=1)
        url = url_of(server)
        entered, leave = threading.Event(), threading.Event()

        def occupy():
            with admission.enter():
                entered.set()
                leave.wait(20)

        thread = threading.Thread(target=occupy)
        thread.start()
        entered.wait(20)
        with serving.Client(url, "shoes", retries=retries) as client:
            with pytest.raises(serving.ServingError) as error:
                client.describe()
        assert error.value.code.name == "RESOURCE_EXHAUSTED"
        assert error.value.retry_after == 1
        threading.Timer(0.2, leave.set).start()
        with serving.Client(url, "shoes") as client:
            start = time.monotonic()
            assert client.describe().version == 1
            assert time.monotonic() - start >= 1  # As the server asked.
        thread.join()


def test_too_much_is_not_asked_for_again(exported, url_of):
    limits = serving.Limits(max_body_bytes=3000)
    with serving.Server(exported, limits=limits, **FREE) as server:
        asked = {"model": "pictures", "signature": "serving_default"}
        noise = __import__("numpy").random.default_rng(0)
        picture = noise.integers(0, 256, (300, 300, 3), "uint8")
        start = time.monotonic()
        # With these retries, a second try would take a minute.
        patient = serving.Retries(first_wait=60.0, longest_wait=60.0)
        with serving.Client(url_of(server), retries=patient) as client:
            with pytest.raises(serving.PictureError) as error:
                client.restore(picture, **asked)
        assert error.value.http_status == 413
        assert time.monotonic() - start < 20


def test_a_missing_package_names_the_extra(monkeypatch):
    missing = {**extra.CLIENT, "no_such_module": "left-pad"}
    monkeypatch.setattr(extra, "CLIENT", missing)
    words = r"The client needs left-pad: pip install 'keras-productgen\[serv"
    with pytest.raises(ImportError, match=words):
        _ = serving.Client
    monkeypatch.undo()
    monkeypatch.setattr(extra, "GRPC", {"no_such_module": "left-pad"})
    with pytest.raises(ImportError, match="gRPC needs left-pad"):
        serving.Client("grpc://localhost:8500")
    serving.Client("http://localhost:8500").close()
