"""What servers may do, and what is done about it."""

import socket
import time

import pytest

from keras_productgen.data.collecting.pace import Pace
from tests.data.collecting import server as servers

PNG = servers.picture(40)


def test_redirects_are_followed(server, collect):
    server.pages |= {
        "/a": servers.redirect("/b", 301),
        "/b": servers.redirect(server.url("/c"), 308),
        "/c": PNG,
    }
    assert collect([server.url("/a")]).collected == 1


def test_redirects_end_after_five(server, collect):
    server.pages |= {f"/{i}": servers.redirect(f"/{i + 1}") for i in range(10)}
    report = collect([server.url("/0")])
    assert "redirected over 5 times" in report.failures[0][1]
    assert "/5" in server.asked and "/6" not in server.asked


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://x/y"])
def test_redirects_stay_on_the_web(server, collect, target):
    server.pages["/a"] = servers.redirect(target)
    report = collect([server.url("/a")])
    assert "must be http or https" in report.failures[0][1]


@pytest.mark.parametrize("status", [429, 500, 503])
def test_busy_servers_are_asked_again(server, collect, status):
    busy = lambda request: request.answer(status)
    server.pages["/a"] = servers.in_turn(busy, busy, PNG)
    assert collect([server.url("/a")]).collected == 1
    assert server.asked.count("/a") == 3


def test_servers_that_stay_busy_are_given_up(server, collect):
    server.pages["/a"] = lambda request: request.answer(503)
    report = collect([server.url("/a")], retries=2)
    assert "answered 503. It was tried 3 times" in report.failures[0][1]
    assert server.asked.count("/a") == 3


def test_retry_after_holds_the_host(server, collect, monkeypatch):
    held = []
    monkeypatch.setattr(Pace, "hold", lambda pace, *words: held.append(words))
    busy = lambda request: request.answer(429, Retry_After="7")
    server.pages["/a"] = servers.in_turn(busy, PNG)
    assert collect([server.url("/a")]).collected == 1
    assert held == [(server.root.removeprefix("http://"), 7)]


def test_retry_after_may_be_a_date(server, collect, monkeypatch):
    held = []
    monkeypatch.setattr(Pace, "hold", lambda pace, *words: held.append(words))
    past = "Wed, 21 Oct 2015 07:28:00 GMT"
    busy = lambda request: request.answer(503, Retry_After=past)
    server.pages["/a"] = servers.in_turn(busy, PNG)
    assert collect([server.url("/a")]).collected == 1
    assert held == [(server.root.removeprefix("http://"), 0)]


def test_too_long_a_retry_after_is_not_waited_for(server, collect):
    server.pages["/a"] = lambda request: request.answer(429, Retry_After=9999)
    report = collect([server.url("/a")])
    assert "asks to wait 9999 seconds" in report.failures[0][1]
    assert server.asked.count("/a") == 1


def test_missing_pictures_are_not_asked_for_again(server, collect):
    collect([server.url("/none")])
    assert server.asked.count("/none") == 1


def test_silent_servers_time_out(server, collect):
    server.pages["/a"] = lambda request: time.sleep(1.0)
    report = collect([server.url("/a")], retries=0)
    assert "does not answer in time" in report.failures[0][1]


def test_slow_drips_end(server, collect):
    def drip(request):
        request.send_response(200)
        request.send_header("Content-Length", str(len(PNG)))
        request.end_headers()
        for byte in PNG:
            request.wfile.write(bytes([byte]))
            time.sleep(0.05)

    server.pages["/a"] = drip
    report = collect([server.url("/a")], retries=0, longest_download=0.3)
    assert "too long to arrive" in report.failures[0][1]


def cut(request):
    request.send_response(200)
    request.send_header("Content-Length", str(len(PNG)))
    request.end_headers()
    request.wfile.write(PNG[:40])


def test_cut_bodies_are_asked_for_again(server, collect, tmp_path):
    server.pages["/a"] = servers.in_turn(cut, cut, PNG)
    assert collect([server.url("/a")]).collected == 1
    (file,) = (tmp_path / "photos").glob("*.png")
    assert file.read_bytes() == PNG


def test_bodies_that_stay_cut_are_named(server, collect):
    server.pages["/a"] = cut
    report = collect([server.url("/a")], retries=1)
    assert "broke off" in report.failures[0][1]


def test_chunked_bodies_are_read(server, collect):
    def chunked(request):
        request.protocol_version = "HTTP/1.1"
        request.send_response(200)
        request.send_header("Transfer-Encoding", "chunked")
        request.send_header("Connection", "close")
        request.end_headers()
        for part in (PNG[:30], PNG[30:]):
            request.wfile.write(b"%x\r\n%s\r\n" % (len(part), part))
        request.wfile.write(b"0\r\n\r\n")
        request.close_connection = True

    server.pages["/a"] = chunked
    assert collect([server.url("/a")]).collected == 1


def test_robots_are_obeyed(server, collect):
    server.pages |= {
        "/robots.txt": b"User-agent: *\nDisallow: /private\n",
        "/private/a": PNG,
        "/b": servers.redirect("/private/a"),
        "/c": servers.picture(80),
    }
    report = collect([server.url(p) for p in ("/private/a", "/b", "/c")])
    assert report.collected == 1
    refusal = "The host's robots.txt does not allow it."
    assert sorted(why for _, why in report.failures) == [
        f"address 1: {refusal}",
        f"address 2: {refusal}",
    ]
    assert "/private/a" not in server.asked
    assert server.asked.count("/robots.txt") == 1


def test_robots_may_speak_to_us_alone(server, collect):
    server.pages |= {
        "/robots.txt": b"User-agent: keras-productgen\nDisallow: /\n",
        "/a": PNG,
    }
    assert collect([server.url("/a")]).collected == 0
    assert collect([server.url("/a")], user_agent="shop/2").collected == 1
    assert server.headers[-1]["User-Agent"] == "shop/2"


@pytest.mark.parametrize(
    "status, collected", [(404, 1), (403, 0), (500, 0), (200, 1)]
)
def test_robots_that_cannot_be_read(server, collect, status, collected):
    server.pages |= {
        "/robots.txt": lambda request: request.answer(status),
        "/a": PNG,
    }
    assert collect([server.url("/a")], retries=0).collected == collected


def test_a_host_that_is_down_is_not_said_to_forbid(server, collect):
    address = server.url("/a")
    server.shutdown()
    server.server_close()
    failures = collect([address], retries=0).failures
    assert failures[0][1] == (
        "address 1: The host's robots.txt cannot be read. "
        "The server cannot be reached: Connection refused."
    )


def test_unknown_hosts_are_said_in_a_few_words(collect, monkeypatch):
    def resolve(*words, **options):
        raise socket.gaierror(socket.EAI_NONAME, "Name not known")

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    for private in (False, True):
        report = collect(
            ["http://none.example/a"],
            retries=0,
            allow_private_addresses=private,
        )
        ((_, reason),) = report.failures
        assert reason.endswith(" cannot be reached: Name not known.")
        assert "Pool" not in reason


def test_crawl_delay_slows_the_host_down(server, collect, monkeypatch):
    slowed = []
    monkeypatch.setattr(
        Pace, "slow_down", lambda pace, *words: slowed.append(words)
    )
    server.pages |= {
        "/robots.txt": b"User-agent: *\nCrawl-delay: 3\n",
        "/a": PNG,
    }
    assert collect([server.url("/a")]).collected == 1
    assert slowed == [(server.root.removeprefix("http://"), 3.0)]
