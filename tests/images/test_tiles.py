import cv2
import numpy as np
import pytest

from keras_productgen.images import tiles


def picture(height, width):
    generator = np.random.default_rng(0)
    return generator.uniform(0, 1, (height, width, 3)).astype("float32")


def box(images):
    """Looks 3 pixels around; zeros beyond the border."""
    return np.stack(
        [
            cv2.blur(image, (7, 7), borderType=cv2.BORDER_CONSTANT)
            for image in images
        ]
    )


@pytest.mark.parametrize("size", [(100, 70), (33, 64), (5, 90), (1, 1)])
@pytest.mark.parametrize("tile_size", [16, 20, 64])
def test_tiles_have_no_seams(size, tile_size):
    image = picture(*size)
    images = np.stack([image, image[::-1]])
    result = tiles.through_tiles(box, images, tile_size, 3, 1, 1)
    padded = tiles.mirrored(images, [(0, 0), (3, 3), (3, 3)])
    expected = box(padded)[:, 3:-3, 3:-3]
    np.testing.assert_allclose(result, expected, atol=1e-5)


def test_tiles_of_a_larger_result_lie_where_they_belong():
    def twice(images):
        return images.repeat(2, 1).repeat(2, 2)

    image = picture(50, 41)
    result = tiles.through_tiles(twice, image[None], 16, 5, 1, 2)
    np.testing.assert_array_equal(result[0], image.repeat(2, 0).repeat(2, 1))


def test_sides_and_places_of_tiles_suit_the_stride():
    seen = []

    def call(images):
        seen.append(images.shape[1:3])
        return images

    image = picture(50, 45)
    result = tiles.through_tiles(call, image[None], 20, 5, 8, 1)
    np.testing.assert_array_equal(result[0], image)
    # 20 becomes 24; 5 pixels around become 8.
    assert {*seen} == {(40, 40)} and len(seen) == 6


def test_few_sizes_are_compiled_for_small_pictures():
    seen = set()

    def call(images):
        seen.add(images.shape[1:3])
        return images

    for side in range(1, 65):
        tiles.through_tiles(call, picture(side, 64)[None], 256, 4, 1, 1)
    assert len(seen) == 2


@pytest.mark.parametrize("margin", [0, 1, 4, 9])
def test_mirrored_is_numpys_reflection(margin):
    image = picture(5, 6)
    margins = [(margin, 2), (1, margin)]
    np.testing.assert_array_equal(
        tiles.mirrored(image, margins),
        np.pad(image, [*margins, (0, 0)], mode="reflect"),
    )


@pytest.mark.parametrize("side", [1025, 1100, 1333, 2100, 4000])
def test_no_more_than_an_eighth_is_mirrored_beyond_the_border(side):
    seen = []

    def call(images):
        seen.append(images.shape[1] * images.shape[2])
        return images

    tiles.through_tiles(call, np.zeros((1, side, 8, 1)), 1024, 0, 8, 1)
    assert sum(seen) / 32 <= 1.13 * side
    assert len(set(seen)) == 1
