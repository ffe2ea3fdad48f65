"""Real garments on a mannequin: picture and rates of docs/try_on.md.

    python examples/try_on.py ../shared/data/clothing/validation

Of each class of clothes the first twelve photos by the SHA-256 of their names,
on a drawn mannequin. Prints how many give a preview, and why the others do
not; the sheet has three garments of the catalogue, and all previews. Takes some
minutes.
"""

import argparse
import collections
import hashlib
import pathlib

import numpy as np

from keras_productgen import data
from keras_productgen import images
from keras_productgen import pipeline
from keras_productgen.pipeline.try_on import draw_mannequin

CLASSES = {
    "t-shirt": "top",
    "longsleeve": "top",
    "shirt": "top",
    "outwear": "top",
    "dress": "dress",
    "pants": "trousers",
    "shorts": "trousers",
    "skirt": "skirt",
}
RENDERED = ("t-shirt", 3), ("shirt", 2), ("dress", 1)
NUM_PHOTOS, CELL, MOST = 12, 190, 28


def first(folder):
    """The first photos by the hash of their names."""
    files = sorted(
        folder.iterdir(),
        key=lambda path: hashlib.sha256(path.name.encode()).hexdigest(),
    )
    return files[:NUM_PHOTOS]


def cell(garment, preview):
    shown = [
        images.resize(each, CELL, "pad", 255) for each in (garment, preview)
    ]
    return np.concatenate([each[:, 20:-20] for each in shown], axis=1)


def rendered(try_on, figure):
    for category, index in RENDERED:
        item = data.ProductCatalog(seed=0, categories=[category]).item(index)
        item = item.replace(view_angle=0.0, background="white")
        photo = data.ProductCatalog(256).render_image(item)
        result = try_on(
            photo, figure.image, CLASSES[category], person_mask=figure.mask
        )
        yield cell(photo, result.image)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("photos", type=pathlib.Path)
    parser.add_argument("--out", default="try_on.jpg")
    arguments = parser.parse_args()
    try_on, figure = pipeline.TryOn(), draw_mannequin()
    cells = list(rendered(try_on, figure))
    for name, category in CLASSES.items():
        reasons, made = collections.Counter(), 0
        for file in first(arguments.photos / name):
            photo = images.load(file)
            result = try_on(
                photo, figure.image, category, person_mask=figure.mask
            )
            # Without the figures, which no two photos have alike.
            reasons.update(
                ": ".join(each.split(": ")[:2])
                for each in result.report.reasons[:1]
            )
            if result.image is not None:
                made += 1
                cells.append(cell(photo, result.image))
        print(f"{name}: {made} of {NUM_PHOTOS}; {dict(reasons)}", flush=True)
    sheet = images.grid(np.stack(cells[:MOST]), 7, 3)
    images.save(arguments.out, sheet, quality=78)


if __name__ == "__main__":
    main()
