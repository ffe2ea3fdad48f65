"""Metrics of distributions beside torchmetrics, on the same given features.

Each takes 5,000 real and 5,000 generated feature vectors in batches of 50, and
computes its score. The encoder is left out on both sides: ours are given
features and predictions, torchmetrics a module that returns its input. Ours and
theirs take turns; `times_theirs` is the median over rounds of the ratio of
their time to ours, and both scores stand beside it. KID compares equal work:
the same number of subsets, or of blocks, of 1000.

    python -m benchmarks.distribution_metrics [rounds]
"""

import functools
import statistics
import sys
import time
import warnings

import keras
import numpy as np

from keras_productgen import metrics

NUM_IMAGES, BATCH_SIZE = 5000, 50
DIMS = (232, 2048)
SUBSET_SIZE, NUM_SUBSETS = 1000, 20
NUM_SPLITS = 10


def main(rounds=3, num_images=NUM_IMAGES, dims=DIMS):
    """Measures in turns.

    Args:
        rounds: int, how many turns each has.
        num_images: int, feature vectors of each kind.
        dims: ints, lengths of the feature vectors.

    Returns:
        List of dicts: "name", "dim", seconds of "ours" and "theirs" (medians),
        "times_theirs", and both scores.
    """
    rows = []
    with warnings.catch_warnings():
        # Theirs warns that KID keeps all features.
        warnings.simplefilter("ignore")
        for dim in dims:
            real, fake = (
                features(0, num_images, dim),
                features(1, num_images, dim),
            )
            for name, (ours, theirs) in PAIRS.items():
                rows.append(
                    {"name": name, "dim": dim}
                    | compare(ours, theirs, (real, fake), rounds)
                )
    return rows


def features(seed, num_images, dim):
    """Correlated features, as those of a network are."""
    generator = np.random.default_rng(seed)
    scales = np.linspace(1.5, 0.1, dim)
    rotation = np.random.default_rng(7).normal(size=(dim, dim)) / dim**0.5
    rows = generator.normal(size=(num_images, dim)) * scales @ rotation
    return (rows + 0.05 * seed).astype("float32")


def compare(ours, theirs, sets, rounds):
    seconds, scores = {ours: [], theirs: []}, {}
    for score in (ours, theirs):
        # Imports and first calls are not measured.
        score(*[features(seed, SUBSET_SIZE, 16) for seed in (0, 1)])
    for _ in range(rounds):
        for score in (ours, theirs):
            start = time.perf_counter()
            scores[score] = score(*sets)
            seconds[score].append(time.perf_counter() - start)
    ratios = [b / a for a, b in zip(seconds[ours], seconds[theirs])]
    return {
        "ours_seconds": statistics.median(seconds[ours]),
        "theirs_seconds": statistics.median(seconds[theirs]),
        "times_theirs": statistics.median(ratios),
        "our_score": scores[ours],
        "their_score": scores[theirs],
    }


def batches(*sets):
    for start in range(0, len(sets[0]), BATCH_SIZE):
        yield [rows[start : start + BATCH_SIZE] for rows in sets]


@functools.cache
def identity(dim):
    """A model that returns its features; a metric asks it for its length."""
    inputs = keras.Input((dim,))
    return keras.Model(inputs, keras.layers.Identity()(inputs))


@functools.cache
def torch_identity(dim):
    import torch

    class Identity(torch.nn.Module):
        num_features = dim

        def forward(self, features):
            return features

    return Identity()


def our_fid(real, fake):
    metric = metrics.FrechetInceptionDistance(identity(real.shape[1]))
    for some_real, some_fake in batches(real, fake):
        metric.update_features(some_real, some_fake)
    return float(metric.result())


def their_fid(real, fake):
    from torchmetrics.image.fid import FrechetInceptionDistance

    metric = FrechetInceptionDistance(torch_identity(real.shape[1]))
    return float(update_theirs(metric, real, fake).compute())


def our_kid(real, fake):
    return metrics.kid_over_subsets(real, fake, SUBSET_SIZE, NUM_SUBSETS).mean


def their_kid(real, fake, num_subsets=NUM_SUBSETS):
    from torchmetrics.image.kid import KernelInceptionDistance

    metric = KernelInceptionDistance(
        torch_identity(real.shape[1]), num_subsets, SUBSET_SIZE
    )
    return float(update_theirs(metric, real, fake).compute()[0])


def our_block_kid(real, fake):
    metric = metrics.BlockKernelInceptionDistance(
        identity(real.shape[1]), block_size=SUBSET_SIZE
    )
    for some_real, some_fake in batches(real, fake):
        metric.update_features(some_real, some_fake)
    return float(metric.result())


def their_block_kid(real, fake):
    return their_kid(real, fake, num_subsets=len(real) // SUBSET_SIZE)


def our_inception_score(_, fake):
    metric = metrics.InceptionScore(
        identity(fake.shape[1]), from_logits=True, num_splits=NUM_SPLITS
    )
    for (some_fake,) in batches(fake):
        metric.update_predictions(some_fake)
    return float(metric.result())


def their_inception_score(_, fake):
    import torch
    from torchmetrics.image.inception import InceptionScore

    metric = InceptionScore(torch_identity(fake.shape[1]), splits=NUM_SPLITS)
    for (some_fake,) in batches(fake):
        metric.update(torch.from_numpy(some_fake))
    return float(metric.compute()[0])


def update_theirs(metric, real, fake):
    import torch

    for some_real, some_fake in batches(real, fake):
        metric.update(torch.from_numpy(some_real), real=True)
        metric.update(torch.from_numpy(some_fake), real=False)
    return metric


PAIRS = {
    "FID": (our_fid, their_fid),
    f"KID, {NUM_SUBSETS} subsets": (our_kid, their_kid),
    "KID in blocks": (our_block_kid, their_block_kid),
    "inception score": (our_inception_score, their_inception_score),
}


if __name__ == "__main__":
    for line in main(int(sys.argv[1]) if len(sys.argv) > 1 else 3):
        print(
            "{name:16} of {dim:4} features: {ours_seconds:7.2f} s, theirs "
            "{theirs_seconds:7.2f} s, {times_theirs:5.1f} x; scores "
            "{our_score:.6g} and {their_score:.6g}".format(**line)
        )
