"""`generate --server` and `restore --server`, against a server that runs."""

import dataclasses
import json

import keras
import numpy as np
import pytest

pytest.importorskip("tensorflow_serving", reason="needs the extra `serving`")
pytest.importorskip("httpx", reason="needs the extra `serving`")
pytest.importorskip("tenacity", reason="needs the extra `serving`")

from keras_productgen import export  # noqa: E402
from keras_productgen import images  # noqa: E402
from keras_productgen import publishing  # noqa: E402
from keras_productgen import serving  # noqa: E402
from tests.serving import saved_models  # noqa: E402
from tests.serving.client.test_generate import levels  # noqa: E402

URL = "http://127.0.0.1:9"


@pytest.fixture(scope="module")
def server(conditional_file, tmp_path_factory):
    folder = tmp_path_factory.mktemp("served")
    model = keras.saving.load_model(conditional_file, compile=False)
    export.saved_model(
        model, folder / "shoes", signatures=("generate",), batch_sizes=(1,)
    )
    invert = saved_models.for_pictures()["serving_default"]
    saved_models.save({"restore": invert}, folder / "restore" / "4")
    saved_models.save({"restore": invert}, folder / "my-own" / "1")
    holes = saved_models.for_holes()
    saved_models.save({"restore": holes["restore"]}, folder / "fill" / "1")
    saved_models.save({"translate": holes["noise"]}, folder / "noise" / "1")
    with serving.Server(
        folder, rest_port=0, grpc_port=0, poll_seconds=0
    ) as server:
        yield server


@pytest.fixture
def photos(tmp_path):
    generator = np.random.default_rng(0)
    picture = generator.integers(0, 256, (12, 20, 4), "uint8")
    images.save(tmp_path / "photos/a.png", picture[..., :3])
    images.save(tmp_path / "photos/tops/b.png", picture)
    images.save(tmp_path / "photos/grey.png", picture[..., 0])
    (tmp_path / "photos/broken.jpg").write_bytes(b"none")
    return tmp_path / "photos"


@pytest.mark.parametrize("way", ["rest", "grpc"])
def test_a_server_generates_what_the_file_does(
    productgen, server, conditional_file, tmp_path, way
):
    url = f"grpc://{server.grpc_address}" if way == "grpc" else server.rest_url
    words = ["--num", 3, "--seed", 5, "--first", 2, "--category", "hat"]
    words += ["--color", "#ff0033"]
    out = tmp_path / "served"
    result = productgen(
        "generate", "shoes", "--out", out, *words, "--server", url
    )
    assert result.exit_code == 0, result.output
    local = tmp_path / "local"
    productgen("generate", conditional_file, "--out", local, *words)
    found = publishing.verify(out / "seed-5-00003.png")
    assert found.source_type == "trainedAlgorithmicMedia"
    who = found.record["record"]["model"]
    assert (who["name"], who["version"]) == ("shoes", 1)
    assert len(who["sha256"]) == 64
    assert not found.problems
    names = sorted(path.name for path in local.glob("*.png"))
    assert names == sorted(path.name for path in out.glob("*.png"))
    assert len(names) == 3
    for name in [*names, "../{}.png"]:
        paths = [folder / name.format(folder.name) for folder in (local, out)]
        made, expected = [images.load(path).astype(int) for path in paths]
        assert np.abs(made - expected).max() <= 1


def test_each_picture_says_which_version_made_it(
    productgen, tmp_path, monkeypatch
):
    """The server has exchanged its model after the first two."""
    signatures = levels(["dots", "plain"], "plain", weights_sha256="a" * 64)
    saved_models.save(signatures, tmp_path / "shop" / "1")
    generate = serving.Client.generate_made

    def exchanged(client, n, **asked):
        for one in generate(client, n, **asked):
            if one.index >= 2:
                other = {"version": 2, "sha256": "b" * 64}
                one = dataclasses.replace(one, model=one.model | other)
            yield one

    monkeypatch.setattr(serving.Client, "generate_made", exchanged)
    settings = {"rest_port": 0, "grpc_port": None, "poll_seconds": 0}
    with serving.Server(tmp_path / "shop", **settings) as server:
        words = ["generate", "shop", "--out", tmp_path / "new", "--num", 3]
        result = productgen(*words, "--server", server.rest_url)
    assert result.exit_code == 0, result.output
    records = {
        name: publishing.verify(tmp_path / name).record["record"]
        for name in ("new/seed-0-00001.png", "new/seed-0-00002.png", "new.png")
    }
    assert [
        (found["model"]["version"], found["model"]["sha256"][:1])
        for found in records.values()
    ] == [(1, "a"), (2, "b"), ("1, 2", "a")]
    # What was not asked for is told, too.
    for found in records.values():
        assert found["edits"][0]["conditions"] == {"category": "plain"}


