"""Versions that are exchanged while a call goes on."""

import asyncio
import shutil

import pytest

from keras_productgen import serving
from keras_productgen.serving.client.calls import GetMetadata
from keras_productgen.serving.client.calls import Target
from keras_productgen.serving.client.descriptions import Description
from keras_productgen.serving.client.pinning import TRIES
from keras_productgen.serving.client.pinning import Pinned
from keras_productgen.serving.errors import Code
from tests.serving import saved_models
from tests.serving.client.conftest import FREE
from tests.serving.client.test_generate import levels

NAMES = ["dress", "hat"]
ONE_BY_ONE = {"chunk_size": 1, "in_flight": 1}


@pytest.fixture(scope="module")
def versions(tmp_path_factory):
    """1 and 2 have the same categories, 3 has them in another order."""
    folder = tmp_path_factory.mktemp("versions")
    for number, names, weights in (
        (1, NAMES, "a"),
        (2, NAMES, "b"),
        (3, NAMES[::-1], "c"),
    ):
        signatures = levels(names, weights_sha256=weights)
        saved_models.save(signatures, folder / str(number))
    return folder


@pytest.fixture
def shop(versions, tmp_path):
    """A server of version 1, and a function that exchanges it for another."""
    folder = tmp_path / "shop"
    shutil.copytree(versions / "1", folder / "1")
    with serving.Server(folder, **FREE) as server:

        def exchange(number):
            shutil.copytree(versions / str(number), folder / str(number))
            shutil.rmtree(folder / "1")
            server.models.refresh()

        yield server, exchange


def test_goes_on_by_a_version_with_the_same_conditions(shop, url_of):
    server, exchange = shop
    with serving.Client(url_of(server), "shop", **ONE_BY_ONE) as client:
        found = client.generate_made(4, category="hat")
        made = [next(found)]
        exchange(2)
        made += found
    assert [one.index for one in made] == [0, 1, 2, 3]
    assert all((one.picture == 200).all() for one in made)
    told = [(one.model["version"], one.model["sha256"]) for one in made]
    assert told == [(1, "a"), (2, "b"), (2, "b"), (2, "b")]
    assert {one.model["name"] for one in made} == {"shop"}


def test_stops_where_names_mean_something_else(shop, url_of):
    """Before, the rest of the hats were dresses, and nobody was told."""
    server, exchange = shop
    with serving.Client(url_of(server), "shop", **ONE_BY_ONE) as client:
        found = client.generate_iter(4, category="hat")
        assert (next(found) == 200).all()
        exchange(3)
        words = "Version 1 of 'shop' has gone .* version 3 .*means something"
        with pytest.raises(serving.ServingError, match=words) as error:
            list(found)
        assert error.value.code == Code.FAILED_PRECONDITION
        # A new call is of the new version, all of it.
        assert (client.generate(2, category="hat") == 100).all()


def test_async_goes_on_and_stops_too(shop, url_of):
    server, exchange = shop

    async def ask():
        settings = {"chunk_size": 1, "in_flight": 1}
        url = url_of(server)
        async with serving.AsyncClient(url, "shop", **settings) as client:
            found = client.generate_made(3, category="hat")
            made = [await anext(found)]
            exchange(2)
            return made + [one async for one in found]

    made = asyncio.run(ask())
    assert [one.model["version"] for one in made] == [1, 2, 2]


def test_a_version_that_was_named_is_not_left(shop, url_of):
    server, exchange = shop
    with serving.Client(url_of(server), "shop", **ONE_BY_ONE) as client:
        found = client.generate_iter(3, category="hat", version=1)
        next(found)
        exchange(2)
        with pytest.raises(serving.ServingError) as error:
            list(found)
    assert error.value.code == Code.NOT_FOUND


def described(version, told=None, target=None):
    inputs = {"seed": {}, "category": {}}
    signatures = {"generate": {"inputs": inputs}}
    target = target or Target("shop", "stable")
    return Description(target, signatures, version, told or {})


def asked_for(description):
    answer = yield description.pinned
    return answer


def test_a_label_is_pinned_to_its_version():
    pinned = Pinned(described(7), "generate", {})
    flow = pinned.done(asked_for)
    assert next(flow) == Target("shop", 7)
    gone = serving.ServingError(Code.NOT_FOUND, "Specific(shop, 7)")
    # The label says which is next.
    assert flow.throw(gone) == GetMetadata(Target("shop", "stable"))
    signatures = described(8).signatures
    call = flow.send({"signature_def": signatures, "version": 8})
    assert call == Target("shop", 8)
    with pytest.raises(StopIteration) as end:
        flow.send("done")
    answer, by = end.value.value
    assert (answer, by.version) == ("done", 8)
    # Work that comes later begins there.
    assert next(pinned.done(asked_for)) == Target("shop", 8)


def test_a_server_that_does_not_say_its_version_is_asked_as_before():
    assert described(0).pinned == Target("shop", "stable")
    assert described(0, target=Target("shop")).pinned == Target("shop")


def test_gives_up_where_versions_go_on_going():
    flow = Pinned(described(1), "generate", {}).done(asked_for)
    gone = serving.ServingError(Code.NOT_FOUND, "gone")
    next(flow)
    for version in range(2, TRIES + 1):
        flow.throw(gone)
        found = {"signature_def": described(1).signatures, "version": version}
        assert flow.send(found) == Target("shop", version)
    with pytest.raises(serving.ServingError, match="gone"):
        flow.throw(gone)


@pytest.mark.parametrize(
    "code", [Code.INVALID_ARGUMENT, Code.UNAVAILABLE, Code.INTERNAL]
)
def test_other_errors_are_those_of_the_work(code):
    flow = Pinned(described(1), "generate", {}).done(asked_for)
    next(flow)
    with pytest.raises(serving.ServingError, match="no good"):
        flow.throw(serving.ServingError(code, "no good"))


@pytest.mark.parametrize("name", ["conditions", "value_range", "scale"])
def test_what_means_something_else_is_not_gone_on_with(name):
    told = {("shop", 2): {name: 1}}
    flow = Pinned(described(1, {name: 0}), "generate", told).done(asked_for)
    next(flow)
    flow.throw(serving.ServingError(Code.NOT_FOUND, "gone"))
    with pytest.raises(serving.ServingError, match="means something else"):
        found = described(1).signatures
        flow.send({"signature_def": found, "version": 2})


def test_work_on_a_photo_begins_anew_with_another_version():
    """Else one half of it would be of the one, and one of the other."""

    def halves(description):
        left = yield (description.version, "left")
        right = yield (description.version, "right")
        return left + right

    flow = Pinned(described(1), "generate", {}).done(halves)
    assert next(flow) == (1, "left")
    assert flow.send("old") == (1, "right")
    flow.throw(serving.ServingError(Code.NOT_FOUND, "gone"))
    found = {"signature_def": described(1).signatures, "version": 2}
    assert flow.send(found) == (2, "left")
    assert flow.send("new ") == (2, "right")
    with pytest.raises(StopIteration) as end:
        flow.send("one")
    assert end.value.value[0] == "new one"
