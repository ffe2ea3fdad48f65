import io

import numpy as np
import pytest
from PIL import Image
from PIL import ImageCms

from keras_productgen import images
from tests.images.test_decoding import linear_profile

LAB = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
ORIENTATION = 0x0112


def file_of(picture, picture_format="PNG", **options):
    buffer = io.BytesIO()
    picture.save(buffer, picture_format, **options)
    return buffer.getvalue()


def noise(*shape):
    return np.random.default_rng(0).integers(0, 256, shape, "uint8")


def reopened(data):
    return Image.open(io.BytesIO(data))


@pytest.mark.parametrize("shape", [(4, 6), (4, 6, 3), (4, 6, 4)])
def test_kinds_come_as_they_are(shape):
    picture = noise(*shape)
    original = images.load_original(file_of(Image.fromarray(picture)))
    np.testing.assert_array_equal(original.picture, picture)
    assert original.profile is None and original.dpi is None


@pytest.mark.parametrize("picture_format", ["PNG", "JPEG", "WEBP", "TIFF"])
def test_profile_and_resolution_are_carried_over(picture_format):
    picture = noise(4, 6, 3)
    data = file_of(Image.fromarray(picture), icc_profile=SRGB, dpi=(300, 150))
    original = images.load_original(data)
    assert original.profile == SRGB
    again = images.load_original(original.encode(picture, picture_format))
    assert again.profile == SRGB
    assert again.dpi == pytest.approx((300, 150), abs=0.1)


def test_values_stay_in_the_profile_of_the_file():
    picture = noise(4, 6, 3)
    profile = linear_profile()
    data = file_of(Image.fromarray(picture), icc_profile=profile)
    original = images.load_original(data)
    np.testing.assert_array_equal(original.picture, picture)
    assert original.profile == profile
    assert (images.load(data) != picture).any()


def test_profiles_of_another_color_space_are_left_out():
    data = file_of(Image.fromarray(noise(4, 6, 3)), icc_profile=LAB)
    assert images.load_original(data).profile is None
    original = images.load_original(
        file_of(Image.fromarray(noise(4, 6, 3)), icc_profile=SRGB)
    )
    gray = reopened(original.encode(noise(4, 6)))
    assert gray.mode == "L" and "icc_profile" not in gray.info


def test_rotation_is_applied_and_gone():
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    picture = Image.fromarray(np.full((4, 8, 3), 90, "uint8"))
    data = file_of(picture, "JPEG", exif=exif.tobytes(), dpi=(300, 150))
    original = images.load_original(data)
    assert original.picture.shape == (8, 4, 3)
    assert original.dpi == (150, 300)
    written = reopened(original.encode(original.picture, "JPEG"))
    assert written.size == (4, 8)
    assert written.getexif().get(ORIENTATION, 1) == 1


def test_print_colors_palettes_and_16_bits_become_8_bit_pictures():
    cmyk = Image.fromarray(noise(4, 6, 4), "CMYK")
    assert images.load_original(file_of(cmyk, "TIFF")).picture.shape[2:] == (3,)
    palette = Image.fromarray(noise(4, 6, 3)).quantize(8)
    assert images.load_original(file_of(palette)).picture.shape[2:] == (3,)
    deep = Image.fromarray(np.full((4, 6), 65535, "uint16"))
    original = images.load_original(file_of(deep))
    np.testing.assert_array_equal(original.picture, np.full((4, 6), 255))


def test_nonsense_resolution_is_none():
    data = file_of(Image.fromarray(noise(4, 6, 3)), dpi=(0.01, 0.01))
    assert images.load_original(data).dpi is None


def test_truncated_file_is_refused():
    data = file_of(Image.fromarray(noise(64, 64, 3)))
    with pytest.raises(ValueError, match="must be a whole picture"):
        images.load_original(data[: len(data) // 2])
