import cv2
import numpy as np

from keras_productgen.editing.classical import methods

# JPEG cuts pictures into squares of so many pixels.
BLOCK = 8
# From the steps between blocks to `strength`, as photos of clothes have it.
FROM_STEPS = 2.2


def jpeg(picture, quality=None, method="bilateral"):
    """Smooths the blocks and ringing of a strongly compressed JPEG.

    Args:
        picture: uint8 array, grey, RGB or RGBA, of any size, with its blocks
            where the file had them: not cropped and not resized.
        quality: optional int 1-100, of the file. By default it is guessed by
            how much stronger the steps between blocks are than those within.
        method: str. `"bilateral"` averages near pixels of near colour
            (`cv2.bilateralFilter`); `"non-local-means"` averages patches that
            look alike (`skimage.restoration.denoise_nl_means`).

    Returns:
        uint8 array of the shape of `picture`.

    Raises:
        ValueError: if an argument is none of these.

    Reference:
    - [Nath et al., 2012](https://doi.org/10.5120/8013-1042), bilateral filters
      against blocks
    """
    if quality is not None and not 1 <= quality <= 100:
        raise ValueError(
            f"`quality` must be from 1 to 100. Received: quality={quality}"
        )
    function = methods.chosen(method, METHODS)
    return methods.applied(function, picture, quality=quality)


def strength(quality):
    """How many grey levels apart may still be the same, by libjpeg's quality.

    Its tables are scaled by `50 / quality` below 50, by `2 - quality / 50`
    above.
    """
    scale = 50.0 / quality if quality < 50 else 2.0 - quality / 50.0
    return 6.4 * min(scale, 10.0) ** 0.55


def blockiness(colors):
    """How much larger steps between blocks are than those within.

    Args:
        colors: float32 array `(height, width, 3)`.

    Returns:
        float, mean of the differences in grey levels, at least 0.
    """
    gray = colors.mean(-1)
    excess = []
    for plane in (gray, gray.T):
        steps = abs(np.diff(plane, axis=0))
        if len(steps) < 2 * BLOCK:
            return 0.0
        between = np.arange(len(steps)) % BLOCK == BLOCK - 1
        excess.append(steps[between].mean() - steps[~between].mean())
    return max(0.0, float(np.mean(excess)))


def bilateral(colors, quality=None):
    return _smoothed(
        lambda larger, reach: cv2.bilateralFilter(larger, 9, 5.0 * reach, 2.0),
        colors,
        quality,
    )


def non_local_means(colors, quality=None):
    return _smoothed(methods.smoothed_by_likeness, colors, quality)


def _smoothed(filtered, colors, quality):
    if quality is None:
        reach = FROM_STEPS * blockiness(colors)
    else:
        reach = strength(quality)
    if reach < 0.5:
        return colors
    return methods.with_border(lambda larger: filtered(larger, reach), colors)


METHODS = {"bilateral": bilateral, "non-local-means": non_local_means}
