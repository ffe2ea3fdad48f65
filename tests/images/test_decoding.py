import io

import numpy as np
import pytest
from PIL import Image
from PIL import ImageCms

from keras_productgen import images
from tests.images import pictures


def saved(picture, path, **options):
    picture.save(path, **options)
    return path


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("suffix", ["png", "tif", "webp", "jpg"])
def test_exif_orientation_is_undone(tmp_path, orientation, suffix):
    image = pictures.quadrants()
    options = {
        "webp": {"lossless": True},
        "jpg": {"quality": 100, "subsampling": 0},
    }.get(suffix, {})
    path = tmp_path / f"picture.{suffix}"
    pictures.save_oriented(path, image, orientation, **options)
    loaded = images.load(path)
    assert loaded.shape == image.shape
    assert np.abs(loaded.astype(int) - image).max() <= (suffix == "jpg") * 3
    assert images.read_header(path).size == image.shape[:2]


@pytest.mark.parametrize("orientation", range(1, 9))
def test_fast_jpeg_agrees_with_pillow(tmp_path, orientation):
    rng = np.random.default_rng(0)
    small = Image.fromarray(rng.integers(0, 255, (12, 9, 3), "uint8"))
    image = np.array(small.resize((272, 360), Image.BICUBIC))
    path = tmp_path / "picture.jpg"
    pictures.save_oriented(path, image, orientation, quality=95)
    assert images.read_header(path).plain
    fast = images.load_resized(path, (48, 40))
    slow = images.resize(images.load(path, size_hint=(53, 40)), (48, 40))
    assert np.abs(fast.astype(int) - slow).max() <= 3
    whole = images.resize(images.load(path), (48, 40))
    assert np.abs(fast.astype(int) - whole).mean() <= 3


def test_odd_sizes_shift_less_than_a_pixel(tmp_path):
    # A ramp: 2 values a pixel, downwards.
    ramp = np.repeat(np.arange(361)[:, None] * 255 / 360, 361, 1)
    path = tmp_path / "ramp.jpg"
    images.save(path, np.repeat(ramp[..., None], 3, -1), quality=100)
    image = images.load_resized(path, 40)
    expected = (np.arange(40) + 0.5) / 40 * 255
    assert np.abs(image[:, 20, 0] - expected).max() < 3.2


def test_size_hint_is_a_lower_bound(tmp_path):
    path = tmp_path / "picture.jpg"
    pictures.save_oriented(path, pictures.quadrants(400, 640), 6, quality=95)
    hinted = images.load(path, size_hint=(90, 150))
    assert hinted.shape == (100, 160, 3)
    assert images.load(path).shape == (400, 640, 3)


def test_transparency_is_laid_on_the_background():
    rgba = np.zeros((4, 4, 4), "uint8")
    rgba[..., 0], rgba[..., 3] = 100, 51
    rgba[0, 0, 3] = 0
    data = images.encode_png(rgba)
    white = images.decode(data)
    assert white[0, 0].tolist() == [255, 255, 255]
    assert white[1, 1].tolist() == [224, 204, 204]
    assert images.decode(data, background=(0, 0, 255))[0, 0].tolist() == [
        0,
        0,
        255,
    ]
    np.testing.assert_array_equal(images.load_rgba(data), rgba)


def test_palette_transparency_shows_the_background(tmp_path):
    picture = Image.new("P", (8, 8), 1)
    picture.putpalette([0, 0, 0, 10, 200, 30])
    picture.putpixel((0, 0), 0)
    path = saved(picture, tmp_path / "p.png", transparency=0)
    loaded = images.load(path)
    assert loaded[0, 0].tolist() == [255, 255, 255]
    assert loaded[1, 1].tolist() == [10, 200, 30]
    opaque = saved(picture, tmp_path / "opaque.png")
    assert images.load(opaque)[0, 0].tolist() == [0, 0, 0]


