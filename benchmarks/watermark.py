"""How often hidden marks are found after what pictures go through.

    python -m benchmarks.watermark ../shared/data/clothing 60

Prints tables: marks that were read whole (present, and the right number), in
photos and in rendered products; and finds in pictures without this mark.
"""

import pathlib
import sys
import time

import numpy as np

from keras_productgen import data
from keras_productgen import images
from keras_productgen.publishing import watermark

KEY, OTHER_KEY = "benchmark", "another"
FIRST = 0xC0FFEE00


def jpeg(quality):
    # Chroma at half the size, as most programs write it.
    return lambda picture: images.decode(
        images.encode(picture, "JPEG", quality=quality, subsampling=2)
    )


def resized(share):
    def scale(picture):
        size = tuple(round(side * share) for side in picture.shape[:2])
        return images.resize(picture, size, "stretch")

    return scale


def cropped(top, left, bottom, right):
    def cut(picture):
        height, width = picture.shape[:2]
        rows = slice(round(top * height), round((1 - bottom) * height))
        columns = slice(round(left * width), round((1 - right) * width))
        return np.ascontiguousarray(picture[rows, columns])

    return cut


def after(*steps):
    def both(picture):
        for step in steps:
            picture = step(picture)
        return picture

    return both


ATTACKS = {
    "nothing": lambda picture: picture,
    "JPEG 90": jpeg(90),
    "JPEG 70": jpeg(70),
    "JPEG 50": jpeg(50),
    "75 % of the size": resized(0.75),
    "50 % of the size": resized(0.5),
    "50 % of the size, JPEG 70": after(resized(0.5), jpeg(70)),
    "10 % cut off, around": cropped(0.05, 0.05, 0.05, 0.05),
    "10 % cut off, left": cropped(0.0, 0.1, 0.0, 0.0),
    "7 % cut off around, JPEG 70": after(
        cropped(0.03, 0.04, 0.04, 0.03), jpeg(70)
    ),
    "mirrored": lambda picture: np.ascontiguousarray(picture[:, ::-1]),
}


def decibels(first, second):
    error = np.mean((first.astype("float64") - second) ** 2)
    return 10.0 * np.log10(255.0**2 / error)


def measure(name, pictures):
    started, marked = time.monotonic(), []
    for number, picture in enumerate(pictures):
        marked.append(watermark.embed(picture, FIRST + number, KEY))
    seconds = (time.monotonic() - started) / len(pictures)
    distances = [decibels(*pair) for pair in zip(pictures, marked)]
    print(
        f"\n{name}: {len(pictures)} pictures, PSNR {min(distances):.1f} dB at "
        f"least, {np.mean(distances):.1f} dB in the mean, {seconds:.1f} s each"
    )
    print("\n| after | read | median score |\n|---|---|---|")
    for attack, function in ATTACKS.items():
        found = [watermark.detect(function(p), KEY) for p in marked]
        right = sum(f.payload == FIRST + i for i, f in enumerate(found))
        score = np.median([f.score for f in found])
        print(f"| {attack} | {right / len(found):.0%} | {score:.1f} |")
    return marked


def measure_false(pictures, marked, num_keys):
    """Scores of keys that are in no picture; the tail is what is derived."""
    scores, present = [], 0
    for number in range(num_keys):
        for picture in [*pictures, *marked]:
            found = watermark.detect(
                picture, f"{OTHER_KEY} {number}", search_crops=False
            )
            scores.append(found.score)
            present += found.present
    scores = np.array(scores)
    print(
        f"\n{len(scores)} looks with keys that are in no picture: {present} "
        f"finds; scores have mean {scores.mean():.3f}, deviation "
        f"{scores.std():.3f}, largest {scores.max():.2f}; "
        f"{np.mean(scores > 2):.4f} are above 2 (normal: 0.0228), "
        f"{np.mean(scores > 3):.5f} above 3 (normal: 0.00135)"
    )


def measure_false_searches(pictures):
    found = [watermark.detect(p, OTHER_KEY) for p in pictures]
    print(
        f"\n{len(found)} looks that search for crops as well: "
        f"{sum(f.present for f in found)} finds; the largest score is "
        f"{max(f.score - f.threshold for f in found):+.2f} from its threshold"
    )


def main(folder, num_pictures):
    paths = sorted(pathlib.Path(folder, "validation").glob("*/*.jpg"))
    step = max(1, len(paths) // num_pictures)
    photos = [images.load(path) for path in paths[::step][:num_pictures]]
    catalog = data.ProductCatalog(512, seed=5)
    renders = [
        catalog.render_image(catalog.item(index))
        for index in range(num_pictures // 2)
    ]
    marked = measure("Photos of clothes, 216 x 288 or so", photos)
    measure("Rendered products, 512 x 512", renders)
    measure_false(photos[:40], marked[:40], 50)
    measure_false_searches(photos[:40])


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 60)
