"""How well the measures without an original find damages of known strength.

    python examples/judge_quality.py ../shared/data/clothing

The folder holds `validation/<class>/*.jpg`: photos that no measure was trained
on. Each is damaged with random strengths; the tables say how well the measures'
order agrees with that of the strengths (Spearman's rank correlation).

Cost: half a minute of a processor core.
"""

import pathlib
import sys

import cv2
import damages
import numpy as np
from scipy.stats import spearmanr
from train_quality import damaged
from train_quality import drawn_strengths

from keras_productgen import images
from keras_productgen import metrics
from keras_productgen.metrics.quality_network import DAMAGES


def photos(directory, size, count=120):
    paths = sorted(pathlib.Path(directory, "validation").glob("*/*.jpg"))
    order = np.random.default_rng(0).permutation(len(paths))[:count]
    return [images.load_resized(paths[i], size) for i in order]


def all_measures(pictures, batch_size=20):
    """Dict of arrays `(num_pictures,)`; larger means more of the damage."""
    rows = []
    for first in range(0, len(pictures), batch_size):
        batch = pictures[first : first + batch_size]
        quality = metrics.learned_quality(batch)._asdict()
        rows.append(
            {f"learned {name}": values for name, values in quality.items()}
            | {
                "sharpness, less": -metrics.sharpness(batch),
                "edge width": metrics.edge_width(batch),
                "noise level": metrics.noise_level(batch),
                "mean luma, less": -metrics.exposure(batch).mean_luma,
            }
        )
    return {
        name: np.concatenate([row[name] for row in rows]) for name in rows[0]
    }


def whole_levels(pictures):
    return np.array(pictures).round().astype("uint8")


def one_damage(pictures, name, generator):
    """Each picture with one damage; its strengths."""
    strengths = generator.uniform(0.0, 1.0, len(pictures))
    spoiled = [
        getattr(damages, name)(x.astype("float32"), strength, generator)
        for x, strength in zip(pictures, strengths)
    ]
    return whole_levels(spoiled), strengths


def several_damages(pictures, generator):
    strengths = np.array([drawn_strengths(generator) for _ in pictures])
    spoiled = [
        damaged(x.astype("float32"), row, generator)
        for x, row in zip(pictures, strengths)
    ]
    return whole_levels(spoiled), strengths


def correlations(found, strengths):
    return {
        name: spearmanr(values, strengths).statistic
        for name, values in found.items()
    }


def table_of_single_damages(pictures, generator):
    columns = {}
    for name in DAMAGES:
        spoiled, strengths = one_damage(pictures, name, generator)
        columns[name] = correlations(all_measures(spoiled), strengths)
    lines = ["| measure | " + " | ".join(DAMAGES) + " |", "|---" * 5 + "|"]
    for measure in columns["blur"]:
        cells = [f"{columns[name][measure]:.2f}" for name in DAMAGES]
        lines.append(f"| {measure} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def table_of_several_damages(pictures, generator):
    spoiled, strengths = several_damages(pictures, generator)
    found = all_measures(spoiled)
    lines = ["| truth | rank correlation | mean error |", "|---|---|---|"]
    truths = {name: strengths[:, i] for i, name in enumerate(DAMAGES)}
    truths["score"] = 100.0 * np.prod(1.0 - strengths, axis=1)
    for name, truth in truths.items():
        values = found[f"learned {name}"]
        rank = spearmanr(values, truth).statistic
        error = np.abs(values - truth).mean()
        lines.append(f"| {name} | {rank:.2f} | {error:.2f} |")
    return "\n".join(lines)


def table_of_noise(pictures, generator):
    """What `noise_level` finds where a known noise was added."""
    lines = ["| added | median | within 15 % |", "|---|---|---|"]
    for sigma in (0, 3, 6, 10, 20, 40):
        noise = generator.normal(0.0, sigma, np.shape(pictures))
        noisy = np.clip(pictures + noise, 0, 255)
        found = np.array(metrics.noise_level(whole_levels(noisy)))
        near = 100 * np.mean(np.abs(found - sigma) <= 0.15 * sigma)
        share = f"{near:.0f} %" if sigma else ""
        lines.append(f"| {sigma} | {np.median(found):.2f} | {share} |")
    return "\n".join(lines)


if __name__ == "__main__":
    cv2.setNumThreads(1)
    generator = np.random.default_rng(0)
    for size in (96, 192):
        pictures = photos(sys.argv[1], size)
        print(f"\n{len(pictures)} photos of {size} pixels\n")
        print(table_of_single_damages(pictures, generator))
        print()
        print(table_of_several_damages(pictures, generator))
    print()
    print(table_of_noise(pictures, generator))
