"""Studio shots at 1000 pixels: seconds a stage, and pictures a second.

Photos brought to 216 x 288, to 1000 x 1333 and to 3000 x 4000 pixels, the last
with the noise of a phone: the first by the hash of their names, of a folder
that is given, else products rendered at 1024 pixels. Small photos, enlarged,
are blurred: these are mended, tried again, and mostly rejected. Medians over
photos, by the clock, one after the other; `cpu` is the processor time of all
threads, `made` how many were accepted. Pictures a second are those of a folder
with two workers, report and sheet included. One thread of OpenCV; reading and
writing of files included.

    python -m benchmarks.studio_shot [folder of photos] [number]
"""

import hashlib
import pathlib
import statistics
import sys
import tempfile
import time

import cv2
import numpy as np

from keras_productgen import data
from keras_productgen import images
from keras_productgen.pipeline import StudioShot

NUMBER = 12
SIZES = {
    "216 x 288": (288, 216),
    "1000 x 1333": (1333, 1000),
    "3000 x 4000": (4000, 3000),
}
# Levels from 0, of photos of more pixels than that.
NOISE, LARGE = 6, 10_000_000


def photos_of(folder, number):
    if not folder:
        catalog = data.ProductCatalog(1024, seed=2, num_items=number)
        return [catalog[index].image for index in range(number)]
    paths = sorted(
        pathlib.Path(folder).rglob("*.jpg"),
        key=lambda path: hashlib.sha256(path.name.encode()).hexdigest(),
    )
    return [images.load(path) for path in paths[:number]]


def sized(photo, size):
    """A photo at a size; a large one with noise, so that its file is large."""
    made = images.resize(photo, size)
    if made.shape[0] * made.shape[1] < LARGE:
        return made
    noise = np.random.default_rng(0).integers(0, NOISE, made.shape, "uint8")
    return cv2.add(made, noise)


def shot_of(shot, photo, folder):
    """A dict of the seconds of each stage, and of all from file to file."""
    path = pathlib.Path(folder, "photo.jpg")
    images.save(path, photo)
    start, cpu = time.perf_counter(), time.process_time()
    result = shot(path)
    if result.image is not None:
        result.save(pathlib.Path(folder, "made"))
    whole = time.perf_counter() - start
    stages = {stage.name: stage.seconds for stage in result.report.stages}
    cpu = time.process_time() - cpu
    made = result.image is not None
    return stages | {"whole": whole, "cpu": cpu, "made": made}


def rate_of(shot, photos, size, folder):
    """Pictures a second of a whole folder, with two workers."""
    for index, photo in enumerate(photos):
        path = pathlib.Path(folder, "photos", f"{index}.jpg")
        images.save(path, sized(photo, size))
    start = time.perf_counter()
    shot.run(pathlib.Path(folder, "photos"), pathlib.Path(folder, "shop"))
    return len(photos) / (time.perf_counter() - start)


def main(folder=None, number=NUMBER):
    """Measures photos of all sizes in turns, then folders of them.

    Returns:
        List of dicts, one a size: medians of seconds, by stages, and
        "pictures_per_second".
    """
    cv2.setNumThreads(1)
    shot = StudioShot()
    photos = photos_of(folder, int(number))
    found = {name: [] for name in SIZES}
    with tempfile.TemporaryDirectory() as made:
        warm_up(shot, made)
        for photo in photos:
            for name, size in SIZES.items():
                found[name].append(shot_of(shot, sized(photo, size), made))
    rows = []
    for name, size in SIZES.items():
        with tempfile.TemporaryDirectory() as made:
            rate = round(rate_of(shot, photos, size, made), 2)
        rows.append(_row(name, found[name]) | {"pictures_per_second": rate})
    return rows


def warm_up(shot, folder):
    """The first call loads networks, that of noise too."""
    warm = data.ProductCatalog(288, seed=1)[0].image
    warm = images.to_uint8(data.degradation.GaussianNoise(30.0)(warm, 0))
    for size in SIZES.values():
        shot_of(shot, sized(warm, size), folder)


def _row(name, rows):
    # A rejected photo has no further stages.
    names = dict.fromkeys(key for row in rows for key in row)
    medians = {
        key: round(statistics.median([r[key] for r in rows if key in r]), 3)
        for key in names
    }
    made = sum(row["made"] for row in rows)
    return {"photo": name} | medians | {"made": f"{made} of {len(rows)}"}


if __name__ == "__main__":
    for row in main(*sys.argv[1:3]):
        print(" | ".join(f"{key} {value}" for key, value in row.items()))
