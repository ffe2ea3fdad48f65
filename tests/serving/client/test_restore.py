"""Photos sent to a server that only decodes what it gets."""

import asyncio

import numpy as np
import pytest
from PIL import Image

from keras_productgen import images
from keras_productgen import serving
from keras_productgen.serving.client import photos
from tests.serving.gateway.test_pictures import claiming
from tests.serving.gateway.test_pictures import colored
from tests.serving.gateway.test_pictures import file_of

ASKED = {"model": "pictures", "signature": "serving_default"}


@pytest.fixture
def client(plain_server, url_of):
    with serving.Client(url_of(plain_server)) as client:
        yield client


def turned():
    exif = Image.Exif()
    exif[0x0112] = 6
    return file_of(colored(), "PNG", exif=exif)


def see_through():
    picture = colored("RGBA")
    picture.putalpha(0)
    return file_of(picture, "PNG")


PHOTOS = {
    "plain": file_of(colored(), "PNG"),
    "grey": file_of(colored("L"), "PNG"),
    "turned": turned(),
    "transparent": see_through(),
    "webp": file_of(colored(), "WEBP", lossless=True),
    "cmyk": file_of(colored("CMYK"), "TIFF"),
}


@pytest.mark.parametrize("name", PHOTOS)
def test_photos_are_made_plain_before_they_are_sent(client, name):
    data = PHOTOS[name]
    expected = 255 - images.load(data, background=255)
    np.testing.assert_array_equal(client.restore(data, **ASKED), expected)


def test_takes_paths_arrays_and_pillow_pictures(client, tmp_path):
    data = PHOTOS["turned"]
    path = tmp_path / "photo.png"
    path.write_bytes(data)
    expected = 255 - images.load(data)
    taken = [path, str(path), data, bytearray(data), Image.open(path)]
    taken.append(images.load(data))
    for source in taken:
        made = client.restore(source, **ASKED)
        np.testing.assert_array_equal(made, expected)


def test_arrays_may_be_grey_or_transparent(client):
    grey = np.asarray(colored("L"))
    expected = 255 - np.repeat(grey[..., None], 3, -1)
    for array in (grey, grey[..., None]):
        np.testing.assert_array_equal(client.restore(array, **ASKED), expected)
    hidden = np.zeros((2, 3, 4), "uint8")
    assert (client.restore(hidden, **ASKED) == 0).all()  # White, inverted.


@pytest.mark.parametrize("mode", ["CMYK", "LAB", "P", "1", "LA", "HSV"])
def test_pillow_pictures_may_be_of_any_mode(client, mode):
    picture = colored().convert("L" if mode == "1" else "RGB")
    if mode == "HSV":
        picture = picture.convert(mode)
        expected = np.asarray(picture.convert("RGB"))
    elif mode == "LAB":
        picture, expected = Image.new("LAB", (4, 4), (255, 128, 128)), None
    else:
        picture = colored(mode)
        expected = None
    made = client.restore(picture, **ASKED)
    assert made.shape == (picture.height, picture.width, 3)
    if expected is not None:
        np.testing.assert_array_equal(made, 255 - expected)


def test_several_come_back_in_order_and_bad_ones_alone_fail(client, tmp_path):
    good = [np.full((4, 5, 3), value, "uint8") for value in range(5)]
    missing = tmp_path / "missing.jpg"
    given = [*good[:2], b"no picture", good[2], missing, *good[3:], 3.5]
    found = client.restore(iter(given), **ASKED)
    assert [r.index for r in found if isinstance(r, Exception)] == [2, 4, 7]
    assert "pictures[2]: The file must be a whole picture" in str(found[2])
    assert "missing.jpg" in str(found[4])
    assert "pictures[7] must be a path" in str(found[7])
    made = [r for r in found if not isinstance(r, Exception)]
    for result, picture in zip(made, good, strict=True):
        np.testing.assert_array_equal(result, 255 - picture)


def test_async_gives_the_same(plain_server, url_of):
    given = [np.full((4, 5, 3), value, "uint8") for value in range(7)]
    given[3] = b"no picture"

    async def ask():
        url = url_of(plain_server)
        async with serving.AsyncClient(url, chunk_size=2) as client:
            one = await client.restore(given[0], **ASKED)
            with pytest.raises(serving.PictureError):
                await client.restore(given[3], **ASKED)
            return one, await client.restore(given, **ASKED)

    one, found = asyncio.run(ask())
    assert (one == 255).all()
    assert found[3].index == 3
    assert [int(255 - r[0, 0, 0]) for k, r in enumerate(found) if k != 3] == [
        0, 1, 2, 4, 5, 6,
    ]  # fmt: skip