def test_transparent_colour_of_an_rgb_png_shows_the_background(tmp_path):
    picture = Image.new("RGB", (8, 8), (10, 200, 30))
    picture.putpixel((0, 0), (1, 2, 3))
    path = saved(picture, tmp_path / "p.png", transparency=(1, 2, 3))
    assert images.load(path)[0, 0].tolist() == [255, 255, 255]
    assert images.load(path)[1, 1].tolist() == [10, 200, 30]


@pytest.mark.parametrize("mode, value", [("L", 77), ("1", 1)])
def test_grey_becomes_rgb(tmp_path, mode, value):
    path = saved(Image.new(mode, (8, 6), value), tmp_path / "grey.png")
    expected = 77 if mode == "L" else 255
    np.testing.assert_array_equal(
        images.load(path), np.full((6, 8, 3), expected, "uint8")
    )


def test_grey_with_alpha_is_laid_on_the_background(tmp_path):
    picture = Image.new("LA", (8, 6), (100, 0))
    picture.putpixel((3, 3), (100, 255))
    loaded = images.load(saved(picture, tmp_path / "la.png"))
    assert loaded[0, 0].tolist() == [255, 255, 255]
    assert loaded[3, 3].tolist() == [100, 100, 100]


@pytest.mark.parametrize("suffix", ["png", "tif"])
def test_16_bit_grey_is_scaled_not_clipped(tmp_path, suffix):
    values = np.arange(256, dtype="uint16").reshape(16, 16) * 257
    path = tmp_path / f"grey.{suffix}"
    saved(Image.fromarray(values), path)
    np.testing.assert_array_equal(images.load(path)[..., 0], values // 257)


def test_16_bit_colour_is_scaled():
    values = np.random.default_rng(0).integers(0, 256, (5, 7, 3))
    data = pictures.png_rgb16(values * 257)
    np.testing.assert_array_equal(images.decode(data), values)


def test_float_pixels_are_refused_with_a_reason(tmp_path):
    path = saved(Image.new("F", (4, 4), 0.5), tmp_path / "float.tif")
    with pytest.raises(ValueError, match="floats, whose white is unknown"):
        images.load(path)


def test_cmyk_jpeg_has_its_colours(tmp_path):
    # Pillow writes CMYK inverted, as Adobe does.
    picture = Image.new("CMYK", (16, 16), (255, 0, 0, 0))
    path = saved(picture, tmp_path / "cmyk.jpg", quality=100)
    loaded = images.load(path)
    assert np.abs(loaded[8, 8].astype(int) - (0, 255, 255)).max() <= 4
    assert not images.read_header(path).plain


@pytest.mark.parametrize("suffix", ["gif", "webp", "png"])
def test_first_frame_of_an_animation_is_read(tmp_path, suffix):
    first, second = (Image.new("RGB", (9, 9), c) for c in ("red", "blue"))
    path = tmp_path / f"frames.{suffix}"
    first.save(path, save_all=True, append_images=[second], duration=50)
    loaded = images.load(path)
    assert np.abs(loaded[4, 4].astype(int) - (255, 0, 0)).max() <= 3


@pytest.mark.parametrize("suffix", ["bmp", "tif", "png", "ppm"])
def test_lossless_formats_keep_every_pixel(tmp_path, suffix):
    image = np.random.default_rng(0).integers(0, 256, (7, 5, 3), "uint8")
    path = tmp_path / f"picture.{suffix}"
    Image.fromarray(image).save(path)
    np.testing.assert_array_equal(images.load(path), image)


def linear_profile():
    """sRGB's primaries with a straight tone curve, built from its bytes."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
    data = bytearray(profile.tobytes())
    count = int.from_bytes(data[128:132], "big")
    for index in range(count):
        entry = 132 + 12 * index
        if data[entry : entry + 4] in (b"rTRC", b"gTRC", b"bTRC"):
            start = int.from_bytes(data[entry + 4 : entry + 8], "big")
            # A curve of no entries is the identity.
            data[start : start + 12] = b"curv" + bytes(8)
            data[entry + 8 : entry + 12] = (12).to_bytes(4, "big")
        if data[entry : entry + 4] == b"desc":
            start = int.from_bytes(data[entry + 4 : entry + 8], "big")
            size = int.from_bytes(data[entry + 8 : entry + 12], "big")
            text = data[start : start + size]
            text = text.replace("sRGB".encode("utf-16be"), bytes(8))
            data[start : start + size] = text
    return bytes(data)


@pytest.mark.parametrize("suffix", ["png", "jpg"])
def test_colour_profile_is_converted_to_srgb(tmp_path, suffix):
    path = tmp_path / f"picture.{suffix}"
    picture = Image.new("RGB", (16, 16), (55, 55, 55))
    picture.save(path, icc_profile=linear_profile())
    # Linear 55 / 255 is 0.503 in sRGB.
    assert np.abs(images.load(path).astype(int) - 128).max() <= 2
    assert not images.read_header(path).plain


def test_broken_profile_is_ignored(tmp_path):
    path = tmp_path / "picture.png"
    Image.new("RGB", (4, 4), (55, 66, 77)).save(path, icc_profile=b"nonsense")
    assert images.load(path)[0, 0].tolist() == [55, 66, 77]


def test_srgb_profile_changes_nothing(tmp_path):
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
    path = tmp_path / "picture.jpg"
    picture = Image.new("RGB", (16, 16), (55, 66, 77))
    picture.save(path, icc_profile=profile.tobytes(), quality=100)
    assert images.read_header(path).plain
    assert np.abs(images.load(path)[0, 0].astype(int) - (55, 66, 77)).max() < 3


def test_too_large_pictures_are_refused_before_decoding(tmp_path):
    path = tmp_path / "bomb.png"
    path.write_bytes(pictures.bomb_png(9_000, 9_000))
    with pytest.raises(ValueError, match="max_pixels=64000000.*bomb.png"):
        images.load(path)
    with pytest.raises(ValueError, match="max_pixels=10"):
        images.decode(images.encode_png(pictures.quadrants()), max_pixels=10)
    path.write_bytes(pictures.bomb_png())
    with pytest.raises(ValueError, match="too many pixels.*bomb.png"):
        images.load(path)


@pytest.mark.parametrize(
    "data, reason",
    [
        (b"", "empty"),
        (b"these are words", "no picture format is recognised"),
        (pictures.jpeg_bytes(pictures.quadrants())[:900], "truncated"),
        (images.encode_png(pictures.quadrants())[:90], "truncated"),
        (b"\xff\xd8\xff", "."),
    ],
)
def test_bad_files_are_named_with_the_reason(tmp_path, data, reason):
    path = tmp_path / "bad.jpg"
    path.write_bytes(data)
    with pytest.raises(ValueError, match=f"{reason}.*Received: path=.*bad"):
        images.load(path)
    with pytest.raises(ValueError, match=f"Received: {len(data)} bytes"):
        images.decode(data)


def test_cut_anywhere_a_picture_is_refused_or_whole():
    data = images.encode_png(
        np.random.default_rng(0).integers(0, 256, (20, 20, 3), "uint8")
    )
    whole = images.decode(data)
    for end in range(0, len(data), 7):
        try:
            loaded = images.decode(data[:end])
        except ValueError:
            continue
        np.testing.assert_array_equal(loaded, whole)


def test_missing_file_stays_a_missing_file(tmp_path):
    with pytest.raises(FileNotFoundError):
        images.load(tmp_path / "nothing.png")


def test_documents_are_not_run():
    buffer = io.BytesIO()
    Image.new("RGB", (4, 4)).save(buffer, "EPS")
    with pytest.raises(ValueError, match="no picture format"):
        images.decode(buffer.getvalue())
