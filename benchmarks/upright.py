"""Whether products that stand upright are left so, and turned ones put right.

    python -m benchmarks.upright [number of products]

Products of the catalogue, all categories and views, which stand upright, and
the same with their mattes turned by known angles. "exact": with the catalogue's
own mattes; "found": with those of `editing.find_matte`, as far as their IoU is
0.9. "off": how many `StudioShot` would leave or put more than 2 degrees from
upright, all at 25 degrees, which it takes for how a product lies; "median
error" is that of `estimate_tilt` in degrees, "left" how many it says 0 of.
About five minutes.
"""

import statistics
import sys

import cv2
import numpy as np

from keras_productgen import editing
from keras_productgen import evaluation
from keras_productgen.data import ProductCatalog
from keras_productgen.pipeline.studio_shot import framing

SIZE, SEED, NUMBER = 256, 2026, 520
ANGLES = (0, -25, -15, -8, -4, 4, 8, 15, 25)
# Every so many products are looked at turned.
EACH = 2
LEAST_IOU, FAR = 0.9, 2.0


def turned(matte, angle):
    rgba = np.repeat(matte[..., None], 4, axis=2)
    return editing.straighten(rgba, angle=float(angle))


def measured(mattes, angle):
    """A dict of what comes of mattes that are turned by an angle."""
    tilts = [editing.estimate_tilt(turned(matte, angle)) for matte in mattes]
    least, most = framing.LEAST_TILT, framing.MOST_TILT
    done = [tilt if least <= abs(tilt) <= most else 0.0 for tilt in tilts]
    off = [abs(angle - tilt) > FAR for tilt in done]
    return {
        "angle": angle,
        "products": len(tilts),
        "off": sum(off),
        "median error": round(
            statistics.median(abs(angle - tilt) for tilt in tilts), 2
        ),
        "left": sum(tilt == 0.0 for tilt in tilts),
    }


def main(number=NUMBER):
    """Returns rows, one an angle and kind of mattes."""
    cv2.setNumThreads(1)
    catalog = ProductCatalog(SIZE, seed=SEED)
    exact, found = [], []
    for index in range(int(number)):
        product = catalog[index]
        exact.append(product.mask)
        alpha = editing.find_matte(product.image).alpha
        if evaluation.matte_iou(product.mask, alpha) >= LEAST_IOU:
            found.append(alpha)
    return [
        {"mattes": name} | measured(mattes[:: EACH if angle else 1], angle)
        for name, mattes in (("exact", exact), ("found", found))
        for angle in ANGLES
    ]


if __name__ == "__main__":
    for row in main(*sys.argv[1:2]):
        print(" | ".join(f"{key} {value}" for key, value in row.items()))
