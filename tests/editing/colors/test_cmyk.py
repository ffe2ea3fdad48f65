import numpy as np
import pytest
from PIL import ImageCms

from keras_productgen import editing
from tests.editing.colors.profiles import cmyk_profile
from tests.editing.pictures import noise

COLORS = np.uint8(
    [[[255, 255, 255], [0, 0, 0], [255, 0, 0], [0, 128, 0], [51, 102, 204]]]
)
INKS = np.uint8(
    [
        [
            [0, 0, 0, 0],
            [0, 0, 0, 255],
            [0, 255, 255, 0],
            [255, 0, 255, 127],
            # black is 1 - 204/255; cyan (204 - 51) / 204, magenta half.
            [191, 128, 0, 51],
        ]
    ]
)


def test_naive_inks_by_hand():
    np.testing.assert_array_equal(editing.to_cmyk(COLORS), INKS)


def test_naive_way_and_back_costs_a_level_at_most():
    picture = noise((50, 50, 3))
    back = editing.from_cmyk(editing.to_cmyk(picture))
    assert abs(back.astype(int) - picture).max() <= 1


def test_grey_becomes_black_ink_alone():
    inks = editing.to_cmyk(np.uint8([[0, 99, 255]]))
    np.testing.assert_array_equal(inks[0, :, 3], [255, 156, 0])
    assert not inks[..., :3].any()


def test_profile_of_naive_inks_gives_near_naive_colors(tmp_path):
    path = tmp_path / "inks.icc"
    path.write_bytes(cmyk_profile())
    made = editing.from_cmyk(INKS, path)
    assert abs(made.astype(int) - COLORS)[0, :3].max() <= 9
    inks = editing.to_cmyk(COLORS, path)
    assert abs(inks.astype(int) - INKS)[0, :2].max() <= 6
    assert inks[0, 2, 1] > 200 and inks[0, 2, 0] < 40


def test_profile_is_read_from_bytes_too(tmp_path):
    path = tmp_path / "inks.icc"
    path.write_bytes(cmyk_profile())
    picture = noise((6, 6, 3))
    np.testing.assert_array_equal(
        editing.to_cmyk(picture, cmyk_profile()), editing.to_cmyk(picture, path)
    )


@pytest.mark.parametrize("bad", [b"", b"none", cmyk_profile()[:200]])
def test_refuses_broken_profiles(bad):
    with pytest.raises(ValueError, match="`profile` must"):
        editing.to_cmyk(COLORS, bad)


def test_refuses_profiles_of_other_spaces():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
    with pytest.raises(ValueError, match="must be one of CMYK"):
        editing.to_cmyk(COLORS, profile.tobytes())


def test_refuses_transparency_and_unknown_intents():
    with pytest.raises(ValueError, match="no transparency"):
        editing.to_cmyk(noise((4, 4, 4)))
    with pytest.raises(ValueError, match="`intent` must be one of"):
        editing.to_cmyk(COLORS, intent="nice")
    with pytest.raises(ValueError, match="`inks` must be"):
        editing.from_cmyk(COLORS)
