import numpy as np

from keras_productgen.editing.blurs import gaussian
from keras_productgen.editing.checks import checked_number
from keras_productgen.editing.depth.maps import checked_depth
from keras_productgen.editing.pixels import map_filled
from keras_productgen.editing.pixels import to_levels
from keras_productgen.editing.pixels import to_light
from keras_productgen.images.kinds import checked_picture

# Blurs that are made; what lies between is interpolated.
LEVELS = 8
WIDEST = 200.0
# Below that share of a blur's weight there is nothing to take a mean of.
LEAST = 1e-3


def blur_by_depth(picture, depth, focus, strength):
    """Blurs what is out of focus, as a lens does.

    Linear light is blurred, so that highlights stay light. What is sharp does
    not bleed into what is blurred; the edges of blurred things before the focus
    stay as they are, though.

    Args:
        picture: uint8 array, grey, RGB or RGBA, of any size.
        depth: float array `(height, width)`, distances of any unit.
        focus: float, the distance that stays sharp.
        strength: float of at least 0, the standard deviation of the blur in
            pixels at a distance of 1 from the focus.

    Returns:
        uint8 array of the shape of `picture`.

    Raises:
        ValueError: if an argument is none of these.
    """
    picture = checked_picture(picture)
    depth = checked_depth(depth, picture.shape[:2])
    focus = checked_number("focus", focus)
    strength = checked_number("strength", strength, 0.0)
    sigmas = np.minimum(np.float32(strength) * abs(depth - focus), WIDEST)
    return map_filled(lambda colors: _blurred(colors, sigmas), picture)


def _blurred(colors, sigmas):
    step = float(sigmas.max()) / LEVELS
    if step < 0.02:
        return colors
    place = sigmas / step
    light = to_light(colors)
    made = light * np.clip(1.0 - place, 0.0, 1.0)[..., None]
    for level in range(1, LEVELS + 1):
        share = np.clip(1.0 - abs(place - level), 0.0, 1.0)[..., None]
        # Pixels sharper than this one are left out, lest they bleed.
        weight = np.clip(place - level + 1.0, 0.0, 1.0)
        total = gaussian(weight, level * step)
        mean = gaussian(light * weight[..., None], level * step)
        mean /= np.maximum(total, LEAST)[..., None]
        mean = np.where(total[..., None] > LEAST, mean, light)
        made += share * mean
    return np.where((place == 0.0)[..., None], colors, to_levels(made))
