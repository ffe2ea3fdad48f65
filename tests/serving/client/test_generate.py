"""Pictures that a server makes, asked for by names."""

import asyncio
import itertools
import subprocess
import sys
import threading

import numpy as np
import pytest
import tensorflow as tf

from keras_productgen import images
from keras_productgen import serving
from keras_productgen.conditions.colors import cloth_color
from keras_productgen.export.signatures import description
from keras_productgen.export.signatures.generators import number_specs
from keras_productgen.serving.client import descriptions
from keras_productgen.serving.client.calls import GetMetadata
from keras_productgen.serving.client.calls import Target
from keras_productgen.serving.errors import Code
from tests.serving import clients
from tests.serving import saved_models
from tests.serving.client.conftest import FREE

ASKED = {"category": "hat", "color": "#ff0033", "details": "belt"}
CODE = (1.0, 0.0, 0.2)


def local(generator, n, seed=0, first=0, **conditions):
    conditions = {**ASKED, "color": CODE, **conditions}
    made = generator.generate(n, seed, conditions, first)
    return images.to_uint8(made)


def assert_same(made, expected):
    assert made.dtype == np.uint8
    assert made.shape == expected.shape
    assert np.abs(made.astype(int) - expected).max() <= 1


def test_makes_the_pictures_of_the_model(server, url_of, generator):
    with serving.Client(url_of(server), "shoes") as client:
        made = client.generate(5, seed=7, first_index=2, **ASKED)
    expected = local(generator, 5, 7, 2)
    assert_same(made, expected)
    assert len(np.unique(expected.reshape(5, -1), axis=0)) == 5


def test_chunks_change_nothing_and_keep_the_order(server, url_of):
    with serving.Client(url_of(server), "shoes") as client:
        whole = client.generate(7, seed=1, **ASKED)
    with serving.Client(
        url_of(server), "shoes", chunk_size=2, in_flight=3
    ) as client:
        np.testing.assert_array_equal(client.generate(7, 1, **ASKED), whole)
        one_by_one = client.generate_iter(7, 1, **ASKED)
        for found, expected in zip(one_by_one, whole, strict=True):
            np.testing.assert_array_equal(found, expected)


def test_requests_have_no_more_pictures_than_a_chunk(server, monkeypatch):
    rows = []
    predict = server._service.predict_arrays

    def watched(servable, signature, feeds):
        if signature == "generate":
            rows.append(len(feeds["seed"]))
        return predict(servable, signature, feeds)

    monkeypatch.setattr(server._service, "predict_arrays", watched)
    with serving.Client(server.rest_url, "shoes", chunk_size=3) as client:
        client.generate(8, **ASKED)
        assert sorted(rows) == [2, 3, 3]
        del rows[:]
        # A stream asks for a few requests ahead, not for all.
        endless = client.generate_iter(10**9, **ASKED)
        taken = list(itertools.islice(endless, 4))
        endless.close()
    assert len(taken) == 4
    assert len(rows) <= 2 + client.in_flight


def test_async_makes_the_same(server, url_of, generator):
    async def ask():
        client = serving.AsyncClient(url_of(server), "shoes", chunk_size=2)
        async with client:
            made = await client.generate(5, seed=7, first_index=2, **ASKED)
            found = client.generate_iter(5, 7, 2, **ASKED)
            return made, [picture async for picture in found]

    made, streamed = asyncio.run(ask())
    assert_same(made, local(generator, 5, 7, 2))
    np.testing.assert_array_equal(made, np.stack(streamed))


def test_each_picture_may_have_conditions_of_its_own(server, generator):
    asked = {
        "category": ["hat", "dress", "shoes"],
        "color": ["navy", "#ff0033", (0.1, 0.2, 0.3)],
        "details": [["zip", "belt"], [], ["belt"]],
    }
    colors = [cloth_color("navy"), CODE, (0.1, 0.2, 0.3)]
    expected = local(
        generator, 3, category=[1, 0, 2], color=colors, details=asked["details"]
    )
    with serving.Client(server.rest_url, "shoes", chunk_size=2) as client:
        assert_same(client.generate(3, **asked), expected)
        assert_same(client.generate(3, conditions=asked), expected)


def test_labels_may_be_text_with_commas(server, generator):
    with serving.Client(server.rest_url, "shoes") as client:
        made = client.generate(1, **{**ASKED, "details": "zip, belt"})
    assert_same(made, local(generator, 1, details=["zip", "belt"]))


