"""Pictures with references compared per second, beside torchmetrics.

Batches of 16 RGB pictures of 256 x 256, float32, in memory, one number a
picture. Ours is measured as a plain call of the function with NumPy arrays, and
compiled by `tf.function`, as `fit()` and `evaluate()` run it, with tensors;
theirs are plain calls with tensors, the only way it has. They take turns in one
process, each of 20 ms or a call, after a call that is not counted;
`times_theirs` is the median over rounds of the ratio of our speed to theirs,
and both mean scores stand beside. Their SSIM counts mirrored borders too, and
their MS-SSIM takes all channels at once: scores differ a little from ours,
which are scikit-image's and TensorFlow's.

    python -m benchmarks.metrics [rounds]

`benchmarks/distribution_metrics.py` has FID, KID and the inception score.
"""

import functools
import statistics
import sys
import time

import cv2
import numpy as np

from keras_productgen import metrics

BATCH_SIZE, IMAGE_SIZE = 16, 256
TURN_SECONDS = 0.02


def main(rounds=15, batch_size=BATCH_SIZE, image_size=IMAGE_SIZE):
    """Measures in turns.

    Args:
        rounds: int, how many turns each has.
        batch_size: int.
        image_size: int, at least 176.

    Returns:
        List of dicts: "name", "pictures_per_second" and "theirs" (medians),
        "times_theirs" with its "spread", and the mean scores.
    """
    pictures = picture_pair(batch_size, image_size)
    rows = []
    for name, (ours, theirs) in CONTESTS.items():
        ways = ours_and_theirs(ours, theirs(), pictures)
        scores = {way: float(call().mean()) for way, call in ways.items()}
        speeds = {way: [] for way in ways}
        for _ in range(rounds):
            for way, call in ways.items():
                speeds[way].append(batch_size / seconds_of_turn(call))
        for way in ("compiled", "plain call"):
            rows.append(row(f"{name}, {way}", way, speeds, scores))
    return rows


def ours_and_theirs(ours, theirs, pictures):
    """Functions without arguments, by name, that return numpy arrays."""
    import tensorflow as tf
    import torch

    tensors = [tf.constant(batch) for batch in pictures]
    channels_first = [
        torch.from_numpy(batch).permute(0, 3, 1, 2).contiguous()
        for batch in pictures
    ]
    compiled = tf.function(lambda *pictures: ours(*pictures))
    return {
        "compiled": lambda: compiled(*tensors).numpy(),
        "plain call": lambda: ours(*pictures).numpy(),
        "theirs": lambda: theirs(*channels_first[::-1]).numpy(),
    }


def seconds_of_turn(call):
    """Mean seconds of a call, after a first that is not counted.

    The threads of the library that had the turn before may still spin.
    """
    call()
    calls = 0
    start = time.perf_counter()
    while (seconds := time.perf_counter() - start) < TURN_SECONDS:
        call()
        calls += 1
    return seconds / calls


def row(name, way, speeds, scores):
    ratios = [a / b for a, b in zip(speeds[way], speeds["theirs"])]
    return {
        "name": name,
        "pictures_per_second": statistics.median(speeds[way]),
        "theirs": statistics.median(speeds["theirs"]),
        "times_theirs": statistics.median(ratios),
        "spread": (min(ratios), max(ratios)),
        "our_score": scores[way],
        "their_score": scores["theirs"],
    }


def picture_pair(count, size):
    """Smooth shades with a product, and the same with noise, float32."""
    generator = np.random.default_rng(0)
    pictures = []
    for _ in range(count):
        coarse = generator.uniform(40, 255, (9, 9, 3)).astype("float32")
        picture = cv2.resize(coarse, (size, size), cv2.INTER_CUBIC)
        color = generator.uniform(0, 255, 3).tolist()
        cv2.circle(picture, (size // 2, size // 2), size // 3, color, -1)
        pictures.append(picture)
    reference_images = np.clip(np.stack(pictures), 0, 255).round()
    noise = generator.normal(0.0, 10.0, reference_images.shape)
    images = np.clip(reference_images + noise, 0, 255).round()
    return reference_images.astype("float32"), images.astype("float32")


def their_psnr():
    from torchmetrics.functional.image import peak_signal_noise_ratio

    return functools.partial(
        peak_signal_noise_ratio,
        data_range=255.0,
        reduction="none",
        dim=(1, 2, 3),
    )


def their_ssim():
    from torchmetrics.functional.image import (
        structural_similarity_index_measure,
    )

    return functools.partial(
        structural_similarity_index_measure, data_range=255.0, reduction="none"
    )


def their_multiscale_ssim():
    from torchmetrics.functional.image import (
        multiscale_structural_similarity_index_measure,
    )

    return functools.partial(
        multiscale_structural_similarity_index_measure,
        data_range=255.0,
        reduction="none",
    )


CONTESTS = {
    "PSNR": (metrics.psnr, their_psnr),
    "SSIM": (metrics.ssim, their_ssim),
    "MS-SSIM": (metrics.multiscale_ssim, their_multiscale_ssim),
}


if __name__ == "__main__":
    for line in main(int(sys.argv[1]) if len(sys.argv) > 1 else 15):
        print(
            "{name:20} {pictures_per_second:7.0f} pictures/s, theirs "
            "{theirs:6.0f}, {times_theirs:5.1f} x; scores {our_score:.5g} and "
            "{their_score:.5g}".format(**line)
        )
