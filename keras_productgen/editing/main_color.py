"""What of a product has its main colour, in all its light and shade."""

import dataclasses

import numpy as np

from keras_productgen.data.annotations import dominant_colors
from keras_productgen.editing import light
from keras_productgen.editing.product_mask import inside

# How much darker folds make a cloth, and how much lighter its sheen.
DARKEST, LIGHTEST, SHEEN = 0.5, 1.5, 35.0
# How far, in CIELAB, light of another hue moves the colour of a cloth.
TOLERANCE, RELATIVE_TOLERANCE = 10.0, 0.15
# From where on a pixel is another thing, and where it surely is.
OTHER = 14.0, 30.0
# From this chroma on a highlight is told from the cloth.
COLORFUL = 12.0


@dataclasses.dataclass
class MainColor:
    """The main colour of a product.

    Args:
        light: float32 `(3,)`, as `light.from_rgb` has it: the median.
        share: float32 `(height, width)` in `[0, 1]`: how much of each pixel of
            the product has this colour.
        shading: float32 `(height, width)`: the light on each pixel, 1 where
            it is that of the median.
    """

    light: np.ndarray
    share: np.ndarray
    shading: np.ndarray


def find_main_color(
    image, pixels, solid, from_color=None, keep_other_colors=True
):
    """Returns the `MainColor` of a product.

    Args:
        image: uint8 `(height, width, 3)`.
        pixels: the same as light.
        solid: bool `(height, width)`, where there is nothing but product.
        from_color: optional float32 `(3,)`, light: which of the product's
            colours is meant. Defaults to that of the largest part.
        keep_other_colors: whether what has another colour, such as a print,
            is told from it; else all of the product counts.
    """
    main, others = _families(image, solid, from_color)
    share = np.ones(solid.shape, "float32")
    between = main[0]
    for _ in range(2):
        if keep_other_colors:
            share, between = _share(pixels, main, others)
        chosen = solid & (share > 0.8)
        if chosen.sum() < 0.02 * solid.sum():
            chosen = solid
        main = np.median(pixels[chosen], axis=0)
    mixed = share * main[0] + (1.0 - share) * between
    return MainColor(main, share, pixels[..., 0] / mixed)


def main_area(image, mask, from_color=None):
    """Where a product has the main colour that `recolor` changes.

    Args:
        image: uint8 `(height, width, 3)`, RGB.
        mask: float32 `(height, width)`, as `product_mask.soft_mask` gives it.
        from_color: as in `recolor`.

    Returns:
        bool `(height, width)`.
    """
    solid = inside(mask)
    pixels = light.from_rgb(image)
    if from_color is not None:
        from_color = light.from_rgb(np.asarray(from_color, "float32"))
    main = find_main_color(image, pixels, solid, from_color)
    area = solid & (main.share > 0.8)
    return area if area.any() else solid


def _families(image, solid, from_color):
    """The main colour, and those that are no shade of it."""
    found = dominant_colors(image, solid)
    colors = light.from_rgb(np.array([c.rgb for c in found], "uint8"))
    shares = np.array([color.share for color in found])
    alike = np.array([_distance(colors, color) for color in colors])
    chroma = np.linalg.norm(colors[:, 1:], axis=1)
    same = alike <= (TOLERANCE + RELATIVE_TOLERANCE * chroma)[:, None]
    if from_color is None:
        # The colour that explains most of the product as its shades.
        best = int(np.argmax((same * shares).sum(axis=1) + 1e-3 * shares))
    else:
        best = int(np.argmin(np.linalg.norm(colors - from_color, axis=1)))
    return colors[best], _unmixed(colors[best], colors[~same[best]])


def _unmixed(main, others):
    """The others without those that are the main colour woven with one."""
    kept = []
    for index, other in enumerate(others):
        ways = np.delete(others, index, axis=0) - main
        part = (ways @ (other - main)) / (ways * ways).sum(axis=1)
        off = np.linalg.norm(main + part[:, None] * ways - other, axis=1)
        if not ((off < TOLERANCE) & (part > 0.2) & (part < 0.8)).any():
            kept.append(other)
    return np.reshape(kept, (-1, 3)).astype("float32")


def _share(pixels, main, others):
    """How much of each pixel is main colour, and the light of the rest."""
    from_main = _distance(pixels, main)
    low, high = OTHER
    share = 1.0 - _step(from_main, low, high)
    if not len(others):
        return share, main[0]
    distances = np.stack([_distance(pixels, other) for other in others])
    nearest = distances.argmin(axis=0)
    from_other = np.take_along_axis(distances, nearest[None], 0)[0]
    mixed = from_other / np.maximum(from_other + from_main, 1e-3)
    mixed = np.clip((mixed - 0.1) / 0.8, 0.0, 1.0)
    apart = _distance(others, main)[nearest]
    known = from_other < np.maximum(apart, low)
    share = np.where(known, mixed, np.minimum(share, mixed))
    return share.astype("float32"), others[nearest, 0]


def _distance(pixels, color):
    """From a colour in all its light, in CIELAB."""
    brightest = max(LIGHTEST, (color[0] + SHEEN) / color[0])
    along = (pixels @ color) / (color @ color)
    shades = np.clip(along, DARKEST, brightest)[..., None] * color
    distance = np.linalg.norm(pixels - shades, axis=-1)
    if np.hypot(color[1], color[2]) < COLORFUL:
        return distance
    # Highlights are on the way to the colour of the lamp.
    way = np.array([light.WHITE, 0.0, 0.0], "float32") - color
    part = np.clip((pixels - color) @ way / (way @ way), 0.0, 0.5)
    highlights = color + part[..., None] * way
    return np.minimum(distance, np.linalg.norm(pixels - highlights, axis=-1))


def _step(values, low, high):
    part = np.clip((values - low) / (high - low), 0.0, 1.0)
    return part * part * (3.0 - 2.0 * part)