def test_pictures_are_not_written_over(productgen, server, tmp_path):
    out = tmp_path / "sheet.png"
    out.write_bytes(b"precious")
    words = ["generate", "shoes", "--out", out, "--server", server.rest_url]
    result = productgen(*words, "--category", "hat", "--color", "red")
    assert result.exit_code == 1
    assert out.read_bytes() == b"precious"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--category", "sock", "--color", "red"], "'dress', 'hat'"),
        (["--category", "hat"], "['category', 'color']"),
        (
            ["--category", "hat", "--color", "red", "--truncation", "0.5"],
            "'generate_truncated'",
        ),
    ],
)
def test_says_what_the_model_cannot_make(
    productgen, server, tmp_path, words, message
):
    result = productgen(
        "generate", "shoes", "--out", tmp_path / "new", *words,
        "--server", server.rest_url,
    )  # fmt: skip
    assert result.exit_code == 1
    assert message in " ".join(result.stderr.split())
    assert not (tmp_path / "new").exists()


def test_what_the_server_refuses_is_one_line(productgen, server, tmp_path):
    result = productgen(
        "generate", "hats", "--out", tmp_path, "--server", server.rest_url
    )
    assert result.exit_code == 1
    text = " ".join(result.stderr.split())
    assert "Error: The server refuses: NOT_FOUND" in text
    assert "Traceback" not in text


def test_a_server_restores_a_folder_and_goes_on(
    productgen, server, photos, tmp_path
):
    out = tmp_path / "out"
    words = ["restore", photos, "--out", out, "--server", server.rest_url]
    first = productgen(*words)
    assert first.exit_code == 0, first.output
    assert "restore: served, version 4" in first.stdout
    assert "3 photos restored, 0 were there already" in first.stdout
    assert "broken.jpg: The file must be" in first.stderr
    made = images.load(out / "a.png")
    np.testing.assert_array_equal(made, 255 - images.load(photos / "a.png"))
    # Transparency stays as it is, and grey stays grey.
    before = images.load_original(photos / "tops/b.png").picture
    after = images.load_original(out / "tops/b.png").picture
    np.testing.assert_array_equal(after[..., 3], before[..., 3])
    assert images.load_original(out / "grey.png").picture.ndim == 2
    assert (out / "sheet.png").is_file()
    report = json.loads((out / "report.json").read_text())
    assert report["methods"] == {"restore": "served, version 4"}
    (out / "a.png").unlink()
    again = productgen(*words)
    assert "1 photos restored, 2 were there already" in again.stdout
    assert (out / "a.png").is_file()


def test_a_folder_is_of_one_version(
    productgen, server, photos, tmp_path, monkeypatch
):
    """The version that stands in the labels is the one that is asked."""
    asked, restore = [], serving.Client.restore

    def watched(client, *arguments, version=None, **settings):
        asked.append(version)
        # As after an exchange: 4 has gone when the second photo comes.
        version = 3 if len(asked) == 2 else version
        return restore(client, *arguments, version=version, **settings)

    monkeypatch.setattr(serving.Client, "restore", watched)
    words = ["restore", photos, "--out", tmp_path / "out"]
    result = productgen(*words, "--server", server.rest_url)
    assert result.exit_code == 1
    assert asked == [4, 4]
    text = " ".join(result.stderr.split())
    assert "Version 4 of 'restore' has gone meanwhile: the same" in text


def test_models_of_any_name_restore(productgen, server, photos, tmp_path):
    words = ["restore", photos, "--out", tmp_path / "out"]
    words += ["--server", server.rest_url, "--model", "my-own"]
    result = productgen(*words)
    assert result.exit_code == 0, result.output
    assert "my-own: served, version 1" in result.stdout


def test_holes_are_filled_by_a_mask_and_again_by_another(
    productgen, server, tmp_path
):
    picture = np.full((12, 20, 3), 90, "uint8")
    images.save(tmp_path / "photos/a.png", picture)
    images.save(tmp_path / "photos/large.png", np.zeros((24, 40, 3), "uint8"))
    mask = np.zeros((12, 20), "uint8")
    mask[3:5, 6:9] = 255
    images.save(tmp_path / "mask.png", mask)
    words = ["restore", tmp_path / "photos", "--out", tmp_path / "out"]
    words += ["--server", server.rest_url, "--model", "fill"]
    words += ["--mask", tmp_path / "mask.png"]
    first = productgen(*words)
    assert first.exit_code == 0, first.output
    made = images.load(tmp_path / "out/a.png")
    np.testing.assert_array_equal((made == 255).all(-1), mask > 0)
    assert (made[mask == 0] == 90).all()
    # A mask that does not fit is the photo's failure alone.
    report = json.loads((tmp_path / "out/report.json").read_text())
    assert set(report["failed"]) == {"large.png"}
    found = publishing.verify(tmp_path / "out/a.png")
    assert found.source_type == "compositeWithTrainedAlgorithmicMedia"
    assert found.record["record"]["model"] == {"name": "fill", "version": 1}
    assert found.same_pixels and not found.problems
    # The same mask is not filled twice; another one is.
    assert (
        "0 photos restored, 1 were there already" in productgen(*words).stdout
    )
    images.save(tmp_path / "mask.png", 255 - mask)
    again = productgen(*words)
    assert "1 photos restored, 0 were there already" in again.stdout