def test_files_are_those_of_the_server(server, url_of):
    with serving.Client(url_of(server), "shoes") as client:
        files = client.generate(3, as_bytes=True, **ASKED)
        arrays = client.generate(3, **ASKED)
    assert all(data.startswith(b"\x89PNG") for data in files)
    for data, array in zip(files, arrays, strict=True):
        np.testing.assert_array_equal(images.decode(data), array)


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({**ASKED, "category": "sock"}, "'dress', 'hat', 'shoes'"),
        ({**ASKED, "category": 3}, "'dress', 'hat', 'shoes'"),
        ({**ASKED, "details": "sleeve"}, "'zip', 'belt'"),
        ({**ASKED, "color": "reddish"}, "a code such as '#1f4e79'"),
        ({**ASKED, "color": (255, 0, 0)}, "sRGB from 0 to 1"),
        ({**ASKED, "color": (7, 0, 0)}, "sRGB from 0 to 1"),
        ({**ASKED, "category": ["hat", "dress"]}, "one value for all"),
        ({"category": "hat"}, "'category', 'color', 'details'"),
        ({**ASKED, "fabric": "wool"}, "'category', 'color', 'details'"),
        ({**ASKED, "truncation": 0.5}, "signature 'generate_truncated'"),
        ({**ASKED, "n": 0}, "`n` must be an integer from 1"),
        ({**ASKED, "n": 2.5}, "`n` must be"),
        ({**ASKED, "seed": 2**63}, "`seed` must be"),
        ({**ASKED, "first_index": -1}, "`first_index` must be"),
        ({**ASKED, "model": 7}, "`model` must be the name"),
        ({**ASKED, "version": -1}, "`version` must be"),
    ],
)
def test_refuses_what_the_model_cannot_make(server, asked, words):
    n = asked.pop("n", 3)
    with serving.Client(server.rest_url, "shoes") as client:
        with pytest.raises(ValueError, match=words):
            client.generate(n, **asked)


def test_an_unknown_model_is_the_servers_error(server, url_of):
    with serving.Client(url_of(server), "hats") as client:
        with pytest.raises(serving.ServingError, match="hats") as error:
            client.generate()
    assert error.value.code.name == "NOT_FOUND"


@pytest.mark.parametrize("version", [1, None])
def test_a_version_may_be_named(server, url_of, version):
    with serving.Client(url_of(server), "shoes") as client:
        assert client.describe(version=version).version == 1
        assert len(client.generate(1, version=version, **ASKED)) == 1
        for missing in (9, "stable"):
            with pytest.raises(serving.ServingError):
                client.generate(1, version=missing, **ASKED)


def test_says_what_may_be_asked_for(server, url_of):
    with serving.Client(url_of(server), "shoes") as client:
        conditions = client.describe().conditions
    assert conditions["category"]["values"] == ["dress", "hat", "shoes"]
    assert conditions["color"] == {"kind": "vector", "size": 3}


def test_names_come_by_predict_alone(plain_server, url_of, generator):
    """All that TensorFlow Serving has: no card, no further metadata."""
    with serving.Client(url_of(plain_server), "shoes") as client:
        assert_same(client.generate(2, **ASKED), local(generator, 2))
        with pytest.raises(ValueError, match="'dress', 'hat', 'shoes'"):
            client.generate(2, **{**ASKED, "category": "sock"})


def test_models_that_say_nothing_of_themselves_are_asked_by_number(
    plain_server, url_of, generator
):
    by_number = {**ASKED, "category": 1, "details": (0, 1)}
    with serving.Client(url_of(plain_server), "old") as client:
        assert client.describe().told == client.describe().conditions == {}
        assert_same(client.generate(2, **by_number), local(generator, 2))
        for category in ("hat", -1):
            words = "no signature 'describe': export it again, or ask by number"
            with pytest.raises(ValueError, match=words):
                client.generate(2, **{**by_number, "category": category})


def asked_of(server, monkeypatch):
    """The signatures that are computed from now on, one after the other."""
    from keras_productgen.serving.servable import Servable

    found, run = [], Servable.run

    def watched(servable, signature, feeds, outputs):
        found.append(signature)
        return run(servable, signature, feeds, outputs)

    monkeypatch.setattr(Servable, "run", watched)
    return found


def test_a_version_is_asked_once_what_it_is(server, url_of, monkeypatch):
    found = asked_of(server, monkeypatch)
    with serving.Client(url_of(server), "shoes") as client:
        for seed in range(3):
            client.generate(1, seed, **ASKED)
        client.describe(version=1)
    assert found == ["describe", "generate", "generate", "generate"]


