"""Reading a folder of photos: `image_folder` beside Keras' own loader.

Compares `kpg.data.image_folder` with
`keras.utils.image_dataset_from_directory(crop_to_aspect_ratio=True)`, in
alternating rounds in one process: opening the folder, a first epoch (nothing
cached), a later epoch. Keras' loader does not smooth before it shrinks; ours
does. Photos: the clothing photos where they are (longest side 288 px), and
synthetic ones of the size that a camera makes.

    python -m benchmarks.image_folder [directory]
"""

import pathlib
import statistics
import sys
import tempfile
import time

import cv2
import keras
import numpy as np

from keras_productgen import data
from keras_productgen import images

PHOTOS = pathlib.Path(__file__).parents[2] / "shared/data/clothing/train"
ROUNDS = 5


def main(directory=None):
    """Returns the measurements as rows `{"name", "value", "unit"}`."""
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        if directory is None:
            directory = PHOTOS
        if not pathlib.Path(directory).is_dir():
            directory = make_photos(folder / "small", 600, (288, 216))
        camera = make_photos(folder / "camera", 48, (2048, 1536))
        rows = []
        for image_size in (64, 150):
            rows += compare("photos", directory, image_size)
        return rows + compare("camera photos", camera, 64)


def make_photos(folder, count, size):
    """Writes `count` JPEGs of soft noise, no two alike, in two classes."""
    generator = np.random.default_rng(0)
    for index in range(count):
        coarse = generator.uniform(0, 255, (24, 18, 3)).astype("float32")
        photo = cv2.resize(coarse, size[::-1], interpolation=cv2.INTER_CUBIC)
        photo += generator.normal(0, 4, photo.shape)
        path = folder / f"class_{index % 2}" / f"{index:04}.jpg"
        images.save(path, photo, quality=90, subsampling=2)
    return folder


def open_ours(directory, image_size):
    return data.image_folder(directory, image_size, seed=0, cache=False)


def open_keras(directory, image_size):
    return keras.utils.image_dataset_from_directory(
        directory,
        image_size=(image_size, image_size),
        crop_to_aspect_ratio=True,
        seed=0,
        verbose=False,
    )


def compare(name, directory, image_size):
    seconds = {key: [] for key in ("open", "first epoch", "later epoch")}
    keras_seconds = {key: [] for key in seconds}
    cached = data.image_folder(directory, image_size, seed=0, cache=True)
    epoch_seconds(cached)
    for _ in range(ROUNDS):
        for opener, times in (
            (open_ours, seconds),
            (open_keras, keras_seconds),
        ):
            start = time.perf_counter()
            dataset = opener(directory, image_size)
            times["open"].append(time.perf_counter() - start)
            times["first epoch"].append(epoch_seconds(dataset))
        seconds["later epoch"].append(epoch_seconds(cached))
    # Keras keeps nothing: each of its epochs is a first one.
    keras_seconds["later epoch"] = keras_seconds["first epoch"]
    return [
        row(f"{name}, {image_size} px, {key}, {who}", key, times, cached)
        for key in seconds
        for who, times in (
            ("image_folder", seconds[key]),
            ("keras", keras_seconds[key]),
        )
    ]


def epoch_seconds(dataset):
    start = time.perf_counter()
    for _ in dataset:
        pass
    return time.perf_counter() - start


def row(name, key, times, dataset):
    median = statistics.median(times)
    if key == "open":
        return {"name": name, "value": round(median, 3), "unit": "s"}
    speed = round(dataset.num_images / median)
    return {"name": name, "value": speed, "unit": "pictures/s"}


if __name__ == "__main__":
    for line in main(*sys.argv[1:2]):
        print(f"{line['name']:<50} {line['value']:>10} {line['unit']}")