def test_noise_is_that_of_the_seed(productgen, server, tmp_path):
    images.save(tmp_path / "photos/a.png", np.zeros((1, 2, 3), "uint8"))
    words = ["restore", tmp_path / "photos", "--out", tmp_path / "out"]
    words += ["--server", server.rest_url, "--model", "noise"]
    for more, level in ((), 0), (("--seed", 33), 33):
        result = productgen(*words, *more)
        assert result.exit_code == 0, result.output
        assert "1 photos restored" in result.stdout
        made = images.load(tmp_path / "out/a.png")
        assert made[0, 0].tolist() == [level] * 3
    found = publishing.verify(tmp_path / "out/a.png")
    assert found.source_type == "trainedAlgorithmicMedia"
    assert found.record["record"]["edits"][0]["seed"] == 33


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--model", "fill"], "'fill' fills holes and must be given `--mask`"),
        (
            ["--mask", "{}/a.png"],
            "`--mask` must go with a model that takes one",
        ),
        (["--seed", "4"], "`--seed` must go with a model that takes one"),
        (["--model", "fill", "--mask", "{}/none.png"], "none.png"),
    ],
)
def test_masks_and_seeds_are_for_models_that_take_them(
    productgen, server, photos, tmp_path, words, message
):
    words = [word.format(photos) for word in words]
    out = tmp_path / "out"
    result = productgen(
        "restore", photos, "--out", out, "--server", server.rest_url, *words
    )
    assert result.exit_code == 1
    assert message in " ".join(result.stderr.split())
    assert not out.exists()


REFUSED = [
    (["--classical"], "`--classical` must not go with `--server`"),
    (["--self-ensemble"], "`--self-ensemble` must not go"),
    (["--tile-size", "512"], "`--tile-size` must not go"),
    (["--model", "m", "--tasks", "jpeg"], "`--tasks` must not go"),
    (["--tasks", ","], "There must be a model"),
    (["--ca-certificate", "x.pem"], "must go with https:// or grpcs://"),
]


@pytest.mark.parametrize(("words", "message"), REFUSED)
def test_options_of_this_machine_do_not_go_with_a_server(
    productgen, photos, tmp_path, words, message
):
    out = tmp_path / "out"
    result = productgen(
        "restore", photos, "--out", out, "--server", URL, *words
    )
    assert result.exit_code == 1
    assert message in " ".join(result.stderr.split())
    assert not out.exists()


@pytest.mark.parametrize(
    ("verb", "words"),
    [
        ("restore", ["--model", "m"]),
        ("restore", ["--api-key", "sesame"]),
        ("restore", ["--ca-certificate", "x.pem"]),
        ("restore", ["--mask", "x.png"]),
        ("restore", ["--seed", "1"]),
        ("generate", ["--api-key", "sesame"]),
    ],
)
def test_options_of_a_server_do_not_go_without(
    productgen, photos, plain_file, tmp_path, verb, words
):
    source = photos if verb == "restore" else plain_file
    result = productgen(verb, source, "--out", tmp_path / "out", *words)
    assert result.exit_code == 1
    assert f"`{words[0]}` must go with `--server`" in result.stderr


def test_keys_come_from_the_environment(
    productgen, conditional_file, tmp_path, monkeypatch, server
):
    seen = []
    made = serving.Client.__init__

    def watched(client, *arguments, api_key=None, **settings):
        seen.append(api_key)
        made(client, *arguments, api_key=api_key, **settings)

    monkeypatch.setattr(serving.Client, "__init__", watched)
    monkeypatch.setenv("PRODUCTGEN_API_KEY", "sesame")
    words = ["--category", "hat", "--color", "red", "--num", 1]
    out = tmp_path / "a.png"
    url = server.rest_url
    productgen("generate", "shoes", "--out", out, *words, "--server", url)
    assert seen == ["sesame"]
    # It is no mistake to have one and to work without a server.
    out = tmp_path / "b.png"
    result = productgen("generate", conditional_file, "--out", out, *words)
    assert result.exit_code == 0, result.output
