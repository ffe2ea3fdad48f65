"""Photos of more pixels than a version takes in one piece."""

import asyncio

import keras
import numpy as np
import pytest
from PIL import Image

from keras_productgen import export
from keras_productgen import images
from keras_productgen import models
from keras_productgen import serving
from keras_productgen.export.signatures import description
from tests.export.signatures.test_restorations import SMALL
from tests.export.signatures.test_restorations import vivid
from tests.serving import saved_models
from tests.serving.client.conftest import FREE
from tests.serving.gateway.test_pictures import file_of

MAX_PIXELS = 80 * 80
MAKERS = {
    "denoise": lambda: models.NAFNet(**SMALL),
    "restore": lambda: models.Restorer(**SMALL, curve_width=2),
    "larger": lambda: models.ESPCN(scale=2, width=4, channels=1),
}


@pytest.fixture(scope="module")
def made():
    keras.utils.set_random_seed(0)
    return {name: vivid(make()) for name, make in MAKERS.items()}


@pytest.fixture(scope="module")
def folder(made, tmp_path_factory):
    folder = tmp_path_factory.mktemp("restorations")
    for name, model in made.items():
        export.saved_model(
            model,
            folder / name,
            signatures=("restore", "restore_tile"),
            batch_sizes=(1,),
            max_pixels=MAX_PIXELS,
        )
    # As an export without `restore_tile`.
    told = {"conditions": {}, "max_pixels": MAX_PIXELS, "tiles": None}
    invert = saved_models.for_pictures()["serving_default"]
    uncut = {"restore": invert, "describe": description(told)}
    saved_models.save(uncut, folder / "uncut" / "1")
    return folder


@pytest.fixture(scope="module")
def server(folder):
    """Knows no pictures, as TensorFlow Serving does not."""
    with serving.Server(folder, picture_inputs=(), **FREE) as server:
        yield server


@pytest.fixture
def client(server, url_of):
    with serving.Client(url_of(server)) as client:
        yield client


def photo(height=150, width=117):
    """Dark at one end and light at the other: tiles differ from the whole."""
    generator = np.random.default_rng(0)
    light = np.linspace(10, 200, height)[:, None, None]
    noise = generator.uniform(-40, 40, (height, width, 3))
    return images.to_uint8(light + noise)


def assert_same(found, expected):
    assert found.dtype == np.uint8
    assert found.shape == expected.shape
    assert np.abs(found.astype(int) - expected).max() <= 1


@pytest.mark.parametrize("name", ["denoise", "restore"])
def test_large_photos_become_what_the_model_makes(client, made, name):
    picture = photo()
    assert picture[..., 0].size > 2 * MAX_PIXELS
    expected = made[name].restore(picture)
    assert_same(client.restore(picture, model=name), expected)
    assert expected.std() > 5.0


def test_a_tile_alone_would_be_something_else(made):
    """So the test above can tell whether tiles know of the whole."""
    model, picture = made["restore"], photo()
    whole = model.restore(picture)[:40].astype(int)
    assert np.abs(whole - model.restore(picture[:80])[:40]).max() > 3


def test_small_large_and_bad_ones_come_in_order(client, made):
    exif = Image.Exif()
    exif[0x0112] = 6
    turned = file_of(Image.fromarray(photo()), "PNG", exif=exif)
    given = [photo(9, 12), photo(), b"no picture", turned, photo(20, 20)]
    found = client.restore(given, model="denoise")
    assert isinstance(found[2], serving.PictureError)
    pictures = [given[0], given[1], None, images.load(turned), given[4]]
    for one, picture in zip(found, pictures, strict=True):
        if picture is not None:
            assert_same(one, made["denoise"].restore(picture))
    assert found[3].shape == (117, 150, 3)


def test_async_and_files_are_the_same(server, url_of, made):
    async def ask():
        url = url_of(server)
        async with serving.AsyncClient(url, "denoise") as client:
            return await client.restore(photo(), as_bytes=True)

    data = asyncio.run(ask())
    assert data.startswith(b"\x89PNG")
    assert_same(images.decode(data), made["denoise"].restore(photo()))


def test_grey_models_give_grey_files_and_some_make_them_larger(client, made):
    picture = photo()[..., 0]
    data = client.restore(picture, model="larger", as_bytes=True)
    found = images.load_original(data).picture
    assert found.shape == (300, 234)
    assert_same(found, made["larger"].restore(picture))


def test_no_request_has_more_pixels_than_the_model_takes(server, monkeypatch):
    sizes = []
    predict = server._service.predict_arrays

    def watched(servable, signature, feeds):
        if "image_bytes" in feeds:
            files = [images.decode(data) for data in feeds["image_bytes"]]
            sizes.append(sum(file[..., 0].size for file in files))
        return predict(servable, signature, feeds)

    monkeypatch.setattr(server._service, "predict_arrays", watched)
    with serving.Client(server.rest_url, "denoise") as client:
        client.restore([photo(), *[photo(50, 50)] * 3])
    assert max(sizes) <= MAX_PIXELS
    assert len(sizes) > 4


def test_what_cannot_be_cut_is_refused_by_name(client):
    words = "'uncut' must have at most 6400 pixels; `productgen export --max"
    found = client.restore([photo(), photo(9, 9)], model="uncut")
    assert words in str(found[0])
    assert found[1].shape == (9, 9, 3)
    with pytest.raises(serving.PictureError, match="Received: 17550 pixels"):
        client.restore(photo(), model="uncut")
