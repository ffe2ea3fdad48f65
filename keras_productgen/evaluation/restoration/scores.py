"""Figures of one method on one test, and what it gains."""

import dataclasses

import numpy as np

from keras_productgen import metrics
from keras_productgen.evaluation.restoration.candidates import CLASSICAL

# Equal pictures count as this, so that means stay finite.
MOST_DECIBELS = 100.0
NUM_RESAMPLES = 2000
SSIM_SIDE = 11


@dataclasses.dataclass(frozen=True)
class RestorationScore:
    """What one method reached on one test.

    Args:
        task: str.
        test: str, name of the test.
        method: str.
        kind: str, `"damaged"`, `"classical"` or `"model"`.
        psnr: float, mean of the pictures' PSNR in dB; in the holes alone where
            these were filled.
        ssim: float, mean of the pictures' SSIM; not a number where they are
            smaller than its window.
        gain: float, PSNR over that of the best classical method, in dB.
        gain_interval: pair of floats, 95 % interval of `gain` by drawing
            pictures with replacement.
        seconds_per_megapixel: float, median over the pictures, of clean ones.
        psnr_of_each: list of floats, a picture each.
    """

    task: str
    test: str
    method: str
    kind: str
    psnr: float
    ssim: float
    gain: float
    gain_interval: tuple
    seconds_per_megapixel: float
    psnr_of_each: list


def compared(protocol, clean, made, missing):
    """Returns `(psnr, ssim)` of a restored picture.

    Args:
        protocol: `Protocol`.
        clean: uint8 array `(height, width, 3)`.
        made: uint8 array of that shape.
        missing: bool `(height, width)` or None.
    """
    pair = clean[None], made[None]
    settings = {"luma": protocol.luma, "crop_border": protocol.border}
    mask = None if missing is None else missing[None, ..., None]
    psnr = float(metrics.psnr(*pair, mask=mask, **settings)[0])
    ssim = float("nan")
    if min(clean.shape[:2]) >= SSIM_SIDE + 2 * protocol.border:
        ssim = float(metrics.ssim(*pair, **settings)[0])
    return min(psnr, MOST_DECIBELS), ssim


def scores_of(protocol, measured, seed):
    """Returns a `RestorationScore` for each candidate.

    Args:
        protocol: `Protocol`.
        measured: dict from candidates to arrays `(num_images, 3)`: PSNR, SSIM,
            seconds per megapixel.
        seed: int, of the intervals.
    """
    means = {
        candidate: rows[:, 0].mean()
        for candidate, rows in measured.items()
        if candidate.kind == CLASSICAL
    }
    best = max(means, key=means.get, default=None)
    scores = []
    for candidate, rows in measured.items():
        gain, interval = float("nan"), (float("nan"), float("nan"))
        if best is not None:
            gains = rows[:, 0] - measured[best][:, 0]
            gain, interval = float(gains.mean()), bootstrap(gains, seed)
        scores.append(
            RestorationScore(
                protocol.task,
                protocol.name,
                candidate.name,
                candidate.kind,
                float(rows[:, 0].mean()),
                float(rows[:, 1].mean()),
                gain,
                interval,
                float(np.median(rows[:, 2])),
                rows[:, 0].tolist(),
            )
        )
    return scores


def bootstrap(values, seed, level=0.95):
    """Interval `(low, high)` of a mean, by drawing values with replacement.

    Args:
        values: float array `(num_values,)`.
        seed: int.
        level: float, how often the interval should hold the truth.

    Reference:
    - [Efron, 1979](https://doi.org/10.1214/aos/1176344552)
    """
    if len(values) < 2:
        return float("nan"), float("nan")
    generator = np.random.default_rng(seed)
    shape = (NUM_RESAMPLES, len(values))
    means = values[generator.integers(len(values), size=shape)].mean(1)
    tail = 50.0 * (1.0 - level)
    low, high = np.percentile(means, [tail, 100.0 - tail])
    return float(low), float(high)
