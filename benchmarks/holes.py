"""Whether mattes keep the holes of products, and what that costs them.

    python -m benchmarks.holes [number of products]

Products of the catalogue with exact mattes, 256 pixels. "holes": pixels within
holes of at least a thousandth of the picture, such as handles; "open": how many
of them a matte leaves out; "lost": pixels that are all product and are left out
more. "filled" is the same matte without looking for holes. "same colour":
the same products, with all patterns and labels in the very colour of the
backdrop, which no colour tells from a hole. About three minutes.
"""

import sys

import cv2
import numpy as np

from keras_productgen import editing
from keras_productgen import images
from keras_productgen import models
from keras_productgen.data import ProductCatalog
from keras_productgen.data.annotations import find_foreground
from keras_productgen.data.annotations.foreground import filled
from keras_productgen.editing.matte.find_matte import decided
from keras_productgen.editing.matte.holes import LEAST
from keras_productgen.editing.product_mask import soft_mask

SIZE, SEED, NUMBER = 256, 2026, 520
SAME_COLOR = 130


def holes_of(mask):
    """Where a bool mask has holes that are large enough."""
    holes = (filled(mask) & ~mask).astype("uint8")
    count, parts, facts, _ = cv2.connectedComponentsWithStats(holes)
    areas = facts[:, cv2.CC_STAT_AREA]
    kept = np.flatnonzero(areas >= LEAST * mask.size)
    return np.isin(parts, kept[kept > 0])


def methods():
    """Name to `(filled, open)`, both functions of a picture to an alpha."""
    model = models.load("matting")

    def network(picture):
        mirrored = np.ascontiguousarray(picture[:, ::-1])
        both = model.matte(picture), model.matte(mirrored)[:, ::-1]
        return decided(np.mean(both, axis=0).astype("uint8"))

    def grabcut(picture):
        found = find_foreground(picture).mask
        return images.to_uint8(255.0 * soft_mask(picture, found))

    return {
        "find_matte": (network, lambda p: editing.find_matte(p).alpha),
        "GrabCut": (grabcut, editing.grabcut_matte),
    }


def in_one_color(item):
    white = item.background == "white"
    color = (1.0, 1.0, 1.0) if white else item.background_color
    return item.replace(second_color=color)


def measured(products, without, within):
    """A dict of what comes of two kinds of mattes."""
    found = {"products": len(products), "holes": 0, "filled": 0, "open": 0}
    found["lost"] = 0
    for product in products:
        holes = holes_of(product.mask >= 128)
        before, after = without(product.image), within(product.image)
        found["holes"] += int(holes.sum())
        found["filled"] += int((holes & (before < 128)).sum())
        found["open"] += int((holes & (after < 128)).sum())
        whole = (product.mask == 255) & (before >= 128)
        found["lost"] += int((whole & (after < 128)).sum())
    return found


def main(number=NUMBER):
    """Returns rows, one a method and kind of products."""
    cv2.setNumThreads(1)
    catalog = ProductCatalog(SIZE, seed=SEED)
    kinds = {
        "catalogue": [catalog[index] for index in range(int(number))],
        "same colour": [
            catalog.render(in_one_color(catalog.item(index)))
            for index in range(min(int(number), SAME_COLOR))
        ],
    }
    return [
        {"products of": kind, "mattes": name} | measured(products, *pair)
        for name, pair in methods().items()
        for kind, products in kinds.items()
    ]


if __name__ == "__main__":
    for row in main(*sys.argv[1:2]):
        print(" | ".join(f"{key} {value}" for key, value in row.items()))
