import numpy as np
import pytest

from keras_productgen.publishing.rules import frame
from keras_productgen.publishing.rules import values


@pytest.fixture(scope="module")
def colors():
    return np.random.default_rng(0).integers(0, 256, (37, 23, 3), "uint8")


def test_the_worst_channel_counts(colors):
    wanted = np.abs(colors.astype(int) - [255, 8, 100]).max(axis=-1)
    found = values.furthest(colors, [255, 8, 100])
    np.testing.assert_array_equal(found, wanted)


@pytest.mark.parametrize("count", [1, 2, 5, 6, 851])
def test_medians_are_those_of_numpy(colors, count):
    mask = np.zeros(colors.shape[:2], "uint8")
    mask.ravel()[:count] = 1
    wanted = np.median(colors[mask > 0], axis=0)
    np.testing.assert_array_equal(values.medians(colors, mask), wanted)
    (grey,) = values.medians(np.ascontiguousarray(colors[..., 0]), mask)
    assert grey == wanted[0]


def test_a_share_counts_pixels_all_of_whose_channels_fit(colors):
    mask = np.ones(colors.shape[:2], "uint8")
    mask[:9] = 0
    wanted = (colors[9:] >= 60).all(axis=-1).mean()
    assert values.share_of(colors, mask, least=60) == pytest.approx(wanted)
    wanted = (colors[9:] <= 200).all(axis=-1).mean()
    assert values.share_of(colors, mask, most=200) == pytest.approx(wanted)


def row_by_row(rows):
    """The same as `frame` does at once, as it is said in words."""
    reach = max(2, round(frame.REACH * len(rows)))
    first = np.median(rows[0], axis=0)
    off = np.abs(rows[: reach + 1] - first).max(axis=-1)
    for number in range(1, len(off)):
        if np.quantile(off[number - 1], 0.98) > frame.EVEN:
            return 0
        broad = number > frame.BROAD * len(rows)
        doubtful = first.min() >= frame.WHITE or broad
        needed = frame.WHOLE_SHARE if doubtful else frame.SHARE
        if (off[number] > frame.STEP).mean() >= needed:
            return number
    return 0


@pytest.mark.parametrize("level", [20, 128, 246, 255])
@pytest.mark.parametrize("thick", [0, 1, 3, 9, 14, 20])
@pytest.mark.parametrize("noise", [0, 3, 9])
def test_strips_are_found_as_row_by_row(level, thick, noise):
    generator = np.random.default_rng(level + thick + noise)
    picture = generator.integers(0, 200, (101, 60, 3))
    strip = level + generator.integers(-noise, noise + 1, (thick, 60, 3))
    picture[:thick] = strip
    picture[thick : thick + 1, :5] = level
    picture = np.clip(picture, 0, 255).astype("uint8")
    wanted = row_by_row(picture.astype(float))
    assert frame.find_border(picture).top == wanted
    assert frame.find_border(picture[::-1]).bottom == wanted
    assert frame.find_border(picture.swapaxes(0, 1)).left == wanted


def test_strips_that_are_tested_are_of_both_kinds():
    grey = np.random.default_rng(1).integers(0, 200, (101, 60, 3), "uint8")
    grey[:5] = 20
    assert row_by_row(grey.astype(float)) == 5
