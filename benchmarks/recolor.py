"""How well products are given another colour, and at what cost.

    python -m benchmarks.recolor [--photos FOLDER] [--model STAR_GAN]

"catalogue": the changed picture against the true render of the same product in
the other colour, PSNR in dB, of the whole picture and within the mask. "hue"
and "shift" are what one would write first: hue and saturation of the new colour
with scaled brightness, and the difference of the medians added in CIELAB. A
trained StarGAN with the condition "color" may be given beside them.

"photos": NUM_PHOTOS photos of a folder of folders, as many of each class, in
COLORS, by `pipeline.Variants`: how many are good enough, and by which score the
others are not.
"""

import argparse
import itertools
import pathlib
import statistics
import time

import cv2
import keras
import numpy as np

from keras_productgen import editing
from keras_productgen import images
from keras_productgen import pipeline
from keras_productgen.data import ProductCatalog
from keras_productgen.editing import light
from keras_productgen.evaluation import change_fidelity
from keras_productgen.evaluation import intervals

SIZE, SEED, NUM_ITEMS = 64, 77, 512
NUM_PHOTOS = 200
ROUNDS = 15
COLORS = {
    "red": (0.75, 0.08, 0.1),
    "navy": (0.1, 0.16, 0.36),
    "forest": (0.13, 0.35, 0.2),
    "mustard": (0.85, 0.65, 0.15),
    "white": (0.94, 0.94, 0.93),
    "black": (0.07, 0.07, 0.08),
}
PHOTOS = pathlib.Path("../shared/data/clothing/validation")


def shift(image, color, mask):
    """The difference of the medians added, in CIELAB."""
    pixels = light.from_rgb(image)
    change = light.from_rgb(color) - np.median(pixels[mask > 127], axis=0)
    made = 255.0 * light.to_rgb(pixels + change)
    return np.where((mask > 127)[..., None], made, image)


def hue(image, color, mask):
    """Hue and saturation of the color, the brightness scaled."""
    new = cv2.cvtColor(np.float32([[color]]), cv2.COLOR_RGB2HSV)[0, 0]
    old = cv2.cvtColor(image.astype("float32") / 255.0, cv2.COLOR_RGB2HSV)
    area = mask > 127
    old[area, :2] = new[:2]
    old[area, 2] *= new[2] / max(np.median(old[area, 2]), 0.01)
    made = cv2.cvtColor(np.minimum(old, 1.0), cv2.COLOR_HSV2RGB) * 255.0
    return np.where(area[..., None], made, image)


def translators(catalog, model=None):
    """Name to a function of pictures and conditions, as `translate` is."""
    products = [catalog[number] for number in range(NUM_ITEMS)]
    masks = [product.mask for product in products]
    colors = [product.item.color for product in products]

    def each(change):
        def translate(pictures, conditions):
            rows = zip(
                pictures.astype("uint8"), conditions["color"], masks, colors
            )
            return np.stack([change(*row) for row in rows])

        return translate

    recolor = editing.recolor
    found = {
        "nothing": each(lambda image, *_: image),
        "hue, true mask": each(lambda i, new, mask, _: hue(i, new, mask)),
        "shift, true mask": each(lambda i, new, mask, _: shift(i, new, mask)),
        "recolor": each(lambda i, new, *_: recolor(i, new)),
        "recolor, contrast=1": each(
            lambda i, new, *_: recolor(i, new, contrast=1.0)
        ),
        "recolor, contrast=1, true mask": each(
            lambda i, new, mask, _: recolor(i, new, mask, contrast=1.0)
        ),
        "recolor, contrast=1, true mask, from_color": each(
            lambda i, new, mask, old: recolor(i, new, mask, old, contrast=1.0)
        ),
    }
    if model is not None:
        found["StarGAN"] = model.translate
    return found


