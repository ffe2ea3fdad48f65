"""From an `Item` to its picture and everything known about it."""

import dataclasses

import cv2
import numpy as np

from keras_productgen.data.catalog import backdrop
from keras_productgen.data.catalog import captions
from keras_productgen.data.catalog import dresses
from keras_productgen.data.catalog import hats
from keras_productgen.data.catalog import shirts
from keras_productgen.data.catalog import shoes
from keras_productgen.data.catalog import t_shirt
from keras_productgen.data.catalog import trousers
from keras_productgen.data.catalog import vessels
from keras_productgen.data.catalog.item import STANDING
from keras_productgen.data.catalog.item import TURNED
from keras_productgen.data.catalog.item import Item
from keras_productgen.data.catalog.shading import shade
from keras_productgen.data.catalog.surface import place

SURFACES = {
    "dress": dresses.dress,
    "hat": hats.hat,
    "longsleeve": t_shirt.longsleeve,
    "outwear": shirts.outwear,
    "pants": trousers.pants,
    "shirt": shirts.shirt,
    "shoes": shoes.shoes,
    "shorts": trousers.shorts,
    "skirt": dresses.skirt,
    "t-shirt": t_shirt.t_shirt,
    "bottle": vessels.bottle,
    "mug": vessels.mug,
    "vase": vessels.vase,
}
# Streams of random numbers of one item, so that none disturbs another.
_SHAPE, _BACKDROP = 0, 1


@dataclasses.dataclass(frozen=True)
class Product:
    """A rendered `Item` with its ground truth.

    Args:
        item: the `Item`.
        image: uint8 (size, size, 3), RGB.
        mask: uint8 (size, size), the product's coverage, 255 inside.
        depth: float32 (size, size), distance from the camera in picture
            widths: 1.0 on the backdrop, less on the product.
        normals: float32 (size, size, 3), unit vectors, x right, y up, z to
            the viewer; `(0, 0, 1)` on the backdrop.
        shadow: float32 (size, size) in `[0, 1]`, the share of light that the
            product takes from the backdrop.
        bounding_box: `(x0, y0, x1, y1)` pixels, the last ones excluded, of
            where the mask is at least 128.
        caption_en: English sentence about the item.
        caption_zh: Chinese sentence about the item.
    """

    item: Item
    image: np.ndarray
    mask: np.ndarray
    depth: np.ndarray
    normals: np.ndarray
    shadow: np.ndarray
    bounding_box: tuple[int, int, int, int]
    caption_en: str
    caption_zh: str

    @property
    def attributes(self):
        return self.item.attributes()


def supersampling(image_size, category):
    """Rendered pixels per side of a pixel.

    Outlines are drawn with soft edges, rays hit or miss: these need more.
    """
    if image_size <= 160:
        return 4 if image_size <= 48 else 3
    return 3 if category in TURNED else 2


def render(item, image_size, alter=None):
    """Render an `Item` as a `Product`.

    Args:
        item: `Item`.
        image_size: int, side of the picture.
        alter: optional function that returns another `Surface` for the one it
            is given, before it is turned, lit and put on its backdrop.
    """
    image, mask, shadow, large, normals = _picture(item, image_size, alter)
    depth, normals = _shape(mask, large, normals)
    return Product(
        item=item,
        image=image,
        mask=mask,
        depth=depth,
        normals=normals,
        shadow=shadow,
        bounding_box=_bounding_box(mask),
        caption_en=captions.english(item),
        caption_zh=captions.chinese(item),
    )


def render_image(item, image_size):
    """The picture alone: the bytes that `render` gives, a little sooner."""
    return _picture(item, image_size)[0]


def _picture(item, image_size, alter=None):
    scale = supersampling(image_size, item.category)
    large = _surface(item, image_size * scale, alter)
    lit, normals = shade(large, item.light, item.gloss)
    lit *= large.mask[..., None]
    colors = _shrink(lit, image_size)
    alpha = np.clip(_shrink(large.mask, image_size), 0.0, 1.0)
    shadow = _shadow(item, alpha)
    image = _compose(item, colors, alpha, shadow)
    mask = np.round(alpha * 255.0).astype("uint8")
    return image, mask, shadow, large, normals


def _shape(mask, large, normals):
    """Depth and normals, averaged over the covered part of each pixel."""
    size, coverage = len(mask), large.mask
    inside = coverage > 0.0
    height = np.where(inside, large.height, 0.0)
    # The point furthest back just clears the backdrop.
    height += np.float32(0.03) - height[inside].min()
    alpha = np.maximum(_shrink(coverage, size), 1e-3)
    height = _shrink(height * coverage, size) / alpha
    opaque = mask >= 128
    depth = np.where(opaque, 1.0 - 0.5 * height, 1.0).astype("float32")
    normals = _shrink(normals * coverage[..., None], size)
    normals = np.where(opaque[..., None], normals, (0.0, 0.0, 1.0))
    lengths = np.linalg.norm(normals, axis=2, keepdims=True)
    return depth, (normals / lengths).astype("float32")


def _surface(item, size, alter):
    generator = np.random.default_rng([item.seed, _SHAPE])
    surface = SURFACES[item.category](item, size, generator)
    if alter is not None:
        surface = alter(surface)
    if item.category in TURNED:
        return surface
    return place(surface, item.view_angle)


def _shrink(large, size):
    return cv2.resize(large, (size, size), interpolation=cv2.INTER_AREA)


def _shadow(item, alpha):
    if item.category in STANDING:
        return backdrop.standing_shadow(alpha, item.light)
    return backdrop.lying_shadow(alpha, item.light)


def _compose(item, colors, alpha, shadow):
    generator = np.random.default_rng([item.seed, _BACKDROP])
    behind = backdrop.backdrop(item, len(alpha), generator)
    behind = behind * ((1.0 - shadow) * (1.0 - alpha))[..., None]
    image = colors + behind
    return np.round(np.clip(image, 0.0, 1.0) * 255.0).astype("uint8")


def _bounding_box(mask):
    inside = (mask >= 128).astype("uint8")
    x, y, width, height = cv2.boundingRect(inside)
    return x, y, x + width, y + height
