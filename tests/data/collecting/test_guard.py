import socket

import pytest

from keras_productgen import data
from keras_productgen.data.collecting import guard
from tests.data.collecting import server as servers


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.255.0.3",
        "0.0.0.0",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.100.100.200",
        "168.63.129.16",
        "192.0.0.192",
        "192.0.0.9",
        "224.0.0.1",
        "255.255.255.255",
        "240.0.0.1",
        "::",
        "::1",
        "fe80::1",
        "fe80::1%eth0",
        "fd00:ec2::254",
        "fec0::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "2001:0:7f00:1::",
    ],
)
def test_addresses_that_are_not_public_are_refused(address):
    with pytest.raises(guard.RefusedError, match="not public"):
        guard.check_address(address)


@pytest.mark.parametrize(
    "address",
    ["8.8.8.8", "1.1.1.1", "2606:4700::1111", "64:ff9b::808:808"],
)
def test_public_addresses_pass(address):
    guard.check_address(address)


@pytest.mark.parametrize(
    "url, reason",
    [
        ("ftp://example.org/a", "http or https"),
        ("file:///etc/passwd", "http or https"),
        ("//example.org/a", "http or https"),
        ("http://", "a host"),
        ("http://user@example.org/", "user's name"),
        ("http://user:secret@example.org/", "user's name"),
        ("http://example.org:99999/", "no address"),
        ("http://[::1/", "no address"),
    ],
)
def test_addresses_of_other_kinds_are_refused(url, reason):
    with pytest.raises(guard.RefusedError, match=reason):
        guard.check_url(url)


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "[::ffff:127.0.0.1]"],
)
def test_this_machine_is_not_called(server, tmp_path, host):
    server.pages["/a"] = servers.picture(1)
    report = data.collect(
        [f"http://{host}:{server.server_port}/a"],
        tmp_path, "CC0", "a test", interval=0.0, backoff=0.0, retries=0,
    )  # fmt: skip
    ((_, reason),) = report.failures
    assert "not public" in reason
    assert server.asked == []


def test_names_are_resolved_once_and_checked(server, tmp_path, monkeypatch):
    """A name that is public the first time it is asked, and then is not."""
    answers = ["93.184.216.34", "127.0.0.1"]
    asked, called = [], []

    def resolve(host, port, *args, **options):
        asked.append(host)
        address = answers[min(len(asked), len(answers)) - 1]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    def connect(self, target):
        called.append(target[0])
        raise OSError("no network in tests")

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(socket.socket, "connect", connect)
    server.pages["/a"] = servers.picture(1)
    url = f"http://rebinding.example:{server.server_port}/a"
    session = guard.session("test/1")
    with pytest.raises(OSError):
        session.get(url)
    assert called == ["93.184.216.34"]
    with pytest.raises(guard.RefusedError, match="127.0.0.1"):
        session.get(url)
    assert called == ["93.184.216.34"]


def test_one_private_address_among_public_ones_is_enough(monkeypatch):
    found = [
        (socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 80))
        for address in ("93.184.216.34", "192.168.0.1")
    ]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **options: found)
    with pytest.raises(guard.RefusedError, match="192.168.0.1"):
        guard.session("test/1").get("http://mixed.example/")


def test_redirects_to_this_machine_are_refused(server, collect, monkeypatch):
    """The first host counts as public, the second is what it is."""
    public = server.root

    def check(text, check=guard.check_address):
        if text != "127.0.0.1":
            check(text)

    monkeypatch.setattr(guard, "check_address", check)
    target = f"http://127.0.0.2:{server.server_port}/secret"
    server.pages |= {
        "/a": servers.redirect(target),
        "/secret": servers.picture(1),
    }
    report = collect([f"{public}/a"], allow_private_addresses=False, retries=0)
    ((_, reason),) = report.failures
    assert "127.0.0.2, which is not public" in reason
    assert "/secret" not in server.asked


def test_proxies_of_the_environment_are_not_used(server, collect, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9/")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9/")
    server.pages["/a"] = servers.picture(1)
    assert collect([server.url("/a")]).collected == 1