def catalog_rows(model=None):
    size = SIZE if model is None else model.image_size
    catalog = ProductCatalog(size, SEED, num_items=NUM_ITEMS)
    plain = np.array(
        [catalog.item(k).pattern == "plain" for k in range(NUM_ITEMS)]
    )
    for name, translate in translators(catalog, model).items():
        found = change_fidelity(translate, catalog, "color", NUM_ITEMS)
        yield {
            "data": f"catalogue, {size} px",
            "what": name,
            "PSNR": round(found.mean_psnr, 2),
            "from": round(found.interval[0], 2),
            "to": round(found.interval[1], 2),
            "inside": round(float(found.psnr_inside.mean()), 2),
            "inside, plain": round(float(found.psnr_inside[plain].mean()), 2),
            "inside, patterned": round(
                float(found.psnr_inside[~plain].mean()), 2
            ),
            "SSIM inside": round(float(found.ssim_inside.mean()), 3),
        }


def chosen_photos(folder):
    """The first files of each class in turn, so that classes are even."""
    classes = [
        sorted(path.glob("*.jpg"))
        for path in sorted(folder.iterdir())
        if path.is_dir()
    ]
    turns = itertools.zip_longest(*classes)
    return [file for turn in turns for file in turn if file][:NUM_PHOTOS]


def photo_rows(folder):
    variants = pipeline.Variants(COLORS)
    files = chosen_photos(folder)
    made = [variants(images.load(file)) for file in files]
    scores = [row for result in made for row in result.scores]
    failures = [names for result in made for names in result.failures]
    found = np.array(
        ["mask_confidence" not in result.failures[0] for result in made]
    )
    yield share(f"{len(files)} photos", "mask is trusted", found)
    good = np.array([not names for names in failures])
    yield share("all pictures", "good enough", good)
    trusted = np.repeat(found, len(COLORS))
    yield share("with a trusted mask", "good enough", good[trusted])
    for score in ("color_difference", "structure", "similarity"):
        failed = np.array([score in names for names in failures])
        yield share("with a trusted mask", f"fails {score}", failed[trusted])
    for name in COLORS:
        picked = np.tile([name == each for each in COLORS], len(made))
        yield share("with a trusted mask", name, good[trusted & picked])
    differences = np.array([row["color_difference"] for row in scores])
    for percent in (50, 95):
        value = float(np.percentile(differences[trusted], percent))
        yield {
            "data": "with a trusted mask",
            "what": f"CIEDE2000, {percent} % are below",
            "value": round(value, 2),
        }
    yield from time_rows([images.load(file) for file in files[:ROUNDS]])


def share(data, what, passed):
    low, high = intervals.around_share(passed.mean(), None, len(passed))
    return {
        "data": data,
        "what": what,
        "value": round(float(passed.mean()), 3),
        "from": round(low, 3),
        "to": round(high, 3),
    }


def time_rows(photos):
    """Median seconds, by one thread of OpenCV."""
    cv2.setNumThreads(1)
    variants = pipeline.Variants(COLORS)
    large = [images.resize(photo, 1024, "pad") for photo in photos]
    jobs = {
        "recolor, without a mask": lambda photo: editing.recolor(
            photo, COLORS["red"]
        ),
        f"Variants of {len(COLORS)} colors, with scores": variants,
    }
    for size, pictures in (("288", photos), ("1024", large)):
        for name, job in jobs.items():
            yield {
                "data": f"photos, {size} px",
                "what": name,
                "seconds": round(median_seconds(job, pictures), 3),
            }


def median_seconds(job, pictures):
    seconds = []
    for picture in pictures:
        start = time.perf_counter()
        job(picture)
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds)


def rows_of(photos, model):
    yield from catalog_rows(model)
    if photos.is_dir():
        yield from photo_rows(photos)


def main(photos=PHOTOS, model=None):
    return list(rows_of(photos, model))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--photos", type=pathlib.Path, default=PHOTOS)
    parser.add_argument("--model", help="a trained StarGAN, .keras")
    given = parser.parse_args()
    network = given.model and keras.saving.load_model(given.model)
    for measured in rows_of(given.photos, network or None):
        print(" | ".join(f"{k} {v}" for k, v in measured.items()), flush=True)
