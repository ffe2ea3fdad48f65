import numpy as np
import pytest
from PIL import Image

from keras_productgen import data

SIDE = 64


@pytest.fixture
def cutouts(tmp_path):
    """Red discs that hide a green photo."""
    folder = tmp_path / "cutouts"
    folder.mkdir()
    y, x = np.mgrid[-1:1:80j, -1:1:60j]
    for index in range(6):
        inside = x * x + y * y < 0.3 + 0.05 * index
        rgba = np.zeros((80, 60, 4), "uint8")
        rgba[..., 1] = np.where(inside, 0, 200)
        rgba[..., 0] = np.where(inside, 220, 0)
        rgba[..., 3] = np.where(inside, 255, 0)
        Image.fromarray(rgba).save(folder / f"{index}.png")
    return folder


@pytest.fixture
def rooms(tmp_path):
    folder = tmp_path / "rooms"
    folder.mkdir()
    for index in range(3):
        Image.new("RGB", (90, 70), (0, 0, 255)).save(folder / f"{index}.png")
    return folder


def pairs(cutouts, **settings):
    settings = {"image_size": SIDE, "batch_size": 3, "seed": 3} | settings
    return data.matte_pairs(cutouts, **settings)


def all_of(dataset):
    images, mattes = zip(*dataset, strict=True)
    return np.concatenate(images), np.concatenate(mattes)


def is_all(pixels, color):
    return len(pixels) and np.abs(pixels - color).max() <= 3


def test_what_is_product_in_the_matte_is_product_in_the_picture(cutouts):
    images, mattes = all_of(pairs(cutouts, own_background=0.0).repeat(3))
    assert images.shape == (18, SIDE, SIDE, 3) and images.dtype == "float32"
    assert mattes.shape == (18, SIDE, SIDE, 1)
    assert 0.0 <= images.min() and images.max() <= 255.0
    for image, matte in zip(images, mattes[..., 0], strict=True):
        assert 0.02 < (matte > 127).mean() < 0.95
        assert is_all(image[matte > 254], (220, 0, 0))
    assert ((mattes > 0) & (mattes < 255)).any()  # Soft edges.


def test_backgrounds_are_those_of_the_folder(cutouts, rooms):
    dataset = pairs(cutouts, backgrounds=rooms, own_background=0.0)
    images, mattes = all_of(dataset.repeat(4))
    blue = 0
    for image, matte in zip(images, mattes[..., 0], strict=True):
        behind = image[matte == 0]
        # A shadow darkens, and leaves the tint.
        blue += bool((behind[:, :2] < 2).all() and behind[:, 2].max() > 200)
    assert 0.6 * len(images) < blue < len(images)  # Some are made.


def test_own_background_is_what_the_file_hides(cutouts):
    images, mattes = all_of(pairs(cutouts, own_background=1.0))
    for image, matte in zip(images, mattes[..., 0], strict=True):
        assert is_all(image[matte == 0], (0, 200, 0))
        assert is_all(image[matte == 255], (220, 0, 0))


def test_products_stand_upright_more_or_less(cutouts):
    red = Image.new("RGBA", (60, 60))
    red.paste((255, 0, 0, 255), (20, 5, 40, 55))
    for path in cutouts.iterdir():
        red.save(path)
    _, mattes = all_of(pairs(cutouts, own_background=0.0).repeat(5))
    tall = 0
    for matte in mattes[..., 0] > 127:
        rows, columns = np.nonzero(matte)
        tall += np.ptp(rows) > np.ptp(columns)
    assert tall > 0.8 * len(mattes)


def test_epochs_differ_and_the_seed_repeats_them(cutouts):
    first, second = pairs(cutouts), pairs(cutouts)
    one, other = all_of(first), all_of(first)
    assert (one[0] != other[0]).any()
    for mine, same in zip(one, all_of(second), strict=True):
        np.testing.assert_array_equal(mine, same)


def test_damage_is_done_to_the_picture_alone(cutouts):
    noise = data.degradation.GaussianNoise(20)
    noisy, mattes = all_of(pairs(cutouts, degradation=noise))
    clean, same = all_of(pairs(cutouts))
    np.testing.assert_array_equal(mattes, same)
    assert 8.0 < np.std(noisy - clean) < 20.0  # Clipped at both ends.


def test_broken_file_is_named_and_the_next_one_taken(cutouts):
    whole = (cutouts / "2.png").read_bytes()
    (cutouts / "2.png").write_bytes(whole[: len(whole) // 2])
    dataset = pairs(cutouts)
    images, _ = all_of(dataset)
    assert len(images) == 6
    assert "2.png" in str(dataset.report)


def test_parts_share_no_product(cutouts):
    names = [
        {
            *pairs(
                cutouts, batch_size=1, validation_split=0.4, subset=s
            ).file_paths
        }
        for s in ("training", "validation")
    ]
    assert names[0] and names[1] and not names[0] & names[1]
    assert len(names[0] | names[1]) == 6


@pytest.mark.parametrize(
    "settings, message",
    [
        (dict(image_size=0), "Received: image_size=0"),
        (dict(batch_size=1.5), "Received: batch_size=1.5"),
        (dict(own_background=2), "Received: own_background=2"),
        (dict(batch_size=7), "6 of them, batch_size=7"),
    ],
)
def test_refuses_what_does_not_fit(cutouts, settings, message):
    with pytest.raises(ValueError, match=message):
        pairs(cutouts, **settings)
