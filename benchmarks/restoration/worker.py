"""One way to restore, in a process of its own: measures when it reads a line.

python -m benchmarks.restoration.worker NAME
"""

import resource
import sys
import time

import cv2
import numpy as np

SIDE = 1024
PIXELS = SIDE * SIDE / 1e6


def picture(side):
    """Smooth shapes with noise, the same for all."""
    generator = np.random.default_rng(0)
    coarse = generator.uniform(0, 255, (16, 16, 3)).astype("float32")
    smooth = cv2.resize(coarse, (side, side), interpolation=cv2.INTER_CUBIC)
    noisy = smooth + generator.normal(0, 25, smooth.shape)
    return np.clip(np.rint(noisy), 0, 255).astype("uint8")


def shipped(task, dtype="float32"):
    from keras_productgen import models

    model = models.load(task, dtype)
    if task == "inpaint":
        return lambda image: model.restore(image, mask(image))
    return model.restore


def mask(image):
    holes = np.zeros(image.shape[:2], "uint8")
    for place in range(0, SIDE, 256):
        cv2.line(holes, (place, 0), (SIDE - place, SIDE), 255, 9)
    return holes


def classical(task, method=None):
    from keras_productgen.editing import classical

    call = getattr(classical, task)
    options = {} if method is None else {"method": method}
    if task == "upscale":
        return lambda image: call(image, 2, **options)
    if task == "inpaint":
        return lambda image: call(image, mask(image), **options)
    return lambda image: call(image, **options)


def in_torch(task):
    from benchmarks.restoration import torch_networks

    return torch_networks.restore(task)


WAYS = {
    "denoise": lambda: shipped("denoise"),
    "denoise bfloat16": lambda: shipped("denoise", "mixed_bfloat16"),
    "denoise torch": lambda: in_torch("denoise"),
    "denoise nlm": lambda: classical("denoise"),
    "upscale_2": lambda: shipped("upscale_2"),
    "upscale_2 torch": lambda: in_torch("upscale_2"),
    "upscale_2 lanczos": lambda: classical("upscale", "lanczos"),
    "color": lambda: shipped("color"),
    "color shades-of-grey": lambda: classical("color"),
    "low_light": lambda: shipped("low_light"),
    "low_light clahe": lambda: classical("low_light", "clahe"),
    "deblur": lambda: shipped("deblur"),
    "deblur richardson-lucy": lambda: classical("deblur", "richardson-lucy"),
    "restore": lambda: shipped("restore"),
    "restore classical": lambda: classical("restore"),
    "inpaint": lambda: shipped("inpaint"),
    "inpaint telea": lambda: classical("inpaint"),
}


def main(name):
    call = WAYS[name]()
    image = picture(SIDE // 2 if name.startswith("upscale") else SIDE)
    before = peak()
    for _ in sys.stdin:
        start = time.perf_counter()
        call(image)
        milliseconds = 1e3 * (time.perf_counter() - start) / PIXELS
        print(milliseconds, peak() - before, flush=True)


def peak():
    """The most memory that this process has had so far, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main(sys.argv[1])
