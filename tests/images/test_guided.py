import cv2
import numpy as np

from keras_productgen import images


def disc(size, radius):
    y, x = np.mgrid[-1 : 1 : size * 1j, -1 : 1 : size * 1j]
    return (x * x + y * y < radius**2).astype("float32")


def scene(mask, inside=(200, 40, 40), outside=(60, 90, 120)):
    generator = np.random.default_rng(0)
    picture = np.where(mask[..., None] > 0.5, inside, outside)
    picture = picture + generator.normal(0, 4, (*mask.shape, 3))
    return np.clip(picture, 0, 255).astype("uint8")


def test_edge_follows_the_picture_closer_than_plain_enlarging():
    mask = disc(512, 0.6)
    picture = scene(mask)
    small = images.resize(picture, 64)
    coarse = cv2.resize(mask, (64, 64), interpolation=cv2.INTER_AREA)
    plain = cv2.resize(coarse, (512, 512), interpolation=cv2.INTER_LINEAR)
    drawn = images.guided_upsample(coarse, small, picture)
    assert drawn.dtype == "float32" and drawn.shape == mask.shape
    assert 0.0 <= drawn.min() <= drawn.max() <= 1.0
    error = np.abs(drawn - mask).mean()
    assert error < 0.5 * np.abs(plain - mask).mean()


def test_away_from_its_edge_a_matte_stays_as_it_is():
    # A black spot inside of the product must not become a hole.
    mask = disc(256, 0.8)
    picture = scene(mask)
    picture[120:136, 120:136] = 0
    small = images.resize(picture, 64)
    coarse = cv2.resize(mask, (64, 64), interpolation=cv2.INTER_AREA)
    drawn = images.guided_upsample(coarse, small, picture)
    assert drawn[110:146, 110:146].min() == 1.0
    assert drawn[:8, :8].max() == 0.0


def test_a_shifted_matte_is_drawn_to_the_edge():
    mask = disc(256, 0.6)
    picture = scene(mask)
    small = images.resize(picture, 128)
    coarse = cv2.resize(mask, (128, 128), interpolation=cv2.INTER_AREA)
    shifted = np.roll(coarse, 1, axis=1)
    drawn = images.guided_upsample(shifted, small, picture) > 0.5
    wrong = np.mean(drawn != (mask > 0.5))
    plain = cv2.resize(shifted, (256, 256)) > 0.5
    assert wrong < 0.6 * np.mean(plain != (mask > 0.5))


def test_matte_without_an_edge_stays():
    picture = scene(disc(64, 0.5))
    for value in (0.0, 1.0):
        values = np.full((32, 32), value, "float32")
        drawn = images.guided_upsample(
            values, images.resize(picture, 32), picture
        )
        np.testing.assert_array_equal(drawn, value)
