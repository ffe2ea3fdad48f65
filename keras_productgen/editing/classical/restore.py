import numpy as np

from keras_productgen.editing.classical import methods
from keras_productgen.editing.classical.deblur import unsharp
from keras_productgen.editing.classical.denoise import non_local_means
from keras_productgen.editing.classical.jpeg import bilateral
from keras_productgen.editing.classical.low_light import white_point

# Photos whose lightest half percent is below this got too little light.
DARK = 180.0


def restore(picture, method="sequence"):
    """Mends what a phone and a marketplace do together, step by step.

    Args:
        picture: uint8 array, grey, RGB or RGBA, of any size.
        method: str. `"sequence"` goes back the way the damage came: blocks of
            JPEG by a bilateral filter, noise by non-local means, blur by an
            unsharp mask, and light by the white point, where the picture is
            plainly too dark; `"sequence-in-the-same-light"` leaves out the
            last.

    Returns:
        uint8 array of the shape of `picture`.

    Raises:
        ValueError: if an argument is none of these.
    """
    return methods.applied(methods.chosen(method, METHODS), picture)


def sequence(colors):
    colors = same_light(colors)
    if np.percentile(colors.max(-1), 99.5) < DARK:
        return white_point(colors)
    return colors


def same_light(colors):
    colors = non_local_means(bilateral(colors))
    return np.clip(unsharp(colors), 0.0, 255.0)


METHODS = {
    "sequence": sequence,
    "sequence-in-the-same-light": same_light,
}
