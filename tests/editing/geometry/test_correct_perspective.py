import cv2
import numpy as np
import pytest

from keras_productgen import editing
from tests.editing.pictures import noise

CORNERS = [(12, 20), (6, 100), (88, 110), (70, 14)]


def slanted(picture, kind=cv2.INTER_LINEAR):
    """The picture as seen at a slant, its corners at CORNERS."""
    height, width = picture.shape[:2]
    source = np.float32(
        [[0, 0], [width - 1, 0], [width - 1, height - 1], [0, height - 1]]
    )
    target = np.float32([(x, y) for y, x in CORNERS])
    matrix = cv2.getPerspectiveTransform(source, target)
    return cv2.warpPerspective(picture, matrix, (130, 100), flags=kind)


def test_a_slanted_picture_is_seen_from_the_front_again():
    rows, columns = np.mgrid[:60, :80]
    waves = 128 + 60 * np.sin(rows / 6) + 60 * np.cos(columns / 7)
    picture = np.dstack([waves] * 3).astype("uint8")
    made = editing.correct_perspective(slanted(picture), CORNERS, (60, 80))
    inner = slice(2, -2)
    assert abs(made.astype(int) - picture)[inner, inner].max() < 12


def test_corners_come_to_the_corners():
    picture = np.zeros((100, 130), "uint8")
    for number, (row, column) in enumerate(CORNERS):
        picture[row - 1 : row + 2, column - 1 : column + 2] = 50 * number + 50
    made = editing.correct_perspective(picture, CORNERS)
    found = made[0, 0], made[0, -1], made[-1, -1], made[-1, 0]
    np.testing.assert_allclose(
        np.array(found, int), [50, 100, 150, 200], atol=4
    )


def test_size_defaults_to_the_longer_sides():
    made = editing.correct_perspective(
        noise((50, 50, 3)), [(5, 5), (5, 25), (44, 25), (44, 5)]
    )
    assert made.shape == (40, 21, 3)
    np.testing.assert_array_equal(made, noise((50, 50, 3))[5:45, 5:26])


def test_the_matte_goes_along():
    matte = slanted(np.full((60, 80), 255, "uint8"))
    made = editing.correct_perspective(
        noise((100, 130, 3)), CORNERS, (60, 80), matte
    )
    assert made.shape == (60, 80, 4) and made[5:-5, 5:-5, 3].min() > 250


def test_what_lies_beyond_is_background():
    made = editing.correct_perspective(
        noise((20, 20, 3)),
        [(-10, -10), (-10, 29), (29, 29), (29, -10)],
        background=7,
    )
    assert (made[:9] == 7).all() and made.shape == (40, 40, 3)


@pytest.mark.parametrize(
    "corners",
    [
        CORNERS[::-1],
        [CORNERS[0], CORNERS[2], CORNERS[1], CORNERS[3]],
        [(0, 0), (0, 9), (0, 18), (9, 9)],
        CORNERS[:3],
        [(0, 0), (0, 9), (9, np.nan), (9, 0)],
    ],
    ids=["mirrored", "crossed", "on a line", "three", "nan"],
)
def test_refuses_corners_that_make_no_frame(corners):
    with pytest.raises(ValueError, match="`corners` must be four pairs"):
        editing.correct_perspective(noise((100, 130, 3)), corners)
