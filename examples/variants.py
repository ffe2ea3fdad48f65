"""Real garments before and after: the pictures of docs/variants.md.

    python examples/variants.py ../shared/data/clothing/validation
    python examples/variants.py photos --photo shirt.jpg='#1f4e79'

Without `--photo` ten garments of the clothing photos (clothing-dataset-small,
CC0 1.0), one of each class; with `--failures` eight where recolouring goes
wrong, or thresholds and eye do not agree. Pairs of a photo and its variant,
with a red frame where a threshold is missed. Prints the scores. Takes seconds.
"""

import argparse
import pathlib

import numpy as np

from keras_productgen import images
from keras_productgen import pipeline

GOOD = {
    "dress/19e4de0d-fb90-47c2-83b4-37e3652c5a16.jpg": "#1f7a6d",
    "hat/d56b676e-1f28-4c56-96d6-070237e2a43f.jpg": "#2b4c9b",
    "longsleeve/2b12ad64-97e5-4500-ad2e-f74ea31eacbb.jpg": "#b5344a",
    "outwear/ee4d62e7-6dbc-4131-a394-c199fa564250.jpg": "#ece7db",
    "pants/24eb8ba7-065a-4493-8fa6-b3afa89751f6.jpg": "#c7b299",
    "shirt/4db14d3d-05ca-48b1-9257-204b447c27bb.jpg": "#1d5b43",
    "shoes/65368501-a7a8-4552-9035-7e812b9b4828.jpg": "#7a1f2b",
    "shorts/273d37f5-1f5f-4ab2-bfbf-1e5a4648500c.jpg": "#3567a8",
    "skirt/4d5d201a-11cb-4e5c-b291-9b8c833c4ddf.jpg": "#1b2a52",
    "t-shirt/1a5d03c8-1a59-409d-bb5e-5958dc7620b8.jpg": "#d9a629",
}
BAD = {
    "t-shirt/28709ef4-cebf-40c5-8347-f59932bf9323.jpg": "#f1efe9",
    "shirt/4db14d3d-05ca-48b1-9257-204b447c27bb.jpg": "#161618",
    "shirt/a85064d6-0f5d-4fce-9e3a-d1b5902c6098.jpg": "#d9a629",
    "hat/86a3f65f-8c08-48b6-a783-0e38ffa006ef.jpg": "#d9a629",
    "shoes/454fd50e-89eb-412b-b16c-17f1730ed9b5.jpg": "#1a2a5c",
    "shoes/8e3553a1-859e-4e56-a7b5-154a0b1c2c57.jpg": "#d9a629",
    "t-shirt/0acef3a8-51f3-42ce-8842-10e4898c0a0f.jpg": "#d9a629",
    "longsleeve/55b4f2d7-56b3-4463-86ea-6cb821a2c68e.jpg": "#1a2a5c",
}


def shown(file, color, cell):
    """The photo and its variant, and the names of the scores that failed."""
    value = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    result = pipeline.Variants({"new": value})(images.load(file))
    pictures = [
        images.resize(picture, cell, "pad", 255)
        for picture in (result.photo, result.images[0])
    ]
    if not result.passed[0]:
        framed = np.full_like(pictures[1], (200, 20, 20))
        framed[4:-4, 4:-4] = pictures[1][4:-4, 4:-4]
        pictures[1] = framed
    return pictures, result.scores[0], result.failures[0]


def draw(arguments):
    photos = BAD if arguments.failures else GOOD
    if arguments.photo:
        photos = dict(text.rsplit("=", 1) for text in arguments.photo)
    cells = []
    for name, color in photos.items():
        file = pathlib.Path(arguments.folder) / name
        pictures, scores, failed = shown(file, color, arguments.cell)
        cells += pictures
        facts = [f"{k} {v:.2f}" for k, v in scores.items() if v is not None]
        print(name, color, *facts, "FAILS" if failed else "passes", *failed)
    images.save(arguments.out, images.grid(np.stack(cells), 4, 4))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", help="of the photos")
    parser.add_argument("--photo", nargs="+", help="FILE='#rrggbb'")
    parser.add_argument("--failures", action="store_true")
    parser.add_argument("--out", default="variants.jpg")
    parser.add_argument("--cell", type=int, default=200)
    draw(parser.parse_args())
