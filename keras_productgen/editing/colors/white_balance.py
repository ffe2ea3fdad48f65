import cv2
import numpy as np

from keras_productgen.data.degradation.base import check_choice
from keras_productgen.editing.checks import checked_pair
from keras_productgen.editing.pixels import LUMA
from keras_productgen.editing.pixels import colors_of
from keras_productgen.editing.pixels import is_grey
from keras_productgen.editing.pixels import map_colors
from keras_productgen.editing.pixels import to_levels
from keras_productgen.editing.pixels import to_light
from keras_productgen.editing.pixels import visible_colors
from keras_productgen.images.kinds import checked_picture

METHODS = ("grey_world", "white_patch", "picked")
# Pixels each way from a picked one, against noise.
REACH = 2
MOST = 16.0


def white_balance(picture, method="grey_world", point=None):
    """Makes neutral what ought to be, by a gain for each channel.

    The gains are of linear light, von Kries' law, and leave the luma of what
    becomes neutral as it is. `editing.classical.color` is more careful: it
    takes away part of the cast only, and only what warm or cold light explains.

    Args:
        picture: uint8 array, grey, RGB or RGBA, of any size. What transparency
            hides does not count. Grey pictures stay as they are.
        method: str. `"grey_world"`: the mean becomes neutral; `"white_patch"`:
            the lightest half percent of each channel; `"picked"`: the 5 x 5
            pixels around `point`.
        point: pair of ints, row and column of what is grey or white, for
            `"picked"` alone.

    Returns:
        uint8 array of the shape of `picture`.

    Raises:
        ValueError: if an argument is none of these, or the pixels are black in
            a channel, which no gain makes neutral.

    Reference:
    - [Buchsbaum, 1980](https://doi.org/10.1016/0016-0032(80)90058-7)
    """
    picture = checked_picture(picture)
    check_choice("method", method, METHODS)
    if (point is None) == (method == "picked"):
        raise ValueError(
            "`point` must be given for the method 'picked', and no other. "
            f"Received: method={method!r}, point={point!r}"
        )
    if is_grey(picture):
        return picture.copy()
    neutral = _neutral(picture, method, point)
    gains = (neutral @ LUMA) / np.maximum(neutral, 1e-6)
    if gains.max() > MOST and method == "picked":
        raise ValueError(
            "`point` must be grey or white in some light. Received: "
            f"point={point!r}, of linear colour {neutral.round(4).tolist()}"
        )
    gains = np.minimum(gains, MOST).astype("float32")
    table = to_levels(to_light(np.arange(256))[:, None] * gains)[None]
    return map_colors(lambda colors: cv2.LUT(colors, table), picture)


def _neutral(picture, method, point):
    """Linear light, float64 `(3,)`, of what ought to be neutral."""
    if method == "picked":
        row, column = checked_pair("point", point, 0)
        height, width = picture.shape[:2]
        if row >= height or column >= width:
            raise ValueError(
                f"`point` must lie in the picture, {(height, width)}. "
                f"Received: point={point!r}"
            )
        rows = slice(max(0, row - REACH), row + REACH + 1)
        columns = slice(max(0, column - REACH), column + REACH + 1)
        near = colors_of(picture)[rows, columns].reshape(-1, 3)
        return to_light(near).mean(0, dtype="float64")
    counts = _histograms(visible_colors(picture))
    light = to_light(np.arange(256)).astype("float64")
    if method == "grey_world":
        return counts @ light / counts[0].sum()
    reached = counts.cumsum(1) >= 0.995 * counts[0].sum()
    return light[reached.argmax(1)]


def _histograms(colors):
    """int64 `(3, 256)`: how many pixels have each value."""
    return np.stack(
        [np.bincount(colors[:, c], minlength=256) for c in range(3)]
    )
