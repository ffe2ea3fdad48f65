"""Where the front of a neckline lies, by its colours."""

import numpy as np

from keras_productgen.editing import light

# Of the width of the neck: how far down it is looked for, and how wide the
# strip is that is looked at.
DEEPEST, STRIP = 1.3, 0.12
# CIELAB: less of a step is a fold.
LEAST_STEP = 5.0
# A collar rises this far above the shoulders, of the width of the neck.
COLLAR = 0.12


def find_neck_front(image, mask, left, right):
    """Looks for the middle of the front neckline.

    Seen from above, the inside of the back comes first, and is darker or of
    another colour: the first clear step downwards is the front. An opening that
    the mask leaves out is one already, and a collar closes it.

    Args:
        image: uint8 `(height, width, 3)`.
        mask: bool `(height, width)`.
        left, right: pairs of floats, x and y, where the neck ends.

    Returns:
        Pair of floats, x and y, or None.
    """
    wide = right[0] - left[0]
    if wide < 6.0:
        return None
    middle = (left[0] + right[0]) / 2.0
    level = (left[1] + right[1]) / 2.0
    reach = max(1, round(STRIP * wide))
    columns = slice(max(0, round(middle) - reach), round(middle) + reach + 1)
    rows = np.flatnonzero(mask[:, columns].mean(axis=1) > 0.8)
    if rows.size == 0 or rows[0] < level - COLLAR * wide:
        return None
    strip = image[rows[0] : rows[0] + round(DEEPEST * wide), columns]
    row = _first_step(strip, max(2, round(0.05 * wide)))
    return None if row is None else (middle, float(rows[0] + row))


def _first_step(strip, reach):
    """The first row at which the colours change for good."""
    colors = np.median(light.from_rgb(strip), axis=1)
    places = np.arange(2 * reach, len(colors) - 2 * reach)
    if places.size == 0:
        return None
    steps = np.array(
        [
            np.linalg.norm(
                colors[row : row + reach].mean(axis=0)
                - colors[row - reach : row].mean(axis=0)
            )
            for row in places
        ]
    )
    large = np.flatnonzero(steps >= max(LEAST_STEP, 0.35 * steps.max()))
    if large.size == 0:
        return None
    near = large[large <= large[0] + reach]
    return int(places[near[steps[near].argmax()]])
