"""What checks of marketplaces find of planted defects in photos.

    python -m benchmarks.publishing ../shared/data/clothing 69

Photos of clothes, with and without words at the lower edge; sharp, and blurred.
Then seconds for a check and for mending at 1000 pixels.
"""

import pathlib
import statistics
import sys
import time

import cv2
import numpy as np

from keras_productgen import data
from keras_productgen import images
from keras_productgen import publishing
from keras_productgen.publishing.rules.subject import open_subject
from keras_productgen.publishing.rules.text import find_text

WORDS = "www.shop.com"


def written(picture):
    """The picture with words on its lower edge, dark on light or light."""
    dark = picture[-25:].mean() < 150
    color = (255,) * 3 if dark else (20,) * 3
    place = (8, picture.shape[0] - 10)
    font = cv2.FONT_HERSHEY_SIMPLEX
    return cv2.putText(
        picture.copy(), WORDS, place, font, 0.6, color, 1, cv2.LINE_AA
    )


def report_text(photos):
    plain = [bool(find_text(open_subject(photo))) for photo in photos]
    marked = [bool(find_text(open_subject(written(p)))) for p in photos]
    print(
        f"words found in {sum(marked)} of {len(photos)} photos with them, and "
        f"in {sum(plain)} of the same without"
    )


def report_blur(photos):
    for sigma in (0, 1, 2, 3, 4):
        statuses, values = [], []
        for photo in photos:
            if sigma:
                photo = cv2.GaussianBlur(photo, (0, 0), sigma)
            found = publishing.check(photo, "generic")["sharpness"]
            statuses.append(found.status == "warning")
            values.append(float(found.measured))
        print(
            f"blur of {sigma} pixels: sharpness "
            f"{statistics.median(values):.2f} in the median, "
            f"{sum(statuses)} of {len(photos)} warned of"
        )


def report_products(photos):
    products = [open_subject(photo).product for photo in photos]
    sure = sum(p.sure for p in products)
    good = sum(p.good_guess for p in products)
    print(
        f"product told from its background in {sure} of {len(photos)}, to be "
        f"cut out in {good}"
    )


def report_time(pictures):
    checks, fixes, passed = [], [], 0
    for picture in pictures:
        started = time.perf_counter()
        publishing.check(picture, "amazon_main")
        checks.append(time.perf_counter() - started)
        started = time.perf_counter()
        passed += publishing.fix(picture, "amazon_main", upscale=True).passed
        fixes.append(time.perf_counter() - started)
    print(
        f"{len(pictures)} renders of {pictures[0].shape[0]} pixels: a check "
        f"takes {np.median(checks):.2f} s, mending {np.median(fixes):.2f} s; "
        f"{passed} pass for Amazon after it"
    )


def main(folder, num_pictures):
    paths = sorted(pathlib.Path(folder, "validation").glob("*/*.jpg"))
    step = max(1, len(paths) // num_pictures)
    photos = [images.load(path) for path in paths[::step][:num_pictures]]
    report_text(photos)
    report_blur(photos)
    report_products(photos)
    catalog = data.ProductCatalog(1000, seed=3)
    report_time([catalog.render_image(catalog.item(i)) for i in range(20)])


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 69)
