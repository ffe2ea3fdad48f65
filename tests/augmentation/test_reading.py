import io

import cv2
import keras
import numpy as np
import pytest
from PIL import Image

from keras_productgen.augmentation.reading import jpeg_frame
from keras_productgen.augmentation.reading import read_picture
from tests.augmentation.legacy import smooth_picture


def written(path, height, width, mode="RGB", **options):
    picture = smooth_picture(5, height, width).astype(np.uint8)
    Image.fromarray(picture).convert(mode).save(path, **options)
    return path


def read(path, size, color_mode="rgb", keep=False, interpolation="nearest"):
    return read_picture(path, color_mode, size, keep, interpolation)


def loaded(path, size, color_mode="rgb", keep=False, interpolation="nearest"):
    with keras.utils.load_img(
        path,
        color_mode=color_mode,
        target_size=size,
        keep_aspect_ratio=keep,
        interpolation=interpolation,
    ) as image:
        return keras.utils.img_to_array(image)


@pytest.mark.parametrize("color_mode", ["rgb", "rgba", "grayscale"])
@pytest.mark.parametrize("keep", [False, True])
def test_a_png_is_read_as_keras_reads_it(tmp_path, color_mode, keep):
    path = written(tmp_path / "a.png", 90, 140)
    for size in ((90, 140), (40, 50), (64, 30), (200, 150)):
        picture = read(path, size, color_mode, keep)
        expected = loaded(path, size, color_mode, keep)
        # A column may fall exactly between two pixels.
        assert np.mean(picture == expected) >= 0.97


@pytest.mark.parametrize("size", [(100, 80), (60, 40), (25, 20), (30, 79)])
@pytest.mark.parametrize("color_mode", ["rgb", "grayscale"])
@pytest.mark.parametrize("interpolation", ["bilinear", "box", "bicubic"])
def test_a_jpeg_decoded_small_looks_like_one_shrunk(
    tmp_path, size, color_mode, interpolation
):
    path = written(tmp_path / "a.jpg", 200, 160, quality=95)
    expected = loaded(path, size, color_mode, False, interpolation)
    picture = read(path, size, color_mode, False, interpolation)
    assert picture.shape == expected.shape
    error = np.sqrt(np.mean((picture - expected) ** 2))
    assert error < 10
    # Red and blue, rows and columns stand where they should.
    swapped = picture[..., ::-1] if color_mode == "rgb" else picture[::-1]
    assert np.sqrt(np.mean((swapped - expected) ** 2)) > 3 * error


def test_the_frame_of_a_jpeg_is_found(tmp_path):
    for name, options in (("a", {}), ("b", {"progressive": True})):
        path = written(tmp_path / f"{name}.jpg", 33, 57, **options)
        assert jpeg_frame(path.read_bytes()) == (33, 57, 3)
    assert jpeg_frame(written(tmp_path / "a.png", 9, 9).read_bytes()) is None
    assert jpeg_frame(b"") is None
    assert jpeg_frame(b"\xff\xd8\xff") is None


@pytest.mark.parametrize("mode", ["CMYK", "L", "RGB"])
def test_jpegs_of_every_color_space_are_read(tmp_path, mode):
    path = written(tmp_path / "a.jpg", 64, 64, mode, quality=95)
    expected = loaded(path, (64, 64))
    assert np.abs(read(path, (64, 64)) - expected).mean() < 2


def test_sixteen_bits_become_eight(tmp_path):
    levels = np.linspace(0, 65535, 64, dtype=np.uint16).reshape(8, 8)
    cv2.imwrite(str(tmp_path / "a.png"), levels)
    picture = read(tmp_path / "a.png", (8, 8))
    np.testing.assert_array_equal(picture[..., 0], levels >> 8)


def test_rotation_tags_are_left_alone_as_load_img_does(tmp_path):
    exif = Image.Exif()
    exif[274] = 6
    path = written(tmp_path / "a.jpg", 40, 80, exif=exif, quality=95)
    expected = loaded(path, (40, 80))
    assert np.abs(read(path, (40, 80)) - expected).mean() < 2


@pytest.mark.parametrize("suffix", ["jpg", "png"])
@pytest.mark.parametrize("share", [0.0, 0.01, 0.5, 0.9])
def test_a_torn_file_is_refused(tmp_path, suffix, share):
    path = written(tmp_path / f"a.{suffix}", 64, 64)
    data = path.read_bytes()
    path.write_bytes(data[: int(share * len(data))])
    with pytest.raises(Exception, match="(?i)truncated|identify|cannot"):
        read(path, (32, 32))


def test_a_jpeg_with_a_tail_is_read(tmp_path):
    path = written(tmp_path / "a.jpg", 64, 64)
    expected = read(path, (64, 64))
    path.write_bytes(path.read_bytes() + io.BytesIO(b"preview" * 99).read())
    np.testing.assert_array_equal(read(path, (64, 64)), expected)
