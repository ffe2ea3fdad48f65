"""Augmented pictures per second, from one folder of JPEGs.

Ours beside Keras' former class, beside Keras' own layers on
`image_dataset_from_directory`, and beside albumentations where it is
installed. They take turns in one process; the medians are compared.

    python -m benchmarks.augmentation [folder] [rounds]
"""

import contextlib
import importlib.util
import io
import itertools
import pathlib
import statistics
import sys
import tempfile
import time
import warnings

import cv2
import keras
import numpy as np
from PIL import Image

from keras_productgen.augmentation import ImageDataGenerator

PHOTOS = pathlib.Path(__file__).parents[1] / "../shared/data/clothing/train"
SIZE, BATCH_SIZE = (150, 150), 32
# What tutorials of the former class ask for.
RANGES = {
    "rescale": 1 / 255,
    "rotation_range": 40,
    "width_shift_range": 0.2,
    "height_shift_range": 0.2,
    "shear_range": 0.2,
    "zoom_range": 0.2,
    "horizontal_flip": True,
    "fill_mode": "nearest",
}


def main(folder=None, rounds=5, seconds=2.0):
    """Measures in turns.

    Args:
        folder: folder of one folder a class; by default the clothing photos
            where they are, else 600 made-up pictures.
        rounds: int, how many turns each has.
        seconds: float, how long a turn is.

    Returns:
        List of dicts: "name", "pictures_per_second" (median),
        "spread" (lowest and highest) and "times_former_class" (the median
        over rounds of the ratio within the round).
    """
    with contextlib.ExitStack() as stack:
        folder = folder or (PHOTOS if PHOTOS.is_dir() else None)
        if folder is None:
            folder = stack.enter_context(tempfile.TemporaryDirectory())
            write_pictures(pathlib.Path(folder))
        stack.enter_context(warnings.catch_warnings())
        warnings.simplefilter("ignore", DeprecationWarning)
        readers = readers_of(str(folder))
        for batches in readers.values():
            next(batches)
        rates = {name: [] for name in readers}
        for _ in range(rounds):
            for name, batches in readers.items():
                rates[name].append(pictures_per_second(batches, seconds))
    return [row(name, rates) for name in readers]


def readers_of(folder):
    """Endless batches by name."""
    readers = {
        "ImageDataGenerator": our_batches(folder),
        "former class": former_class_batches(folder),
        "Keras layers": layer_batches(folder),
    }
    if importlib.util.find_spec("albumentations"):
        readers["albumentations"] = albumentations_batches(folder)
    return readers


def our_batches(folder):
    return ImageDataGenerator(**RANGES).flow_from_directory(
        folder, SIZE, batch_size=BATCH_SIZE, seed=0
    )


def former_class_batches(folder):
    from tensorflow.keras.preprocessing import image

    with contextlib.redirect_stdout(io.StringIO()):
        return image.ImageDataGenerator(**RANGES).flow_from_directory(
            folder, SIZE, batch_size=BATCH_SIZE, seed=0
        )


def layer_batches(folder):
    import tensorflow as tf

    layers = keras.Sequential(
        [
            keras.layers.RandomRotation(40 / 360, fill_mode="nearest"),
            keras.layers.RandomTranslation(0.2, 0.2, fill_mode="nearest"),
            keras.layers.RandomShear(0.0035, 0.0, fill_mode="nearest"),
            keras.layers.RandomZoom(0.2, 0.2, fill_mode="nearest"),
            keras.layers.RandomFlip("horizontal"),
            keras.layers.Rescaling(1 / 255),
        ]
    )
    dataset = keras.utils.image_dataset_from_directory(
        folder,
        image_size=SIZE,
        batch_size=BATCH_SIZE,
        label_mode="categorical",
        seed=0,
        verbose=False,
    )
    dataset = dataset.map(
        lambda images, labels: (layers(images, training=True), labels),
        num_parallel_calls=tf.data.AUTOTUNE,
    )
    return iter(dataset.repeat().prefetch(tf.data.AUTOTUNE).as_numpy_iterator())


def albumentations_batches(folder):
    import albumentations

    change = albumentations.Compose(
        [
            albumentations.Resize(*SIZE),
            albumentations.Affine(
                rotate=(-40, 40),
                translate_percent=(-0.2, 0.2),
                shear=(-0.2, 0.2),
                scale=(0.8, 1.2),
                border_mode=cv2.BORDER_REPLICATE,
                p=1.0,
            ),
            albumentations.HorizontalFlip(),
        ]
    )
    paths = np.random.RandomState(0).permutation(
        sorted(str(path) for path in pathlib.Path(folder).rglob("*.jpg"))
    )
    endless = itertools.cycle(paths)
    while True:
        batch = [
            change(image=cv2.imread(path, cv2.IMREAD_COLOR_RGB))["image"]
            for path in itertools.islice(endless, BATCH_SIZE)
        ]
        yield np.stack(batch) * np.float32(1 / 255)


def pictures_per_second(batches, seconds):
    count, start = 0, time.perf_counter()
    while time.perf_counter() < start + seconds:
        batch = next(batches)
        count += len(batch[0] if isinstance(batch, tuple) else batch)
    return count / (time.perf_counter() - start)


def row(name, rates):
    ratios = [a / b for a, b in zip(rates[name], rates["former class"])]
    return {
        "name": name,
        "pictures_per_second": statistics.median(rates[name]),
        "spread": (min(rates[name]), max(rates[name])),
        "times_former_class": statistics.median(ratios),
    }


def write_pictures(folder, count=600):
    """Smooth random pictures of two classes, 288 pixels high."""
    random = np.random.RandomState(0)
    for k in range(count):
        coarse = random.randint(0, 256, (9, 7, 3)).astype(np.uint8)
        picture = Image.fromarray(coarse).resize((216, 288), Image.BICUBIC)
        path = folder / "ab"[k % 2] / f"{k}.jpg"
        path.parent.mkdir(exist_ok=True)
        picture.save(path, quality=90)


if __name__ == "__main__":
    arguments = sys.argv[1:]
    for line in main(
        arguments[0] if arguments else None,
        rounds=int(arguments[1]) if len(arguments) > 1 else 5,
    ):
        low, high = line["spread"]
        print(
            f"{line['name']:20} {line['pictures_per_second']:7.0f} pictures/s "
            f"({low:.0f} to {high:.0f}), "
            f"{line['times_former_class']:.2f} x the former class"
        )
