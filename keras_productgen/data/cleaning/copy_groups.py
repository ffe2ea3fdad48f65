"""Pairs of copies among the pictures of a folder."""

import os

import numpy as np

from keras_productgen.data.cleaning import copies
from keras_productgen.data.cleaning.problems import opened_analysis
from keras_productgen.images.headers import MAX_PIXELS


def copy_pairs(root, paths, thresholds, encoder, cache, workers, progress):
    """Finds the pairs of copies, exact and near, among some pictures.

    Args:
        root: Their folder.
        paths: Their paths, relative to it.
        thresholds: `CleaningThresholds`.
        encoder, cache, workers, progress: As in `find_problems`.

    Returns:
        List of pairs of places in `paths`. Of many exact copies each is in a
        pair with the first one.
    """
    progress = progress or (lambda stage, done, total: None)
    workers = workers or os.cpu_count()
    places = {path: place for place, path in enumerate(paths)}
    with opened_analysis(
        root, encoder, cache, None, workers, MAX_PIXELS, progress, paths
    ) as analysis:
        pairs = exact_pairs(analysis)
        chosen = np.ones(len(analysis), bool)
        chosen[[second for _, second in pairs]] = False
        chosen &= analysis.records["deviation"] >= thresholds.blank
        pairs += [
            (first, second)
            for first, second, likeness in copies.likenesses(
                analysis, chosen, workers, progress
            )
            if likeness.is_copy(thresholds)
        ]
        found = [(analysis.paths[a], analysis.paths[b]) for a, b in pairs]
    return [(places[first], places[second]) for first, second in found]


def exact_pairs(analysis):
    """Pairs of pictures with the same file or pixels, each with the first."""
    firsts, pairs = {}, []
    for number in range(len(analysis)):
        pixels = analysis.records["pixels"][number].tobytes()
        first = firsts.setdefault(pixels, number)
        if first != number:
            pairs.append((first, number))
    return pairs
