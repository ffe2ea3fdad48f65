"""Files that are opened no larger than is of use."""

import numpy as np
import pytest
from PIL import Image

from keras_productgen import images
from keras_productgen.pipeline.studio_shot import opening
from tests.images.test_decoding import linear_profile
from tests.pipeline.studio_shot.conftest import by_colour
from tests.pipeline.studio_shot.conftest import photo_of


@pytest.fixture(scope="module")
def large():
    return photo_of((480, 400, 300, 180), size=(960, 800))


def jpeg(path, picture, **options):
    Image.fromarray(picture).save(path, quality=95, **options)
    return path


def test_a_large_jpeg_comes_as_large_as_it_is_worked_on(large, tmp_path):
    path = jpeg(tmp_path / "a.jpg", large)
    made, size = opening.opened(path, 240)
    assert size == (960, 800) and made.shape == (240, 200, 3)
    wanted = images.resize(large, (240, 200), "stretch").astype(int)
    assert np.abs(made - wanted).mean() < 1.5
    same, _ = opening.opened(path, 2000)
    assert same.shape == (960, 800, 3)


def test_a_turned_photo_comes_upright(large, tmp_path):
    exif = Image.Exif()
    exif[0x0112] = 6
    path = jpeg(tmp_path / "a.jpg", large[:, :600], exif=exif)
    made, size = opening.opened(path, 240)
    assert size == (600, 960) and made.shape == (150, 240, 3)
    upright = np.rot90(large[:, :600], -1)
    wanted = images.resize(np.ascontiguousarray(upright), (150, 240), "stretch")
    assert np.abs(made - wanted.astype(int)).mean() < 1.5


def test_other_kinds_of_files_are_decoded_whole(large, tmp_path):
    path = tmp_path / "a.tif"
    Image.fromarray(large).convert("CMYK").save(path)
    made, size = opening.opened(path, 240)
    assert size == (960, 800)
    np.testing.assert_array_equal(made, images.load(path))


def test_the_profile_of_a_jpeg_is_heeded(large, tmp_path):
    path = jpeg(tmp_path / "a.jpg", large, icc_profile=linear_profile())
    made, _ = opening.opened(path, 480)
    assert max(made.shape) < 960
    # Straight tones are much lighter in sRGB.
    assert made[0, 0].mean() > large[0, 0].mean() + 15.0
    wanted = images.load(path)[::2, ::2].astype(int)
    assert np.abs(made - wanted).mean() < 3.0


def test_transparency_stays(large, tmp_path):
    cutout = np.dstack([large, by_colour(large)])
    images.save(tmp_path / "a.png", cutout)
    made, _ = opening.opened(tmp_path / "a.png", 240)
    assert made.shape == (960, 800, 4)
    images.save(tmp_path / "b.png", np.dstack([large, 0 * large[..., 0] + 255]))
    assert opening.opened(tmp_path / "b.png", 240)[0].shape == (960, 800, 3)


def test_long_and_thin_photos_do_not_become_too_thin(tmp_path):
    thin = photo_of((50, 400, 30, 60), size=(100, 800))
    path = jpeg(tmp_path / "a.jpg", thin)
    assert opening.opened(path, 240)[0].shape == (100, 800, 3)


def test_a_file_and_its_picture_become_the_same_shot(quick, large, tmp_path):
    path = jpeg(tmp_path / "a.jpg", large)
    shot = quick(matte=by_colour)
    of_file, of_picture = shot(path), shot(images.load(path))
    stages = [each.report.stages[0] for each in (of_file, of_picture)]
    assert stages[0].settings == stages[1].settings
    assert stages[0].settings["size"] == [960, 800]
    assert stages[0].settings["working_size"] == [205, 171]
    off = of_file.image.astype(int) - of_picture.image
    assert np.abs(off).mean() < 1.0


def test_a_missing_file_is_named(quick):
    with pytest.raises(FileNotFoundError, match="file that exists.*none.jpg"):
        quick()("none.jpg")
