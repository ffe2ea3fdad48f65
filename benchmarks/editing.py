"""Edits of a picture of 1024 x 1024 pixels, beside the calls one would make.

The direct calls do less where the names say so: OpenCV's CLAHE goes through
L*a*b* of 8 bits, Pillow mixes values and not light, its and scikit-image's
unsharp masks have no limit of halos. One thread of OpenCV; both take turns in
one process, after a call that is not counted. `times_theirs` is the median over
rounds of the ratio of our speed to theirs.

    python -m benchmarks.editing [rounds]
"""

import statistics
import sys
import time

import cv2
import numpy as np
from PIL import Image
from PIL import ImageFilter
from skimage import exposure
from skimage import filters
from skimage.color import deltaE_ciede2000
from skimage.color import lab2rgb
from skimage.color import rgb2lab

from keras_productgen import data
from keras_productgen import editing

SIZE, ROUNDS = 1024, 7
SOURCE, TARGET = (0.7, 0.2, 0.2), (0.1, 0.3, 0.6)


def opencv_clahe(picture, _):
    lab = cv2.cvtColor(picture, cv2.COLOR_RGB2LAB)
    plane = np.ascontiguousarray(lab[..., 0])
    lab[..., 0] = cv2.createCLAHE(2.0, (8, 8)).apply(plane)
    return cv2.cvtColor(lab, cv2.COLOR_LAB2RGB)


def fourier_filter(picture, _):
    """Each channel through the transform of the mirrored picture."""
    height, width, _ = picture.shape
    down = np.fft.fftfreq(2 * height)[:, None] * height
    across = np.fft.rfftfreq(2 * width) * width
    power = (np.hypot(down, across) / 1.5) ** 4
    gain = 0.5 + 0.5 * power / (1.0 + power)
    made = []
    for plane in np.moveaxis(np.log1p(picture.astype("float32")), -1, 0):
        mirrored = np.pad(plane, ((0, height), (0, width)), "symmetric")
        waves = np.fft.rfft2(mirrored) * gain
        made.append(np.fft.irfft2(waves)[:height, :width])
    values = np.expm1(np.stack(made, -1))
    return np.clip(values, 0, 255).astype("uint8")


def pillow_over(picture, matte):
    front = Image.fromarray(np.dstack([picture, matte]))
    back = Image.new("RGBA", front.size, (255, 255, 255, 255))
    return np.array(Image.alpha_composite(back, front).convert("RGB"))


def pillow_unsharp(picture, _):
    sharpen = ImageFilter.UnsharpMask(1.0, 80, 0)
    return np.array(Image.fromarray(picture).filter(sharpen))


def scikit_unsharp(picture, _):
    values = picture.astype("float32") / 255.0
    # With -1 scikit-image 0.26 leaves two channels unset.
    made = filters.unsharp_mask(values, 1.0, 0.8, channel_axis=2)
    return np.rint(255.0 * made).astype("uint8")


def scikit_replace(picture, _):
    lab = rgb2lab(picture)
    source, target = rgb2lab(np.float64([[SOURCE, TARGET]]))[0]
    distance = deltaE_ciede2000(lab, source[None, None])
    weight = np.clip((15.0 - distance) / 7.5, 0.0, 1.0)[..., None]
    made = lab2rgb(lab + weight * (target - source))
    return np.rint(255.0 * made).astype("uint8")


CONTESTS = {
    "equalize_adaptive, OpenCV in 8 bits": (
        lambda picture, _: editing.equalize_adaptive(picture),
        opencv_clahe,
    ),
    "equalize_adaptive, scikit-image": (
        lambda picture, _: editing.equalize_adaptive(picture),
        lambda picture, _: exposure.equalize_adapthist(picture),
    ),
    "homomorphic_filter, numpy.fft": (
        lambda picture, _: editing.homomorphic_filter(picture),
        fourier_filter,
    ),
    "composite, Pillow in values": (
        lambda picture, matte: editing.composite(picture, 255, matte),
        pillow_over,
    ),
    "unsharp_mask, Pillow": (
        lambda picture, _: editing.unsharp_mask(picture),
        pillow_unsharp,
    ),
    "unsharp_mask with a limit, scikit-image without": (
        lambda picture, _: editing.unsharp_mask(picture, halo_limit=4),
        scikit_unsharp,
    ),
    "replace_color, scikit-image": (
        lambda picture, _: editing.replace_color(picture, SOURCE, TARGET),
        scikit_replace,
    ),
}


def main(rounds=ROUNDS, size=SIZE):
    """Measures in turns.

    Returns:
        List of dicts: "name", "milliseconds" and "theirs" (medians), and
        "times_theirs".
    """
    cv2.setNumThreads(1)
    shown = data.ProductCatalog(size, seed=1)[5]
    rows = []
    for name, ways in CONTESTS.items():
        seconds = [[], []]
        for way in ways:
            way(shown.image, shown.mask)
        for _ in range(rounds):
            for spent, way in zip(seconds, ways):
                start = time.perf_counter()
                way(shown.image, shown.mask)
                spent.append(time.perf_counter() - start)
        ours, theirs = seconds
        ratios = [b / a for a, b in zip(ours, theirs)]
        rows.append(
            {
                "name": name,
                "milliseconds": round(1e3 * statistics.median(ours), 1),
                "theirs": round(1e3 * statistics.median(theirs), 1),
                "times_theirs": round(statistics.median(ratios), 2),
            }
        )
    return rows


if __name__ == "__main__":
    for row in main(*map(int, sys.argv[1:2])):
        print(" | ".join(f"{key} {value}" for key, value in row.items()))
