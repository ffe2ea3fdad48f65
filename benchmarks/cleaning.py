"""Looking through folders of 1,000 to 100,000 pictures: time and memory.

Pictures of 64 x 64 pixels, JPEG: rendered products, turned, scaled, tinted and
laid on grounds of their own, no two alike, but that one in a hundred is a
compressed, mirrored copy of another. Each folder is looked through by
`find_problems` in a process of its own. `seconds` are by the clock, the others
the processors'. `looking` is to decode, measure and encode each picture,
`watermarks` and `outliers` look for these, `comparing` compares each picture
with every other. `MB` is the peak of the whole process, TensorFlow included.

    python -m benchmarks.cleaning [1000 3000 ...]
"""

import json
import pathlib
import resource
import subprocess
import sys
import tempfile
import time

import cv2
import numpy as np

from keras_productgen import data
from keras_productgen import images

COUNTS = (1000, 3000)
NUM_RENDERS, SIZE = 2000, 64
COPY_EVERY = 100
SHARD = 1000
STAGES = ("looking", "watermarks", "outliers", "comparing")


def main(counts=COUNTS):
    """Yields a row for each number of pictures, as soon as it is known."""
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        made = 0
        renders = render()
        for count in sorted(counts):
            # The larger folder holds the smaller one's pictures.
            for index in range(made, count):
                write(folder / "photos", index, renders)
            made = count
            yield {"pictures": count} | look(folder / "photos")


def render():
    """Returns pictures and masks of catalogue products."""
    catalog = data.ProductCatalog(SIZE, seed=5, num_items=NUM_RENDERS)
    items = [catalog.item(index) for index in range(NUM_RENDERS)]
    products = catalog.render_batch(items)
    return [(product.image, product.mask) for product in products]


def write(folder, index, renders):
    path = folder / f"{index // SHARD:03}" / f"{index:06}.jpg"
    if index % COPY_EVERY == COPY_EVERY - 1:
        picture = photo(index - COPY_EVERY // 2, renders)[:, ::-1]
        images.save(path, picture, quality=50)
    else:
        images.save(path, photo(index, renders), quality=90)


def photo(index, renders):
    """A product in a pose, a tint and on a ground of its own."""
    generator = np.random.default_rng(index)
    image, mask = renders[generator.integers(len(renders))]
    turn = cv2.getRotationMatrix2D(
        (SIZE / 2, SIZE / 2),
        generator.uniform(-25, 25),
        generator.uniform(0.65, 1.1),
    )
    turn[:, 2] += generator.uniform(-8, 8, 2)
    image = cv2.warpAffine(image, turn, (SIZE, SIZE)).astype("float32")
    mask = cv2.warpAffine(mask, turn, (SIZE, SIZE)).astype("float32") / 255
    coarse = generator.uniform(30, 225, (5, 5, 3)).astype("float32")
    ground = cv2.resize(coarse, (SIZE, SIZE), interpolation=cv2.INTER_CUBIC)
    image = image * generator.uniform(0.6, 1.3, 3)
    mixed = image * mask[..., None] + ground * (1 - mask[..., None])
    return images.to_uint8(mixed)


def look(folder):
    """Runs `find_problems` in a process of its own; returns its figures."""
    words = [sys.executable, "-m", "benchmarks.cleaning", "--look", str(folder)]
    output = subprocess.run(words, check=True, capture_output=True, text=True)
    return json.loads(output.stdout.splitlines()[-1])


def look_here(folder):
    seconds, last = {}, [None, time.process_time()]

    def progress(stage, done, total):
        now = time.process_time()
        seconds[stage] = seconds.get(stage, 0) + now - last[1]
        last[:] = stage, now

    start = time.perf_counter()
    report = data.find_problems(folder, progress=progress)
    total = time.perf_counter() - start
    copies = {int(path[-10:-4]) for path in report.paths("near_duplicate")}
    planted = set(range(COPY_EVERY - 1, report.num_pictures, COPY_EVERY))
    # A copy may be kept, and its original go, where it has more bytes.
    originals = {index - COPY_EVERY // 2 for index in planted}
    found = sum(
        bool({index, index - COPY_EVERY // 2} & copies) for index in planted
    )
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return {
        "seconds": round(total, 1),
        "processor seconds": round(usage.ru_utime + usage.ru_stime, 1),
        **{stage: round(seconds.get(stage, 0), 1) for stage in STAGES},
        "MB": round(usage.ru_maxrss / 1e3),
        "copies found": f"{found} of {len(planted)}",
        "false copies": len(copies - planted - originals),
        "flagged": len(report.findings),
    }


if __name__ == "__main__":
    if sys.argv[1:2] == ["--look"]:
        print(json.dumps(look_here(sys.argv[2])))
    else:
        for row in main([int(word) for word in sys.argv[1:]] or COUNTS):
            print(row, flush=True)
