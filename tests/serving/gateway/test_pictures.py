"""Pictures as cameras and shops send them, before a decoder in a graph."""

import io
import struct
import zlib

import numpy as np
import pytest
from PIL import Image
from PIL import ImageCms

from keras_productgen import images
from keras_productgen.serving.errors import ServingError
from keras_productgen.serving.gateway import Pictures


def file_of(picture, kind, **options):
    buffer = io.BytesIO()
    picture.save(buffer, kind, **options)
    return buffer.getvalue()


def colored(mode="RGB", size=(6, 4)):
    generator = np.random.default_rng(0)
    picture = generator.integers(0, 256, (size[1], size[0], 3), "uint8")
    return Image.fromarray(picture).convert(mode)


def plain(data, **settings):
    settings = {"max_pixels": 10_000, **settings}
    feeds = {"image_bytes": np.array([data], object)}
    return Pictures(**settings)(feeds)["image_bytes"][0]


def decoded(data):
    """What TensorFlow's decoder makes of a file."""
    import tensorflow as tf

    return tf.io.decode_image(data, 3, expand_animations=False).numpy()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "BMP"])
def test_plain_pictures_go_through_untouched(kind):
    data = file_of(colored(), kind)
    assert plain(data) == data


def test_a_photo_with_something_behind_it_is_decoded_all_the_same():
    data = file_of(colored(), "JPEG", quality=95) + b"what a camera adds"
    assert plain(data).startswith(b"\x89PNG")
    np.testing.assert_array_equal(decoded(plain(data)), images.decode(data))


def test_a_turned_photo_is_put_upright():
    exif = Image.Exif()
    exif[0x0112] = 6
    data = file_of(colored(), "JPEG", exif=exif, quality=95)
    assert decoded(data).shape == (4, 6, 3)  # Why this is needed.
    assert decoded(plain(data)).shape == (6, 4, 3)
    np.testing.assert_array_equal(decoded(plain(data)), images.decode(data))


def test_what_is_transparent_becomes_white_and_not_black():
    picture = colored("RGBA")
    picture.putalpha(0)
    data = file_of(picture, "PNG")
    assert (decoded(plain(data)) == 255).all()
    assert (decoded(plain(data, background=(255, 0, 0)))[..., 1] == 0).all()


def test_a_transparent_colour_of_a_palette_becomes_white():
    picture = Image.new("P", (4, 4), 0)
    picture.putpalette([0, 0, 0, 200, 10, 10])
    data = file_of(picture, "PNG", transparency=0)
    assert (decoded(plain(data)) == 255).all()


def test_the_inks_of_a_print_get_their_colours():
    data = file_of(colored("CMYK"), "JPEG", quality=95)
    np.testing.assert_array_equal(decoded(plain(data)), images.decode(data))


def test_a_colour_profile_is_followed():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
    picture = colored().convert("LAB")
    data = file_of(picture, "TIFF", icc_profile=profile.tobytes())
    np.testing.assert_array_equal(decoded(plain(data)), images.decode(data))


@pytest.mark.parametrize("kind", ["TIFF", "WEBP", "JPEG2000", "GIF", "ICO"])
def test_formats_that_the_graph_may_not_know_become_png(kind):
    data = file_of(colored(size=(16, 16)), kind)
    assert plain(data).startswith(b"\x89PNG")
    np.testing.assert_array_equal(decoded(plain(data)), images.decode(data))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no picture",
        file_of(colored("CMYK"), "TIFF")[:-20],
        # TensorFlow would say that one is torn, and not which.
        file_of(colored(size=(64, 64)), "JPEG")[:-400],
        file_of(colored(size=(64, 64)), "PNG")[:-400],
    ],
    ids=["nothing", "text", "half a TIFF", "half a JPEG", "half a PNG"],
)
def test_what_is_no_picture_is_refused_by_its_place(data):
    good = file_of(colored(), "PNG")
    feeds = {"image_bytes": np.array([good, data], object)}
    with pytest.raises(ServingError, match=r"image_bytes\[1\]: ") as error:
        Pictures(10_000)(feeds)
    assert error.value.http_status == 400


def claiming(width, height):
    """A PNG of some bytes that claims to have so many pixels."""

    def chunk(kind, data):
        checksum = zlib.crc32(kind + data)
        length = struct.pack(">I", len(data))
        return length + kind + data + struct.pack(">I", checksum)

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 99))
    return b"\x89PNG\r\n\x1a\n" + body + chunk(b"IEND", b"")


@pytest.mark.parametrize("side", [200, 12_000, 60_000])
def test_bombs_are_refused_before_they_are_decoded(side):
    with pytest.raises(ServingError, match="at most 10000 pixels") as error:
        plain(claiming(side, side))
    assert error.value.http_status == 413


def test_the_pictures_of_a_request_are_counted_together():
    data = file_of(colored(size=(10, 10)), "PNG")
    feeds = {"image_bytes": np.array([data] * 3, object)}
    assert len(Pictures(300)(feeds)["image_bytes"]) == 3
    with pytest.raises(ServingError, match=r"image_bytes\[2\]"):
        Pictures(299)(feeds)


def test_other_inputs_are_left_alone():
    feeds = {"text": np.array([b"no picture"], object)}
    assert Pictures(10)(feeds) is feeds
    numbers = {"image_bytes": np.zeros(3)}
    assert (Pictures(10)(numbers)["image_bytes"] == 0).all()


def test_shapes_stay():
    data = file_of(colored(), "PNG")
    feeds = {"image_bytes": np.array([[data], [data]], object)}
    assert Pictures(1000)(feeds)["image_bytes"].shape == (2, 1)
    scalar = {"image_bytes": np.array(data, object)}
    assert Pictures(1000)(scalar)["image_bytes"].item() == data


def masked(data, **settings):
    feeds = {"mask_bytes": np.array([data], object)}
    return Pictures(10_000, **settings)(feeds)["mask_bytes"][0]


def test_masks_are_made_plain_too():
    picture = Image.new("RGBA", (4, 4), (255, 255, 255, 0))
    picture.putpixel((1, 2), (255, 255, 255, 255))
    found = decoded(masked(file_of(picture, "PNG")))[..., 0]
    # What is transparent is not to be filled.
    assert np.argwhere(found).tolist() == [[2, 1]]
    exif = Image.Exif()
    exif[0x0112] = 6
    turned = file_of(Image.new("L", (6, 4)), "PNG", exif=exif)
    assert decoded(masked(turned)).shape == (6, 4, 3)


def test_a_bomb_is_no_mask():
    with pytest.raises(ServingError) as error:
        masked(claiming(60_000, 60_000))
    assert error.value.http_status == 413
    with pytest.raises(ServingError, match=r"mask_bytes\[0\]"):
        masked(b"no picture")


def test_a_mask_takes_nothing_from_the_pixels_of_its_picture():
    data = file_of(Image.new("L", (10, 10)), "PNG")
    feeds = dict.fromkeys(("image_bytes", "mask_bytes"), np.array([data], "O"))
    assert Pictures(100)(feeds)["mask_bytes"][0] == data
    with pytest.raises(ServingError, match="at most 99 pixels"):
        Pictures(99)(feeds)