def test_one_that_the_server_refuses_is_found_among_the_others(
    exported, url_of
):
    """The server has a bound that the client does not know."""
    limits = serving.Limits(max_pixels=60)
    settings = {"rest_port": 0, "grpc_port": 0, "poll_seconds": 0}
    given = [np.full((5, 5, 3), value, "uint8") for value in range(4)]
    given[1] = np.zeros((9, 9, 3), "uint8")
    with (
        serving.Server(exported, limits=limits, **settings) as server,
        serving.Client(url_of(server)) as client,
    ):
        found = client.restore(given, **ASKED)
        with pytest.raises(serving.PictureError, match="at most 60 pixels"):
            client.restore(given[1], **ASKED)
    assert isinstance(found[1], serving.PictureError)
    assert found[1].http_status == 413
    for index in (0, 2, 3):
        assert (found[index] == 255 - index).all()


def test_a_bomb_is_refused_before_it_is_sent(client):
    with pytest.raises(ValueError, match="at most"):
        client.restore(claiming(60_000, 60_000), **ASKED)


def test_files_come_as_they_are(client):
    data = client.restore(PHOTOS["plain"], as_bytes=True, **ASKED)
    assert data.startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"model": "shoes"}, "must have the signature 'restore'"),
        ({"model": "pictures", "signature": "echo"}, "'data', 'text'"),
        ({"model": "pictures", "signature": "total"}, "take 'image_bytes'"),
        ({"model": "holes"}, "must be given `masks`. Received: masks=None"),
        ({**ASKED, "masks": [1]}, "must not be given `masks`"),
        ({**ASKED, "seed": 3}, "takes no `seed`. Received: seed=3"),
        ({**ASKED, "seed": 2.5}, "`seed` must be an integer"),
        ({**ASKED, "first_index": -1}, "`first_index` must be an integer"),
    ],
)
def test_other_signatures_are_refused(client, asked, words):
    with pytest.raises(ValueError, match=words):
        client.restore([PHOTOS["plain"]], **asked)


@pytest.mark.parametrize(
    "array",
    [
        np.zeros((4, 4, 3)),
        np.zeros((4, 4, 2), "uint8"),
        np.zeros(4, "uint8"),
        np.zeros((0, 4, 3), "uint8"),
    ],
    ids=["floats", "two channels", "a line", "nothing"],
)
def test_arrays_that_are_no_pictures_are_refused(client, array):
    with pytest.raises(ValueError, match="must be a uint8 array"):
        client.restore(array, **ASKED)


def test_an_array_of_several_is_several(client):
    array = np.zeros((3, 4, 5, 3), "uint8")
    assert [made.shape for made in client.restore(array, **ASKED)] == [
        (4, 5, 3)
    ] * 3


def test_chunks_are_bounded_by_pictures_bytes_and_pixels(monkeypatch):
    small = np.zeros((4, 5, 3), "uint8")
    sizes = [len(c) for c in photos.chunks([(small, None)] * 7, 3)]
    assert sizes == [3, 3, 1]
    monkeypatch.setattr(photos, "MAX_PIXELS", 50)
    sizes = [len(c) for c in photos.chunks([(small, None)] * 7, 3)]
    assert sizes == [2, 2, 2, 1]
    monkeypatch.setattr(photos, "MAX_BYTES", 1)
    sizes = [len(c) for c in photos.chunks([(small, None)] * 3, 3)]
    assert sizes == [1, 1, 1]  # Each alone is still sent.


def test_chunks_have_no_more_pixels_than_the_model_takes_at_once():
    small = np.zeros((4, 5, 3), "uint8")
    sizes = [len(c) for c in photos.chunks([(small, None)] * 5, 9, 45)]
    assert sizes == [2, 2, 1]


@pytest.mark.parametrize("given", [None, 3.5, 7])
def test_what_is_no_picture_at_all_is_named(client, given):
    with pytest.raises(ValueError, match=f"`pictures` must .*: {given}"):
        client.restore(given, **ASKED)


@pytest.mark.parametrize("given", ["photo.jpg", b"file", np.zeros((4, 4, 3))])
def test_one_picture_is_not_taken_for_several(client, given):
    """Text would be gone through letter by letter."""
    with pytest.raises(ValueError, match="`pictures` must be .* in a list"):
        client.restore_iter(given, **ASKED)
    with pytest.raises(ValueError, match="`masks` must be .* in a list"):
        client.restore([HOLE], given, model="holes")


def test_none_of_none(client):
    assert client.restore([], **ASKED) == []


HOLE = np.zeros((4, 5), "uint8")
HOLE[1, 2] = 1


