"""Judges the shipped encoder on photos it has never seen.

    python -m benchmarks.encoder ../shared/data/clothing

Takes four minutes on two busy processor cores. The folder holds
`train/<class>/*.jpg` and `validation/<class>/*.jpg`.
"""

import argparse
import pathlib

import cv2
import keras
import numpy as np

from keras_productgen import encoders
from keras_productgen import images
from keras_productgen.data import ProductCatalog
from keras_productgen.encoders import extract
from keras_productgen.metrics import kid_between

SIZE = 64
NUM_PHOTOS = 1500


def blurred(photos, sigma):
    return np.array([cv2.GaussianBlur(x, (0, 0), sigma) for x in photos])


def noisy(photos, deviation):
    generator = np.random.default_rng(0)
    noise = generator.normal(0.0, deviation, photos.shape)
    return np.clip(photos + noise, 0, 255).astype("uint8")


def crushed(photos, quality):
    options = [cv2.IMWRITE_JPEG_QUALITY, quality]
    files = [cv2.imencode(".jpg", x[..., ::-1], options)[1] for x in photos]
    return np.array([images.decode(file.tobytes()) for file in files])


def washed_out(photos, strength):
    return (photos * (1.0 - strength) + 128.0 * strength).astype("uint8")


def mixed(photos, share):
    """Puts catalogue pictures in the place of a share of the photos."""
    catalog = ProductCatalog(SIZE, seed=99)
    photos = photos.copy()
    for place in range(round(share * len(photos))):
        photos[place] = catalog[place].image
    return photos


def collapsed(photos, num_kept):
    """A generator that has only ever learned a few of the photos."""
    return photos[np.arange(len(photos)) % num_kept]


LADDERS = {
    "blur, sigma in pixels of 64": (blurred, (0.4, 0.7, 1.0, 1.5, 2.5)),
    "noise, deviation of 255": (noisy, (3, 8, 15, 30, 60)),
    "JPEG, quality": (crushed, (80, 50, 25, 10, 5)),
    "contrast lost, share": (washed_out, (0.1, 0.2, 0.4, 0.6, 0.8)),
    "catalogue mixed in, share": (mixed, (0.1, 0.25, 0.5, 0.75, 1.0)),
    "collapse, photos left": (collapsed, (500, 100, 30, 10, 3)),
}


def read(folder):
    """Returns the photos, as the encoder sees them, and their classes."""
    paths = sorted(pathlib.Path(folder).glob("*/*.jpg"))
    names = sorted({path.parent.name for path in paths})
    photos = [images.load_resized(path, SIZE) for path in paths]
    labels = [names.index(path.parent.name) for path in paths]
    return np.array(photos), np.array(labels)


def print_ladders(encoder, photos):
    order = np.random.default_rng(0).permutation(len(photos))
    real, other = np.array_split(photos[order][: 2 * NUM_PHOTOS], 2)
    same = kid_between(real, other, encoder)
    print(f"| none | {same.mean:.4f} ± {same.standard_deviation:.4f} | |")
    for name, (spoil, amounts) in LADDERS.items():
        distances = [
            kid_between(real, spoil(other, amount), encoder).mean
            for amount in amounts
        ]
        cells = [f"{a}: {kid:.3f}" for a, kid in zip(amounts, distances)]
        rises = [same.mean, *distances] == sorted([same.mean, *distances])
        print(f"| {name} | {', '.join(cells)} | {'yes' if rises else 'NO'} |")


def linear_probe(train_x, train_y, test_x, test_y):
    """Ridge regression on one-hot classes, strength by a held-out tenth."""
    mean, deviation = train_x.mean(0), train_x.std(0) + 1e-6
    train_x, test_x = (train_x - mean) / deviation, (test_x - mean) / deviation
    order = np.random.default_rng(0).permutation(len(train_x))
    held, kept = np.split(order, [len(order) // 10])
    best = max(
        10.0 ** np.arange(0, 7),
        key=lambda strength: _ridge_accuracy(
            train_x[kept], train_y[kept], train_x[held], train_y[held], strength
        ),
    )
    return _ridge_accuracy(train_x, train_y, test_x, test_y, best)


def _ridge_accuracy(train_x, train_y, test_x, test_y, strength):
    targets = np.eye(10)[train_y]
    offset = targets.mean(0)
    if train_x.shape[1] > len(train_x):  # The dual problem is the smaller.
        gram = train_x @ train_x.T + strength * np.eye(len(train_x))
        weights = train_x.T @ np.linalg.solve(gram, targets - offset)
    else:
        gram = train_x.T @ train_x + strength * np.eye(train_x.shape[1])
        weights = np.linalg.solve(gram, train_x.T @ (targets - offset))
    predictions = (test_x @ weights + offset).argmax(1)
    return (predictions == test_y).mean()


def neighbors(train_x, train_y, test_x, test_y, count=10):
    """Vote of the nearest photos by cosine of the standardized features."""
    mean, deviation = train_x.mean(0), train_x.std(0) + 1e-6
    train_x, test_x = (train_x - mean) / deviation, (test_x - mean) / deviation
    train_x /= np.linalg.norm(train_x, axis=1, keepdims=True)
    nearest = np.argsort(-(test_x @ train_x.T), axis=1)[:, :count]
    votes = [np.bincount(train_y[row], minlength=10) for row in nearest]
    return (np.argmax(votes, axis=1) == test_y).mean()


def print_probes(candidates, train, test):
    (train_photos, train_y), (test_photos, test_y) = train, test
    for name, features_of in candidates.items():
        sets = (
            features_of(train_photos), train_y, features_of(test_photos), test_y
        )  # fmt: skip
        linear, nearest = linear_probe(*sets), neighbors(*sets)
        print(f"| {name} | {linear:.1%} | {nearest:.1%} |")


def raw_pixels(photos, size=32):
    small = [images.resize(photo, size) for photo in photos]
    return np.array(small, "float32").reshape(len(photos), -1) / 255.0


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=pathlib.Path)
    folder = parser.parse_args().folder
    train, test = read(folder / "train"), read(folder / "validation")
    encoder = encoders.load()
    keras.utils.set_random_seed(0)
    untrained = encoders.product_encoder()
    print_ladders(encoder, train[0])
    candidates = {
        "the encoder": lambda photos: extract(encoder, photos),
        "its architecture, untrained": lambda p: extract(untrained, p),
        "raw pixels, 32 x 32": raw_pixels,
    }
    print_probes(candidates, train, test)


if __name__ == "__main__":
    main()
