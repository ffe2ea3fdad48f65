"""Photos before and after a studio shot, on one sheet, good and bad alike.

    python examples/studio_shot.py ../shared/data/clothing/validation \
        docs/pictures/studio-shot.jpg

takes the ten photos whose names have the lowest SHA-256, and prints what became
of each. Rejected ones are shown with the reason in the place of a picture.

Cost: half a minute of a processor core.
"""

import hashlib
import pathlib
import sys

import cv2
import numpy as np

from keras_productgen import images
from keras_productgen.pipeline import StudioShot

COUNT, CELL, LINE = 10, 230, 15
GREY, RED = (236, 236, 236), (170, 30, 30)


def chosen(folder):
    paths = pathlib.Path(folder).rglob("*.jpg")
    names = {p: hashlib.sha256(p.name.encode()).hexdigest() for p in paths}
    return sorted(names, key=names.get)[:COUNT]


def after(result):
    """The picture, or the names of the reasons why there is none."""
    if result.image is not None:
        return images.resize(result.image, CELL, "pad")
    cell = np.full((CELL, CELL, 3), GREY, "uint8")
    names = dict.fromkeys(reason.name for reason in result.report.reasons)
    for row, name in enumerate(["rejected:", *names]):
        place = (10, CELL // 2 - 10 + row * LINE)
        font = cv2.FONT_HERSHEY_SIMPLEX
        cv2.putText(cell, name, place, font, 0.45, RED, 1, cv2.LINE_AA)
    return cell


def main(folder, path):
    shot, cells = StudioShot(), []
    for photo in chosen(folder):
        result = shot(photo)
        print(photo.parent.name, photo.name, result.report, flush=True)
        cells.append(images.resize(images.load(photo), CELL, "pad"))
        cells.append(after(result))
    images.save(path, images.grid(np.stack(cells), 4, 5), quality=88)


if __name__ == "__main__":
    main(*sys.argv[1:3])