def mask_file(array, **options):
    return images.encode(np.asarray(array), "PNG", **options)


def as_pillow(array):
    return Image.fromarray(255 * array).convert("1")


MASKS = {
    "bool": HOLE.astype(bool),
    "uint8": HOLE,
    "with channels": np.repeat(HOLE[..., None], 3, -1),
    "one channel": HOLE[..., None] * np.array([0, 9, 0], "uint8"),
    "file": mask_file(HOLE),
    "pillow": as_pillow(HOLE),
    # What hides nothing is not to be filled.
    "see-through": np.dstack([255 * np.ones((4, 5, 3)), 255 * HOLE]).astype(
        "uint8"
    ),
}


@pytest.mark.parametrize("name", MASKS)
def test_masks_say_where_to_fill(client, name):
    picture = np.full((4, 5, 3), 50, "uint8")
    made = client.restore(picture, MASKS[name], model="holes")
    expected = picture.copy()
    expected[1, 2] = 255
    np.testing.assert_array_equal(made, expected)


def test_a_mask_of_a_phone_is_turned_as_its_photo_is(client):
    """EXIF 6: what is stored as 4 x 5 is seen as 5 x 4."""
    exif = Image.Exif()
    exif[0x0112] = 6
    picture = file_of(Image.new("RGB", (5, 4), (50, 50, 50)), "PNG", exif=exif)
    mask = file_of(Image.fromarray(255 * HOLE), "PNG", exif=exif)
    made = client.restore(picture, mask, model="holes")
    np.testing.assert_array_equal(
        (made == 255).all(-1), np.rot90(HOLE, -1).astype(bool)
    )


def test_each_picture_has_its_mask_and_bad_ones_alone_fail(client):
    pictures = [np.full((4, 5, 3), value, "uint8") for value in range(5)]
    masks = [np.roll(HOLE, step, 1) for step in range(5)]
    masks[1] = b"no mask"
    masks[3] = np.zeros((9, 9), "uint8")
    found = client.restore(iter(pictures), iter(masks), model="holes")
    assert [r.index for r in found if isinstance(r, Exception)] == [1, 3]
    assert "masks[1]: The file must be a whole picture" in str(found[1])
    for index in (0, 2, 4):
        filled = (found[index] == 255).all(-1)
        np.testing.assert_array_equal(filled, masks[index] > 0)
        assert (found[index][~filled] == index).all()


@pytest.mark.parametrize("counts", [(2, 1), (1, 2), (2, 0)])
def test_there_is_a_mask_for_each_picture(client, counts):
    pictures, masks = [[HOLE] * count for count in counts]
    with pytest.raises(ValueError, match="a mask for each picture, and no"):
        client.restore(pictures, masks, model="holes")


def test_noise_has_the_number_of_its_picture(client):
    """`noise` writes its seed and index into the picture."""
    given = [np.zeros((1, 2, 3), "uint8")] * 3
    given[1] = b"no picture"
    asked = {"model": "holes", "signature": "noise"}
    found = client.restore(given, seed=40, first_index=7, **asked)
    assert isinstance(found[1], serving.PictureError)
    assert [found[k][0, 0].tolist() for k in (0, 2)] == [[40] * 3] * 2
    assert [found[k][0, 1].tolist() for k in (0, 2)] == [[7] * 3, [9] * 3]
    (plain,) = client.restore(given[:1], **asked)
    assert not plain.any()


def test_async_takes_masks_and_seeds(plain_server, url_of):
    picture = np.zeros((4, 5, 3), "uint8")

    async def ask():
        url = url_of(plain_server)
        async with serving.AsyncClient(url, "holes") as client:
            return (
                await client.restore(picture, HOLE),
                await client.restore([picture] * 2, [HOLE] * 2),
                await client.restore(
                    picture[:1, :2], signature="noise", seed=4
                ),
            )

    one, several, noisy = asyncio.run(ask())
    np.testing.assert_array_equal(one[..., 0], 255 * HOLE)
    assert len(several) == 2
    np.testing.assert_array_equal(several[1], one)
    assert noisy[0, 0, 0] == 4


def test_chunks_count_the_bytes_of_masks(monkeypatch):
    pictures = [(np.zeros((4, 5, 3), "uint8"), HOLE)] * 4
    alone = [len(c) for c in photos.chunks([(p, None) for p, _ in pictures], 9)]
    assert alone == [4]
    (chunk,) = photos.chunks(pictures[:1], 1)
    monkeypatch.setattr(photos, "MAX_BYTES", 2 * chunk[0].num_bytes)
    assert [len(c) for c in photos.chunks(pictures, 9)] == [2, 2]
    assert chunk[0].num_bytes > len(chunk[0].data)
