"""What checks of marketplaces find of planted defects, and how long they take.

Words are written at the lower edge of each photo; photos are blurred by
Gaussians. `found` counts the photos in which a defect is found, `falsely` the
same photos without it. Photos are those of a folder, evenly picked from their
sorted names, else products rendered at 288 pixels. Seconds are medians over
products rendered at 1000 pixels, `cpu` the processor time of all threads; one
thread of OpenCV.

    python -m benchmarks.publishing [folder of photos] [number]
"""

import pathlib
import statistics
import sys
import time

import cv2

from keras_productgen import data
from keras_productgen import images
from keras_productgen import publishing
from keras_productgen.publishing.rules.subject import open_subject
from keras_productgen.publishing.rules.text import find_text

WORDS = "www.shop.com"
NUMBER, TIMED = 24, 10
BLURS = (1, 2, 3, 4)


def photos_of(folder, number):
    if not folder:
        catalog = data.ProductCatalog(288, seed=2, num_items=number)
        return [catalog[index].image for index in range(number)]
    paths = sorted(pathlib.Path(folder).rglob("*.jpg"))
    step = max(1, len(paths) // number)
    return [images.load(path) for path in paths[::step][:number]]


def written(picture):
    """The picture with words on its lower edge, dark on light or light."""
    dark = picture[-25:].mean() < 150
    color = (255,) * 3 if dark else (20,) * 3
    place = (8, picture.shape[0] - 10)
    font = cv2.FONT_HERSHEY_SIMPLEX
    return cv2.putText(
        picture.copy(), WORDS, place, font, 0.6, color, 1, cv2.LINE_AA
    )


def text_row(photos, subjects):
    marked = [bool(find_text(open_subject(written(p)))) for p in photos]
    return {
        "name": "words at the lower edge",
        "found": sum(marked),
        "falsely": sum(bool(find_text(subject)) for subject in subjects),
        "of": len(photos),
    }


def blur_rows(photos):
    sharp = sum(blurred(photo) for photo in photos)
    for sigma in BLURS:
        made = [cv2.GaussianBlur(photo, (0, 0), sigma) for photo in photos]
        yield {
            "name": f"blur of {sigma} pixels",
            "found": sum(map(blurred, made)),
            "falsely": sharp,
            "of": len(photos),
        }


def blurred(photo):
    """Whether `publishing.check` would warn; no product is looked for."""
    profile = publishing.profile("generic")
    report = publishing.Report(profile, open_subject(photo))
    return report["sharpness"].status == "warning"


def product_rows(subjects):
    products = [subject.product for subject in subjects]
    for name, told in (
        ("product told from its background", [p.sure for p in products]),
        ("product to be cut out unasked", [p.good_guess for p in products]),
    ):
        yield {"name": name, "found": sum(told), "of": len(told)}


def time_rows(pictures):
    """Checks and fixes in turns; one of each is not counted."""
    clocks = {"check": [], "mending for amazon_main": []}
    passed = 0
    for number, picture in enumerate([pictures[0], *pictures]):
        for name, work in zip(clocks, (publishing.check, mended)):
            start, cpu = time.perf_counter(), time.process_time()
            made = work(picture, "amazon_main")
            clock = time.perf_counter() - start, time.process_time() - cpu
            if number:
                clocks[name].append(clock)
        passed += bool(number) and made.passed
    for name, times in clocks.items():
        seconds, cpu = map(statistics.median, zip(*times))
        yield {
            "name": f"{name}, 1000 x 1000 pixels",
            "found": passed if name != "check" else "",
            "of": len(times),
            "seconds": round(seconds, 3),
            "cpu": round(cpu, 3),
        }


def mended(picture, profile):
    return publishing.fix(picture, profile, upscale=True)


def main(folder=None, number=NUMBER):
    """Plants defects, looks for them, and takes the time.

    Returns:
        List of dicts, one a defect or a call.
    """
    cv2.setNumThreads(1)
    photos = photos_of(folder, int(number))
    subjects = [open_subject(photo) for photo in photos]
    catalog = data.ProductCatalog(1000, seed=3)
    renders = [catalog[index].image for index in range(TIMED)]
    return [
        text_row(photos, subjects),
        *blur_rows(photos),
        *product_rows(subjects),
        *time_rows(renders),
    ]


if __name__ == "__main__":
    for row in main(*sys.argv[1:3]):
        print(" | ".join(f"{key} {value}" for key, value in row.items()))
