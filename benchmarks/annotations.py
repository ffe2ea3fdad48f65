"""Judges the suggestions on photos and on the catalogue's ground truth.

    python -m benchmarks.annotations ../shared/data/clothing

Takes about four minutes of processor time. The folder holds
`train/<class>/*.jpg` and `validation/<class>/*.jpg`.
"""

import argparse
import pathlib

import numpy as np
from skimage.color import deltaE_ciede2000

from keras_productgen import encoders
from keras_productgen import images
from keras_productgen.data import ProductCatalog
from keras_productgen.data import annotations
from keras_productgen.data.annotations.color_names import name_of
from keras_productgen.data.annotations.color_names import to_lab

NUM_PRODUCTS = 520
SIDE = 192


def photos_of(folder):
    paths = sorted(folder.glob("*/*.jpg"))
    photos = np.stack([images.load_resized(path, 64) for path in paths])
    return photos, np.array([path.parent.name for path in paths])


def print_categories(folder):
    photos, truth = photos_of(folder / "validation")
    features = encoders.extract(encoders.load(), photos)
    names = sorted(set(truth.tolist()))
    suggesters = {
        "the training photos": annotations.CategorySuggester.from_folder(
            folder / "train"
        ),
        "the catalogue, 13 categories": (
            annotations.CategorySuggester.from_catalog()
        ),
        "the catalogue, these 10": annotations.CategorySuggester.from_catalog(
            names
        ),
    }
    print("| fitted on | right | among 3 | mean confidence | sure | right |")
    print("|---|---|---|---|---|---|")
    for fitted, suggester in suggesters.items():
        answers = suggester.judge(features)
        tops = [[name for name, _ in ranking] for *_, ranking in answers]
        right = np.array([top[0] for top in tops]) == truth
        three = np.mean([name in top for top, name in zip(tops, truth)])
        sure = np.array([name != "unsure" for name, *_ in answers])
        confidence = np.mean([confidence for _, confidence, _ in answers])
        print(
            f"| {fitted} | {right.mean():.1%} | {three:.1%} | "
            f"{confidence:.2f} | {sure.mean():.1%} | {right[sure].mean():.1%} |"
        )


def box_overlap(box, corners):
    x0, y0, x1, y1 = corners
    x, y, width, height = box
    across = max(0, min(x + width, x1) - max(x, x0))
    down = max(0, min(y + height, y1) - max(y, y0))
    both = across * down
    return both / (width * height + (x1 - x0) * (y1 - y0) - both)


def difference(rgb, truth):
    return float(deltaE_ciede2000(to_lab(rgb), to_lab(truth)))


def judged(product):
    found = annotations.find_foreground(product.image)
    truth = product.mask >= 128
    both, either = found.mask & truth, found.mask | truth
    color = 255 * np.array(product.item.color)
    colors = annotations.dominant_colors(product.image, found.mask)
    return {
        "mask IoU": both.sum() / either.sum(),
        "box IoU": box_overlap(found.box, product.bounding_box),
        "confidence": found.confidence,
        "ΔE main": difference(colors[0].rgb, color),
        "ΔE best": min(difference(c.rgb, color) for c in colors),
        "name right": colors[0].name == name_of(color)[0],
    }


def print_products():
    catalog = ProductCatalog(SIDE, seed=99)
    products = [catalog[index] for index in range(NUM_PRODUCTS)]
    rows = [judged(product) for product in products]
    groups = {"all": range(NUM_PRODUCTS)}
    for field in ("background", "pattern"):
        for index, product in enumerate(products):
            name = f"{field} {getattr(product.item, field)}"
            groups.setdefault(name, []).append(index)
    print("| | mask IoU | median | box IoU | median | ΔE00 main | median "
          "| ΔE00 best | name right |")  # fmt: skip
    print("|---" * 9 + "|")
    for name, members in sorted(groups.items()):
        columns = {
            key: np.array([float(rows[i][key]) for i in members])
            for key in rows[0]
        }
        cells = []
        for key in ("mask IoU", "box IoU", "ΔE main"):
            digits = 1 if key == "ΔE main" else 3
            cells += [
                f"{columns[key].mean():.{digits}f}",
                f"{np.median(columns[key]):.{digits}f}",
            ]
        cells.append(f"{columns['ΔE best'].mean():.1f}")
        cells.append(f"{columns['name right'].mean():.0%}")
        print(f"| {name} | {' | '.join(cells)} |")
    confidence = np.array([row["confidence"] for row in rows])
    overlap = np.array([row["mask IoU"] for row in rows])
    for low, high in ((0.0, 0.8), (0.8, 0.95), (0.95, 1.01)):
        chosen = (low <= confidence) & (confidence < high)
        print(
            f"confidence {low}-{high}: {chosen.mean():.1%} of the products, "
            f"mean mask IoU {overlap[chosen].mean():.3f}"
        )


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=pathlib.Path)
    folder = parser.parse_args().folder
    print_categories(folder)
    print_products()


if __name__ == "__main__":
    main()
