import hashlib
import json
import os
import signal
import subprocess
import sys

import numpy as np
import pytest

from keras_productgen import data
from keras_productgen import images
from tests.data.collecting import server as servers
from tests.images import pictures

PNG = servers.picture(40)


def manifest(tmp_path):
    lines = (tmp_path / "photos/manifest.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def files(tmp_path):
    """Names of the pictures, and of halves of them."""
    found = (tmp_path / "photos").rglob("*")
    tables = (".json", ".jsonl")
    return [p.name for p in found if p.is_file() and p.suffix not in tables]


def test_manifest_tells_all_of_a_picture(server, collect, tmp_path):
    server.pages["/a.png"] = PNG
    row = {
        "url": server.url("/a.png#top"),
        "license": "CC BY 4.0",
        "source": "https://example.org/page",
        "author": "山田",
        "category": "shoes",
        "sku": "12",
    }
    report = collect([row], licence=None)
    assert (report.collected, report.failures) == (1, [])
    (record,) = manifest(tmp_path)
    digest = hashlib.sha256(PNG).hexdigest()
    date = record.pop("date")
    assert date.endswith("+00:00")
    assert record == {
        "sku": "12",
        "file": f"shoes/{digest[:20]}.png",
        "url": server.url("/a.png"),
        "final_url": server.url("/a.png"),
        "licence": "CC BY 4.0",
        "source": "https://example.org/page",
        "author": "山田",
        "category": "shoes",
        "sha256": digest,
        "content_type": "",
        "format": "PNG",
        "size": len(PNG),
        "picture_height": 20,
        "picture_width": 30,
        "status": 200,
    }
    assert (tmp_path / "photos" / record["file"]).read_bytes() == PNG


def test_collected_pictures_are_a_data_set(server, collect, tmp_path):
    rows = []
    for index in range(4):
        server.pages[f"/{index}"] = servers.picture(index * 20)
        kind = ("hat", "shoes")[index % 2]
        rows.append({"url": server.url(f"/{index}"), "category": kind})
    collect(rows)
    dataset = data.image_folder(
        tmp_path / "photos", 16, manifest="manifest.jsonl",
        conditions=("category",),
    )  # fmt: skip
    assert dataset.num_images == 4
    assert dataset.class_names == ["hat", "shoes"]


def test_failures_are_named_and_stop_nothing(server, collect, tmp_path):
    whole = pictures.jpeg_bytes(pictures.quadrants(100, 100))
    server.pages |= {
        "/good": PNG,
        "/page": b"<html>not a picture</html>",
        "/half": whole[: len(whole) // 2],
        "/bomb": pictures.bomb_png(),
        "/forbidden": lambda request: request.answer(403),
    }
    paths = ["/page", "/half", "/bomb", "/forbidden", "/missing", "/good"]
    report = collect([server.url(path) for path in paths])
    assert report.collected == 1
    reasons = {url.rpartition("/")[2]: why for url, why in report.failures}
    assert sorted(reasons) == ["bomb", "forbidden", "half", "missing", "page"]
    assert "no picture format" in reasons["page"]
    assert "too many pixels" in reasons["bomb"]
    assert "403" in reasons["forbidden"]
    assert len(files(tmp_path)) == 1
    saved = json.loads((tmp_path / "photos/report.json").read_text())
    assert dict(saved["failures"]) == dict(report.failures)
    assert "5 failed" in str(report)


@pytest.mark.parametrize(
    "bad", ["http://[::1", "http://a:99999/", "http://[x]/", "hat.jpg", "#"]
)
def test_what_is_no_address_is_named_by_its_line(
    server, collect, tmp_path, bad
):
    server.pages["/a"] = PNG
    path = tmp_path / "list.csv"
    path.write_text(f"url\n{bad}\n{server.url('/a')}\n")
    report = collect(path)
    assert report.collected == 1
    ((_, reason),) = report.failures
    assert reason.startswith("list.csv:2: It ")


def test_licence_and_source_are_required(collect, server):
    rows = [{"url": server.url(f"/{i}"), "licence": "CC0"} for i in range(12)]
    rows.append({"url": server.url("/x"), "source": "a shop"})
    with pytest.raises(ValueError, match="address 1 lacks source; .*3 more"):
        collect(rows, licence=None, source=None)
    assert server.asked == []


def test_repeated_addresses_are_asked_for_once(server, collect):
    server.pages["/a"] = PNG
    report = collect([server.url("/a"), server.url("/a#b"), server.url("/a")])
    assert (report.collected, report.repeated) == (1, 2)
    assert server.asked.count("/a") == 1


def test_same_content_is_kept_once(server, collect, tmp_path):
    server.pages |= {"/a": PNG, "/b": PNG}
    addresses = [server.url("/a"), server.url("/b")]
    report = collect(addresses, workers=1)
    (duplicate,) = report.duplicates
    assert duplicate == (server.url("/b"), manifest(tmp_path)[0]["file"])
    assert len(files(tmp_path)) == 1
    assert collect(addresses).skipped == 2


def test_size_limit_holds_whatever_the_server_says(server, collect, tmp_path):
    def endless(request):
        request.send_response(200)
        request.end_headers()
        while True:
            request.wfile.write(b"x" * 10_000)

    server.pages |= {"/honest": b"x" * 5000, "/endless": endless}
    report = collect(
        [server.url("/honest"), server.url("/endless")], max_bytes=4000
    )
    assert len(report.failures) == 2
    assert all("over 4000" in reason for _, reason in report.failures)
    assert files(tmp_path) == []


def test_pixel_limit_holds(server, collect):
    server.pages["/a"] = PNG
    report = collect([server.url("/a")], max_pixels=100)
    assert "max_pixels=100" in report.failures[0][1]


def test_compressed_answers_are_refused(server, collect):
    server.pages["/a"] = lambda request: request.answer(
        200, b"\0" * 50, Content_Encoding="gzip"
    )
    report = collect([server.url("/a")])
    assert "compressed" in report.failures[0][1]
    assert server.headers[-1]["Accept-Encoding"] == "identity"


def test_done_pictures_are_not_asked_for_again(server, collect, tmp_path):
    server.pages["/a"] = PNG
    first = collect([server.url("/a"), server.url("/b")])
    assert (first.collected, len(first.failures)) == (1, 1)
    server.pages["/b"] = servers.picture(90)
    server.asked.clear()
    second = collect([server.url("/a"), server.url("/b")])
    assert (second.collected, second.skipped) == (1, 1)
    assert server.asked == ["/robots.txt", "/b"]
    assert len(manifest(tmp_path)) == 2


def test_what_was_cut_is_collected_again(server, collect, tmp_path):
    server.pages |= {"/a": PNG, "/b": servers.picture(90)}
    addresses = [server.url("/a"), server.url("/b")]
    collect(addresses)
    cut, whole = [record["file"] for record in manifest(tmp_path)]
    (tmp_path / "photos" / cut).write_bytes(b"half")
    with (tmp_path / "photos/manifest.jsonl").open("a") as file:
        file.write('{"file": "cut off in the mid')
    (tmp_path / "photos/.part-xyz").write_bytes(b"half a picture")
    report = collect(addresses)
    assert (report.collected, report.skipped) == (1, 1)
    assert [record["file"] for record in manifest(tmp_path)] == [whole, cut]
    assert sorted(files(tmp_path)) == sorted([cut, whole])


def test_what_was_moved_out_keeps_its_licence(server, collect, tmp_path):
    for index in range(3):
        server.pages[f"/{index}"] = servers.picture(index * 40)
    first = [server.url("/0"), server.url("/1")]
    collect(first, licence="CC BY 4.0")
    before = manifest(tmp_path)
    photos = tmp_path / "photos"
    moved = before[0]["file"]
    (photos / moved).rename(tmp_path / moved)
    server.asked.clear()
    # The same content at another address is as unwanted as at this one.
    server.pages["/twin"] = server.pages["/0"]
    report = collect([*first, server.url("/2"), server.url("/twin")])
    assert (report.collected, report.skipped, report.gone) == (1, 1, 1)
    assert "1 on record, but moved out" in str(report)
    assert not {"/0", "/1"} & set(server.asked)
    assert manifest(tmp_path)[:2] == before
    assert not (photos / moved).exists()
    dataset = data.image_folder(
        photos, 16, manifest="manifest.jsonl", conditions=()
    )
    assert dataset.num_images == 2
    assert dataset.report.skipped == [(moved, "It is missing.")]
    (tmp_path / moved).rename(photos / moved)
    dataset = data.image_folder(
        photos, 16, manifest="manifest.jsonl", conditions=()
    )
    assert dataset.num_images == 3 and dataset.report.skipped == []


def test_what_is_gone_is_collected_again_if_asked_for(
    server, collect, tmp_path
):
    server.pages |= {"/a": PNG, "/b": PNG, "/c": servers.picture(90)}
    addresses = [server.url(path) for path in ("/a", "/b", "/c")]
    collect(addresses, workers=1)
    lost = manifest(tmp_path)[0]["file"]
    (tmp_path / "photos" / lost).unlink()
    assert collect(addresses).gone == 2
    report = collect(addresses, again=True, workers=1)
    assert (report.collected, report.skipped, report.gone) == (1, 1, 0)
    assert len(report.duplicates) == 1
    names = [record["file"] for record in manifest(tmp_path)]
    assert sorted(names) == sorted(files(tmp_path))


def test_rows_of_another_origin_stay_in_the_manifest(server, collect, tmp_path):
    server.pages["/a"] = PNG
    (tmp_path / "photos").mkdir()
    row = {"file": "own/1.png", "category": "mug"}
    (tmp_path / "photos/manifest.jsonl").write_text(json.dumps(row) + "\n")
    collect([server.url("/a")])
    collect([server.url("/a")])
    assert manifest(tmp_path)[0] == row and len(manifest(tmp_path)) == 2


def test_categories_cannot_lead_out_of_the_folder(server, collect, tmp_path):
    for index, category in enumerate(["../../out", "..", "/etc", "a\\b\0c"]):
        server.pages[f"/{index}"] = servers.picture(index * 9)
        row = {"url": server.url(f"/{index}"), "category": category}
        assert collect([row]).collected == 1
    for record in manifest(tmp_path):
        file = (tmp_path / "photos" / record["file"]).resolve()
        assert file.is_relative_to(tmp_path / "photos")


def test_progress_counts_up_to_all(server, collect):
    server.pages["/a"] = PNG
    calls = []
    collect(
        [server.url("/a"), server.url("/b")],
        progress=lambda done, total: calls.append((done, total)),
    )
    assert calls == [(1, 2), (2, 2)]


@pytest.mark.parametrize(
    "settings",
    [
        {"workers": 0},
        {"max_bytes": 0},
        {"interval": -1.0},
        {"user_agent": ""},
        {"user_agent": "a\nb"},
    ],
)
def test_impossible_settings_are_refused(collect, settings):
    (name,) = settings
    with pytest.raises(ValueError, match=f"`{name}` must .*Received: {name}="):
        collect(["http://127.0.0.1/"], **settings)


@pytest.mark.slow
def test_killed_job_goes_on_where_it_stopped(server, collect, tmp_path):
    """The first job is killed while the third of three pictures comes."""
    process = None

    def kill(request):
        request.send_response(200)
        request.send_header("Content-Length", str(len(PNG)))
        request.end_headers()
        request.wfile.write(PNG[:30])
        os.kill(process.pid, signal.SIGKILL)

    server.pages |= {"/0": PNG, "/1": servers.picture(90), "/2": kill}
    addresses = [server.url(f"/{index}") for index in range(3)]
    code = (
        "from keras_productgen.data import collecting\n"
        f"input()\ncollecting.collect({addresses}, {str(tmp_path / 'photos')!r}"
        ", licence='CC0', source='a test', allow_private_addresses=True,"
        " interval=0.0, workers=1)"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code],
        stdin=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    process.communicate("\n")
    assert process.returncode == -signal.SIGKILL
    assert len(manifest(tmp_path)) == 2
    assert any(name.startswith(".part-") for name in files(tmp_path))
    server.pages["/2"] = servers.picture(140)
    server.asked.clear()
    report = collect(addresses)
    assert (report.collected, report.skipped) == (1, 2)
    assert server.asked == ["/robots.txt", "/2"]
    assert len(files(tmp_path)) == 3


def test_interrupt_saves_what_is_there(server, collect, tmp_path):
    def interrupt(done, total):
        raise KeyboardInterrupt

    for index in range(5):
        server.pages[f"/{index}"] = servers.picture(index * 30)
    addresses = [server.url(f"/{index}") for index in range(5)]
    with pytest.raises(KeyboardInterrupt):
        collect(addresses, progress=interrupt, workers=1, interval=0.2)
    saved = json.loads((tmp_path / "photos/report.json").read_text())
    assert saved["left"] == 4
    kept = len(manifest(tmp_path))
    assert 1 <= kept < 5
    report = collect(addresses)
    assert (report.collected, report.skipped) == (5 - kept, kept)


def test_wide_pictures_come_whole(server, collect, tmp_path):
    noise = np.random.default_rng(0).integers(0, 256, (300, 400, 3), "uint8")
    server.pages["/a"] = images.encode_png(noise)
    assert collect([server.url("/a")]).collected == 1
    (record,) = manifest(tmp_path)
    loaded = images.load(tmp_path / "photos" / record["file"])
    np.testing.assert_array_equal(loaded, noise)
