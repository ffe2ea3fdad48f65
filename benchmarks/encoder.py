"""Judges an encoder: do distances by it notice what an eye would notice?

    python -m benchmarks.encoder ../shared/data/clothing
    python -m benchmarks.encoder ../shared/data/clothing --encoder mine.keras

The folder holds `train/<class>/*.jpg` and `validation/<class>/*.jpg`. Prints
Markdown tables and draws `docs/pictures/encoder_sanity.png`, or `--plot`.
"""

import argparse
import pathlib
import warnings

import keras
import numpy as np

from benchmarks import encoder_probes as probes
from benchmarks.encoder_damage import LADDERS
from benchmarks.encoder_plot import plot_ladders
from keras_productgen import encoders
from keras_productgen import images
from keras_productgen.encoders import extract
from keras_productgen.evaluation import intervals
from keras_productgen.evaluation.kernel_distance import standard_error
from keras_productgen.metrics import frechet_inception_distance
from keras_productgen.metrics import kernel_inception_distance

SIZE = 64
NUM_HALVINGS = 200


def read(folder):
    """Returns the photos, as the encoder sees them, and their classes."""
    paths = sorted(pathlib.Path(folder).glob("*/*.jpg"))
    names = sorted({path.parent.name for path in paths})
    photos = [images.load_resized(path, SIZE) for path in paths]
    labels = [names.index(path.parent.name) for path in paths]
    return np.array(photos), np.array(labels)


def kid_of(real_features, fake_features):
    kid = kernel_inception_distance(real_features, fake_features)
    return float(keras.ops.convert_to_numpy(kid))


def distances(real_features, fake_features):
    """Returns KID and FID of two sets of features."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # A few kept photos make a poor FID.
        fid = frechet_inception_distance(real_features, fake_features)
    return kid_of(real_features, fake_features), float(fid)


def climb(encoder, photos, classes):
    """Returns `{damage: [(strength, kid, fid), ...]}`, undamaged first."""
    order = np.random.default_rng(0).permutation(len(photos))
    half, other = np.array_split(order, 2)
    real_features = extract(encoder, photos[half])
    photos, classes = photos[other], classes[other]
    same = ("none", *distances(real_features, extract(encoder, photos)))
    ladders = {}
    for name, (spoil, strengths) in LADDERS.items():
        ladders[name] = [same]
        for strength in strengths:
            features = extract(encoder, spoil(photos, classes, strength))
            step = (strength, *distances(real_features, features))
            ladders[name].append(step)
    return ladders


def print_ladders(ladders):
    print("\n| damage | KID, and FID in brackets | rises: KID | FID |")
    print("|---|---|---|---|")
    for name, steps in ladders.items():
        cells = [f"{s}: {kid:.3f} ({fid:.1f})" for s, kid, fid in steps]
        rises = [
            "yes" if list(values) == sorted(values) else "NO"
            for values in list(zip(*steps))[1:]
        ]
        print(f"| {name} | {', '.join(cells)} | {' | '.join(rises)} |")


def print_halvings(encoder, photos):
    """How often the interval between two halves of the photos holds 0."""
    features = extract(encoder, photos)
    generator = np.random.default_rng(1)
    found = []
    for _ in range(NUM_HALVINGS):
        one, other = np.array_split(generator.permutation(len(features)), 2)
        halves = features[one], features[other]
        kid = kid_of(*halves)
        error = standard_error(*halves)
        low, high = intervals.around(kid, error, len(other))
        found.append((kid, error, low <= 0.0 <= high))
    kids, errors, holds = np.array(found).T
    print(
        f"\n{NUM_HALVINGS} random halvings: KID {kids.mean():.5f} on average,"
    )
    print(f"deviation {kids.std():.5f}, from {kids.min():.5f} to ", end="")
    print(f"{kids.max():.5f}; the jackknife says {errors.mean():.5f}.")
    print(f"The 95 % interval holds 0 in {holds.mean():.1%} of them.")


def print_probes(encoder, train, test):
    untrained = encoders.product_encoder()
    candidates = {
        "the encoder": lambda photos: extract(encoder, photos),
        "its architecture, untrained": lambda p: extract(untrained, p),
        "raw pixels, 32 x 32": probes.raw_pixels,
    }
    (train_photos, train_y), (test_photos, test_y) = train, test
    print("\n| features | linear | neighbours |\n|---|---|---|")
    for name, features_of in candidates.items():
        sets = (
            features_of(train_photos), train_y, features_of(test_photos), test_y
        )  # fmt: skip
        linear, nearest = probes.linear_probe(*sets), probes.neighbors(*sets)
        print(f"| {name} | {linear:.1%} | {nearest:.1%} |")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--encoder", help="a file; otherwise the shipped one")
    parser.add_argument("--plot", default="docs/pictures/encoder_sanity.png")
    arguments = parser.parse_args()
    keras.utils.set_random_seed(0)
    path, folder = arguments.encoder, arguments.folder
    encoder = keras.saving.load_model(path) if path else encoders.load()
    print(encoders.describe(encoder))
    train, test = read(folder / "train"), read(folder / "validation")
    print_probes(encoder, train, test)
    ladders = climb(encoder, *train)
    print_ladders(ladders)
    plot_ladders(ladders, arguments.plot)
    print_halvings(encoder, train[0])


if __name__ == "__main__":
    main()
