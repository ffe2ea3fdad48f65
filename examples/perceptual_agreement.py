"""How often a distance between pictures finds the one that changed less."""

import damages
import numpy as np
from keras import ops
from perceptual_pairs import KINDS
from perceptual_pairs import pairs_of
from perceptual_pairs import squared_error
from skimage.metrics import structural_similarity

from keras_productgen.similarity.features import channel_differences


def differences(network, pairs, batch_size=16):
    """Channel by channel, `(num_pairs, 2, channels)`: of less and of more."""
    rows = []
    for first in range(0, len(pairs), batch_size):
        some = pairs[first : first + batch_size]
        references, less, more = (
            maps_of(network, [pair[place] for pair in some])
            for place in range(3)
        )
        both = [
            np.concatenate(
                [
                    ops.convert_to_numpy(stage)
                    for stage in channel_differences(references, changed)
                ],
                axis=1,
            )
            for changed in (less, more)
        ]
        rows.append(np.stack(both, axis=1))
    return np.concatenate(rows)


def maps_of(network, pictures):
    maps = network.maps(np.array(pictures, "float32"))
    return [ops.convert_to_numpy(stage) for stage in maps]


def baselines(pairs):
    """Mean squared error and 1 - SSIM, `(num_pairs, 2)` each."""
    errors = [
        [squared_error(pair[0].astype("float32"), x) for x in pair[1:3]]
        for pair in pairs
    ]
    similarities = [
        [structural_similarity(pair[0], x, channel_axis=-1) for x in pair[1:3]]
        for pair in pairs
    ]
    return np.array(errors), 1.0 - np.array(similarities)


def compared(network, pairs):
    """Share of pairs put in the right order: a row for each measure."""
    rows = differences(network, pairs)
    error, dissimilarity = baselines(pairs)
    distances = {
        "mean squared error": error,
        "SSIM": dissimilarity,
        "the encoder, all weights 1": rows.sum(-1),
        "**calibrated**": rows @ np.concatenate(network.weights),
    }
    kinds = np.array([pair.kind for pair in pairs])
    table = {}
    for name, distance in distances.items():
        right = distance[:, 1] > distance[:, 0]
        shares = [100 * right[kinds == kind].mean() for kind in KINDS]
        table[name] = [*shares, np.mean(shares)]
    return table


def as_markdown(title, pairs, table):
    counts = [sum(pair.kind == kind for pair in pairs) for kind in KINDS]
    head = [f"{kind} ({n})" for kind, n in zip(KINDS, counts)]
    lines = [
        f"| {title} | " + " | ".join([*head, "mean"]) + " |",
        "|---" * (len(head) + 2) + "|",
    ]
    for name, shares in table.items():
        cells = " | ".join(f"{share:.1f}" for share in shares)
        lines.append(f"| {name} | {cells} |")
    return "\n".join(lines) + "\n"


def tables(network, pictures):
    """Tables on pictures: with the damages of the calibration, and others."""
    texts = []
    for title, functions, seed in (
        ("damages as in the calibration", damages.TAUGHT, 1),
        ("damages left out of it", damages.HELD_OUT, 2),
    ):
        pairs = pairs_of(pictures, functions, seed)
        texts.append(as_markdown(title, pairs, compared(network, pairs)))
    return "\n".join(texts)
