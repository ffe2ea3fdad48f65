"""Most edits of `kpg.editing` on rendered products, on one sheet.

    python examples/editing.py docs/pictures/editing.jpg

takes some seconds and writes the sheet of docs/editing.md.
"""

import sys

import cv2
import numpy as np

from keras_productgen import data
from keras_productgen import editing
from keras_productgen import images

SIZE, CAPTION, COLUMNS = 176, 18, 6
GREY = (226, 229, 232)


def product(category, index=0, **attributes):
    """A rendered product as `(picture, RGBA, product)`."""
    catalog = data.ProductCatalog(
        SIZE, 1, categories=[category], attributes=attributes
    )
    shown = catalog[index]
    return shown.image, np.dstack([shown.image, shown.mask]), shown


def toned():
    picture, _, shown = product("shirt", 3)
    warm = data.degradation.ColorCast(0.8)(picture, 0)
    yield "a rendered shirt", picture
    yield "adjust_gamma(0.6)", editing.adjust_gamma(picture, 0.6)
    yield "equalize_adaptive", editing.equalize_adaptive(picture)
    yield "under a bulb", images.to_uint8(warm)
    yield "white_balance", editing.white_balance(images.to_uint8(warm))
    color = shown.item.color
    yield (
        "replace_color",
        editing.replace_color(picture, color, (0.1, 0.5, 0.45), 30.0),
    )


def filtered():
    picture, _, shown = product("vase", 2)
    rows, columns = np.mgrid[:SIZE, :SIZE] / SIZE
    lamp = 0.15 + 0.85 * np.exp(-4 * ((rows - 0.2) ** 2 + columns**2))
    uneven = editing.composite(0, picture, matte=1.0 - lamp)
    yield "light from a corner", uneven
    yield "homomorphic_filter", editing.homomorphic_filter(uneven, 2.0, 0.2)
    yield "sobel_edges", editing.sobel_edges(picture)
    yield "unsharp_mask(1, 1.5, 8)", editing.unsharp_mask(picture, 1, 1.5, 8)
    yield (
        "relight",
        editing.relight(picture, shown.depth, (1.0, 0.3, 0.5), 0.2),
    )
    middle = float(np.median(shown.depth[shown.mask > 127]))
    yield (
        "blur_by_depth",
        editing.blur_by_depth(picture, shown.depth, middle, 25.0),
    )


def composed():
    room = np.full((SIZE, SIZE, 3), GREY, "uint8")
    _, mug, _ = product("mug", 1)
    _, shoe, _ = product("shoes", 2)
    mug, shoe = (editing.fit_canvas(each, SIZE, 0.2) for each in (mug, shoe))
    shadow = editing.contact_shadow(shoe)
    ground = editing.composite(0, room, matte=shadow)
    yield "contact_shadow", editing.composite(shoe, ground)
    ground = editing.composite(0, room, matte=editing.soft_shadow(shoe, 0.6))
    yield "soft_shadow", editing.composite(shoe, ground)
    ground = editing.composite(editing.reflection(mug), room)
    yield "reflection", editing.composite(mug, ground)
    layers = [
        editing.Layer(mug, 2.0, (-22, -28), shadow="contact"),
        editing.Layer(shoe, 1.0, (22, 20), shadow="contact"),
    ]
    yield "compose", editing.compose(layers, room)
    shirt, cut, _ = product("t-shirt", 0, pattern="plain")
    cloth = editing.image_quilting(weave(), 2 * SIZE, 24)
    yield (
        "transfer_texture",
        editing.transfer_texture(shirt, cloth, cut[..., 3]),
    )
    yield "image_quilting", cloth[:SIZE, :SIZE]


def weave():
    """A small piece of a cloth that does not repeat."""
    generator = np.random.default_rng(0)
    rows, columns = np.mgrid[:64, :64]
    wool = np.sin(rows * 0.9 + 2 * np.sin(columns / 6)) * np.cos(columns * 0.7)
    grain = generator.normal(0.0, 0.25, wool.shape)
    return images.to_uint8(
        (120, 90, 70) + 45.0 * (wool + grain)[..., None] * (1.0, 0.9, 0.8)
    )


def joined():
    picture, cut, shown = product("bottle", 2)
    dark = images.to_uint8(data.degradation.LowLight(1.5, 1.0)(picture, 0))
    light = editing.adjust_gamma(picture, 0.3)
    yield "too dark", dark
    yield "too light", light
    yield "fuse_exposures", editing.fuse_exposures([dark, light])
    tilted = editing.straighten(cut, angle=17.0)
    yield "tilted", editing.composite(tilted, GREY)
    yield "straighten", editing.composite(editing.straighten(tilted), GREY)
    fitted = editing.fit_canvas(editing.straighten(tilted), SIZE, 0.04)
    yield "fit_canvas", editing.composite(fitted, GREY)


def captioned(name, picture):
    if picture.ndim == 2:
        picture = np.dstack([picture] * 3)
    cell = images.resize(picture, SIZE, "pad", GREY)
    cell = editing.pad_canvas(cell, (0, CAPTION, 0, 0))
    place = 2, SIZE + CAPTION - 5
    font = cv2.FONT_HERSHEY_SIMPLEX
    cv2.putText(cell, name, place, font, 0.4, (40, 40, 40), 1, cv2.LINE_AA)
    return cell


def sheet():
    rows = [*toned(), *filtered(), *composed(), *joined()]
    cells = [captioned(name, picture) for name, picture in rows]
    return images.grid(np.stack(cells), COLUMNS, 4)


if __name__ == "__main__":
    images.save(sys.argv[1], sheet(), quality=78)
