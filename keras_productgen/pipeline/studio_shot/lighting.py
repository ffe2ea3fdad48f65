"""The fourth stage: the light on the product."""

import cv2
import numpy as np

from keras_productgen import editing
from keras_productgen.editing.pixels import map_colors
from keras_productgen.editing.pixels import to_levels
from keras_productgen.editing.pixels import to_light
from keras_productgen.pipeline.studio_shot.restoring import name_of

AUTO, LEFT_OUT = "auto", "left out"
# A photo whose lightest half percent is darker gets more light, up to the
# second level, and no more than one stop; two where that was not enough.
DARK, TARGET = 200.0, 235.0
MOST_GAIN = 2.0
# How deep a product is taken to be that is lit from a side, in widths of it.
DEPTH = 0.12


def check_relight(relight):
    """Raises a `ValueError` if it is no word, direction or callable."""
    if relight is None or callable(relight) or _is_auto(relight):
        return relight
    try:
        direction = tuple(map(float, relight))
        # Refuses what is no direction, before a folder of photos is begun.
        editing.relight(np.zeros((1, 1), "uint8"), np.zeros((1, 1)), direction)
    except (TypeError, ValueError) as error:
        raise ValueError(
            "`relight` must be 'auto', three numbers (right, up, and towards "
            "the viewer, which is above 0), a function, or None. "
            f"Received: relight={relight!r}"
        ) from error
    return direction


def gain_of(photo, relight, strength):
    """How much more light a photo gets, a factor of linear light."""
    if not _is_auto(relight):
        return 1.0
    lightest = float(np.percentile(photo.max(-1), 99.5))
    if lightest >= DARK:
        return 1.0
    wanted, there = to_light(np.uint8([TARGET, max(1.0, lightest)]))
    most = MOST_GAIN ** (1.0 + strength)
    return float(min(most, wanted / there))


def lightened(picture, gain):
    """A picture of any kind with more light."""
    if gain == 1.0:
        return picture
    table = to_levels(to_light(np.arange(256)) * np.float32(gain))
    return map_colors(lambda colors: cv2.LUT(colors, table), picture)


def relit(cutout, relight, gain):
    """Returns `(cutout, method, settings)`.

    Args:
        cutout: uint8 array `(height, width, 4)`.
        relight: as of `check_relight`.
        gain: float, that of `gain_of`.
    """
    if _is_auto(relight):
        method = LEFT_OUT if gain == 1.0 else "more light"
        return lightened(cutout, gain), method, {"gain": round(gain, 3)}
    if relight is None:
        return cutout, LEFT_OUT, {}
    if not callable(relight):
        made = editing.relight(cutout, _depth(cutout[..., 3]), relight)
        return made, "from a side", {"direction": relight}
    # What it writes to is its own.
    made = np.array(relight(cutout.copy()))
    if made.dtype != np.uint8 or made.shape != cutout.shape:
        raise ValueError(
            "`relight` must return a uint8 picture of the shape that came, "
            f"{cutout.shape}. Received: {made.dtype} {made.shape}"
        )
    hidden = int((made[..., 3] != cutout[..., 3]).sum())
    if hidden:
        raise ValueError(
            "`relight` must leave the transparency as it is. "
            f"Received: another alpha at {hidden} pixels"
        )
    return made, name_of(relight), {}


def _depth(alpha):
    """Distances as if the product were a cushion, in widths of the picture."""
    solid = (alpha >= 128).astype("uint8")
    inside = cv2.distanceTransform(solid, cv2.DIST_L2, 5)
    inside = cv2.GaussianBlur(inside, (0, 0), 0.01 * max(alpha.shape))
    share = np.clip(inside / max(float(inside.max()), 1e-6), 0.0, 1.0)
    return -DEPTH * np.sqrt(1.0 - (1.0 - share) ** 2)


def _is_auto(relight):
    return isinstance(relight, str) and relight == AUTO
