"""How well the network that comes along cuts out, beside GrabCut.

    python examples/measure_matting.py ../shared/data/clothing/validation \
        --masks tests/models/clothing_masks.json

Twice: on rendered products that no training saw, before backgrounds of photos
that none saw, whose mattes are exact; and on photos whose masks were drawn by
hand. `--model FILE` measures another network, `--out FILE` keeps all figures,
`--sheet FILE` shows the first of these photos, cut out by GrabCut and by the
network, with a red frame where the IoU is below 0.93.

Cost: 5 minutes of a processor core.
"""

import argparse
import pathlib
import tempfile

import cv2
import numpy as np
import rich.progress
from train_matting import LEAST_CONFIDENCE
from train_matting import without_product

import keras_productgen as kpg
from keras_productgen.data import annotations
from keras_productgen.data.annotations import find_foreground
from keras_productgen.data.annotations import masks

SIDE, SEED = 256, 2000
SHOWN, CELL, FRAME, POOR = 12, 150, 3, 0.93
BEHIND, RED = (222, 226, 230), (200, 20, 20)


def rendered(photos, count):
    """Pictures and mattes of products before backgrounds of photos."""
    catalog = kpg.data.ProductCatalog(SIDE, seed=SEED, num_items=count)
    with tempfile.TemporaryDirectory() as folder:
        cutouts, plates = (pathlib.Path(folder) / part for part in "ab")
        for number in range(count):
            product = catalog[number]
            rgba = np.dstack([product.image, product.mask])
            kpg.images.save(cutouts / f"{number:04d}.png", rgba)
        for path in sorted(pathlib.Path(photos).rglob("*.jpg")):
            photo = kpg.images.load(path)
            found = find_foreground(photo)
            if found.confidence >= LEAST_CONFIDENCE:
                plate = without_product(photo, found.mask)
                kpg.images.save(plates / f"{path.stem}.png", plate)
        pairs = kpg.data.matte_pairs(
            cutouts, SIDE, 1, backgrounds=plates, own_background=0.0, seed=SEED
        )
        rows = [(x[0].numpy(), y[0, ..., 0].numpy()) for x, y in pairs]
    return [[*map(kpg.images.to_uint8, kind)] for kind in zip(*rows)]


def by_hand(photos, file):
    """Photos and the masks that were drawn of their products."""
    known = annotations.load(file, photos)
    names = {picture.id: picture.file for picture in known.pictures}
    pictures, mattes = [], []
    for item in known.items:
        photo = kpg.images.load(pathlib.Path(photos, names[item.picture_id]))
        truth = masks.to_array(item.mask, *photo.shape[:2])
        pictures.append(photo)
        mattes.append(np.where(truth, 255, 0).astype("uint8"))
    return pictures, mattes


def main(arguments):
    if arguments.model:
        model = kpg.models.unpack(arguments.model)
    else:
        model = kpg.models.load("matting")
    methods = {
        "MattingUNet": model.matte,
        "find_matte": lambda p: kpg.editing.find_matte(p, model=model).alpha,
        "GrabCut": kpg.editing.grabcut_matte,
    }
    kinds = {"rendered": rendered(arguments.photos, arguments.count)}
    if arguments.masks:
        kinds["by hand"] = by_hand(arguments.photos, arguments.masks)
    for name, (pictures, mattes) in kinds.items():
        found = measured(name, pictures, mattes, methods)
        print(name, found, sep=", ")
        if arguments.out:
            found.save_json(f"{arguments.out}_{name.replace(' ', '_')}.json")
    if arguments.sheet:
        ways = methods["GrabCut"], methods["find_matte"]
        kpg.images.save(arguments.sheet, sheet(*kinds["by hand"], ways))


def measured(name, pictures, mattes, methods):
    with rich.progress.Progress() as progress:
        task = progress.add_task(name, total=len(pictures))
        return kpg.evaluation.measure_mattes(
            pictures, mattes, methods, lambda *_: progress.advance(task)
        )


def sheet(pictures, mattes, methods):
    """Photos, and beside each what methods cut out of it."""
    cells = []
    for picture, wanted in list(zip(pictures, mattes))[:SHOWN]:
        cells.append(kpg.images.resize(picture, CELL, "pad", 255))
        for method in methods:
            found = method(picture)
            cutout = kpg.editing.cut_out(picture, found)
            shown = kpg.editing.composite(cutout, BEHIND)
            cell = kpg.images.resize(shown, CELL, "pad", 255)
            if kpg.evaluation.matte_iou(wanted, found) < POOR:
                whole = cell[FRAME:-FRAME, FRAME:-FRAME]
                edges = [FRAME] * 4
                cell = cv2.copyMakeBorder(
                    whole, *edges, cv2.BORDER_CONSTANT, value=RED
                )
            cells.append(cell)
    return kpg.images.grid(np.stack(cells), 3 * (1 + len(methods)), 4)


if __name__ == "__main__":
    cv2.setNumThreads(1)
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("photos", help="folder that no training saw")
    parser.add_argument("--masks", help="COCO file of masks of such photos")
    parser.add_argument("--model", help="file that train_matting.py wrote")
    parser.add_argument("--count", type=int, default=300, help="of renders")
    parser.add_argument("--out", help="beginning of the names of JSON files")
    parser.add_argument("--sheet", help="picture of the photos of --masks")
    given = parser.parse_args()
    if given.sheet and not given.masks:
        parser.error("--sheet needs --masks")
    main(given)
