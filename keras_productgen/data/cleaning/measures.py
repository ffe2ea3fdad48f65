"""Figures of one picture: sharpness, exposure, lines of text."""

import cv2
import numpy as np

MEASURES = (
    "sharpness",
    "deviation",
    "dark_end",
    "bright_end",
    "clipped",
    "corner_text",
)
_WINDOW = np.ones((7, 7), "uint8")
_STROKES = np.ones((5, 5), "uint8")
_GAPS = np.ones((1, 9), "uint8")
# Text lies within this share of the height from the upper or lower edge.
_EDGE = 0.15


def measure(image):
    """Returns the figures of a picture by the names in `MEASURES`.

    Args:
        image: uint8 array `(height, width, 3)`, at most 256 pixels wide and
            high.

    Returns:
        Tuple of floats. `dark_end` and `bright_end` are the brightness that
        5 % of the pixels lie below and above.
    """
    grey = cv2.cvtColor(image, cv2.COLOR_RGB2GRAY)
    dark_end, bright_end = _quantiles(grey, (0.05, 0.95))
    return (
        sharpness(grey),
        float(cv2.meanStdDev(image)[1].max()),
        dark_end,
        bright_end,
        clipped_share(image),
        corner_text(grey),
    )


def sharpness(grey):
    """How steep the sharpest edges are, as a share of their height a pixel.

    Dividing the slope by the contrast around it makes the figure say nothing
    of contrast, and taking the steepest edges leaves a soft background alone.

    Args:
        grey: uint8 array `(height, width)`.

    Returns:
        Float: about 0.5 for a clean step, 0.2 for one smoothed by a Gaussian
        with a sigma of 2 pixels; 0.5 where the picture has no edge to judge.
    """
    values = grey.astype("float32")
    across = cv2.Sobel(values, -1, 1, 0, ksize=1) / 2
    along = cv2.Sobel(values, -1, 0, 1, ksize=1) / 2
    contrast = cv2.dilate(grey, _WINDOW) - cv2.erode(grey, _WINDOW)
    edges = contrast >= max(16.0, _quantiles(contrast, [0.8])[0] / 2)
    if edges.sum() <= 20:
        return 0.5
    slopes = cv2.magnitude(across, along)[edges] / contrast[edges]
    place = int(0.95 * (len(slopes) - 1))
    return float(np.partition(slopes, place)[place])


def _quantiles(values, shares):
    """Of uint8 values, by counting them: ten times as fast as sorting."""
    counts = np.bincount(values.ravel(), minlength=256).cumsum()
    places = np.multiply(shares, counts[-1])
    return [float(place) for place in np.searchsorted(counts, places)]


def clipped_share(image):
    """Share of pure white or black that no background explains.

    Product photos have white grounds, so what touches the border is left out.
    """
    white = cv2.inRange(image, (254, 254, 254), (255, 255, 255))
    black = cv2.inRange(image, (0, 0, 0), (1, 1, 1))
    return max(_enclosed_share(white), _enclosed_share(black))


def _enclosed_share(mask):
    if not mask.any():
        return 0.0
    count, labels, boxes, _ = cv2.connectedComponentsWithStats(mask)
    enclosed = np.ones(count, bool)
    for border in (labels[0], labels[-1], labels[:, 0], labels[:, -1]):
        enclosed[border] = False
    # Label 0 is what is not in the mask.
    enclosed[0] = False
    return float(boxes[enclosed, cv2.CC_STAT_AREA].sum() / mask.size)


def corner_text(grey):
    """Width of the widest text-like line at the upper or lower edge.

    Thin strokes of one height on one line, joined to a long, low box: web
    addresses and names of shops look so. Fabric does at times, and joined or
    faint letters do not: this alone is a weak sign.

    Args:
        grey: uint8 array `(height, width)`.

    Returns:
        Float in [0, 1], a share of the width; 0 where there is none.
    """
    found = 0.0
    for rows in _edge_strips(grey):
        for kind in (cv2.MORPH_TOPHAT, cv2.MORPH_BLACKHAT):
            found = max(found, _widest_line(rows, kind))
    return found / grey.shape[1]


def _edge_strips(grey):
    # The strip is a little higher than the part in which the middle of the
    # line must lie.
    height = max(4, round(grey.shape[0] * (_EDGE + 0.05)))
    return grey[:height], grey[-height:]


def _widest_line(rows, kind):
    strokes = cv2.morphologyEx(rows, kind, _STROKES)
    threshold = max(25.0, _quantiles(strokes, [0.9])[0])
    strokes = (strokes > threshold).astype("uint8")
    joined = cv2.morphologyEx(strokes, cv2.MORPH_CLOSE, _GAPS)
    _, _, boxes, _ = cv2.connectedComponentsWithStats(joined)
    widths = [
        box[2] for box in boxes[1:] if _looks_like_text(strokes, box.tolist())
    ]
    return float(max(widths, default=0))


def _looks_like_text(strokes, box):
    left, top, width, height, area = box
    if not 4 <= height <= 24 or width < 4 * height or area < width * height / 2:
        return False
    line = strokes[top : top + height, left : left + width]
    if not 0.15 < line.mean() < 0.75 or left == 0:
        return False
    _, _, letters, _ = cv2.connectedComponentsWithStats(line)
    letters = letters[1:][letters[1:, cv2.CC_STAT_HEIGHT] >= 0.4 * height]
    return len(letters) >= 5 and _stand_in_line(letters, height)


def _stand_in_line(letters, height):
    """Whether boxes are as high as each other, and stand on one line."""
    _, tops, widths, heights, _ = letters.T
    return (
        widths.max() < 2 * height
        and heights.std() < 0.25 * heights.mean()
        and (tops + heights).std() < 0.1 * height
    )