def levels(names, default=None, **told):
    """Makes pictures of 100 for the first category, and of 200 for the next."""
    category = {"kind": "category", "size": 2, "values": names}
    if default is not None:
        category["default"] = default
    told = {"conditions": {"category": category}, **told}

    def generate(seed, index, category):
        del seed, index
        pictures = tf.ones([1, 2, 2, 3], tf.int32)
        pictures *= 100 * (1 + category[:, None, None, None])
        pictures = tf.cast(pictures, tf.uint8)
        files = tf.map_fn(
            tf.io.encode_png, pictures, fn_output_signature=tf.string
        )
        return {"png_bytes": files}

    specs = [tf.TensorSpec([None], tf.int32, name="category")]
    return {
        "generate": (generate, [*number_specs(), *specs]),
        "describe": description(told),
    }


def test_a_new_version_is_asked_anew(tmp_path, url_of):
    """Its categories stand in another order: the old ids make other things."""
    saved_models.save(levels(["dress", "hat"]), tmp_path / "shop" / "1")
    with (
        serving.Server(tmp_path / "shop", **FREE) as server,
        serving.Client(url_of(server), "shop") as client,
    ):
        assert (client.generate(1, category="hat") == 200).all()
        saved_models.save(levels(["hat", "dress"]), tmp_path / "shop" / "2")
        server.models.refresh()
        assert (client.generate(1, category="hat") == 100).all()
        assert client.describe().version == 2


def test_what_has_a_natural_value_need_not_be_asked_for(tmp_path, url_of):
    signatures = levels(["dots", "plain"], default="plain")
    saved_models.save(signatures, tmp_path / "shop" / "1")
    with (
        serving.Server(tmp_path / "shop", **FREE) as server,
        serving.Client(url_of(server), "shop") as client,
    ):
        assert client.describe().defaults == {"category": "plain"}
        assert (client.generate(2) == 200).all()
        assert (client.generate(2, category="dots") == 100).all()


def test_a_version_that_goes_while_it_is_asked_is_left():
    """Metadata of version 3, which is gone before it can describe itself."""
    target, known = Target("shoes"), {}
    signature = {"inputs": {"format": {}}}
    flow = descriptions.describe(target, known)
    assert next(flow) == GetMetadata(target)
    call = flow.send({"signature_def": {"describe": signature}, "version": 3})
    assert (call.target, call.signature) == (Target("shoes", 3), "describe")
    gone = serving.ServingError(Code.NOT_FOUND, "Specific(shoes, 3)")
    assert flow.throw(gone) == GetMetadata(target)
    flow.send({"signature_def": {"describe": signature}, "version": 4})
    with pytest.raises(StopIteration) as end:
        flow.send([b'{"conditions": {"a": {"kind": "category", "size": 2}}}'])
    assert end.value.value.version == 4
    assert set(known) == {("shoes", 4)}


@pytest.mark.parametrize("text", [b"", b"[]", b"{}", b'{"conditions": 3}'])
def test_a_description_of_another_kind_is_named(text):
    flow = descriptions.describe(Target("shoes"), {})
    next(flow)
    found = {"describe": {"inputs": {"format": {}}}}
    flow.send({"signature_def": found, "version": 3})
    with pytest.raises(serving.ServingError, match="'describe' of 'shoes'"):
        flow.send([text])


def test_a_signature_of_others_that_is_called_so_is_left_alone():
    flow = descriptions.describe(Target("shoes"), {})
    next(flow)
    found = {"describe": {"inputs": {"image_bytes": {}}}}
    with pytest.raises(StopIteration) as end:
        flow.send({"signature_def": found, "version": 3})
    assert end.value.value.told == {}


def test_threads_share_a_client(server, url_of):
    made = {}
    with serving.Client(url_of(server), "shoes", chunk_size=2) as client:

        def ask(seed):
            made[seed] = client.generate(3, seed, **ASKED)

        threads = [threading.Thread(target=ask, args=(k,)) for k in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        for seed in range(8):
            alone = client.generate(3, seed, **ASKED)
            np.testing.assert_array_equal(made[seed], alone)


def test_rest_needs_neither_tensorflow_nor_keras(server):
    """With conditions, too: a client is there in a second, and not in ten."""
    program = (
        "import sys; from keras_productgen import serving\n"
        f"with serving.Client({server.rest_url!r}, 'shoes') as client:\n"
        f"    print(len(client.generate(2, seed=1, **{ASKED})))\n"
        "print({'tensorflow', 'keras', 'uvicorn'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True
    )
    assert done.stdout.split() == ["2", "set()"], done.stderr


def test_metadata_is_that_of_tensorflow_serving(server):
    found = clients.get(server, "/v1/models/shoes/metadata").json()
    assert set(found["metadata"]) == {"signature_def"}
