"""Pairs of pictures that are copies, verified one by one."""

import concurrent.futures

import numpy as np

from keras_productgen.data.cleaning.matching import compare
from keras_productgen.data.cleaning.neighbors import Neighbors

_VIEWS = ((False,), (True,), (False, True))
# Pairs that a thread compares before it asks for more.
_SHARE = 64


def likenesses(analysis, chosen, workers, progress, allowed=None):
    """Yields `(first, second, Likeness)` of all pairs that may be copies.

    Args:
        analysis: `Analysis`.
        chosen: bool array, the pictures to compare.
        workers: Threads.
        progress: Function of `(stage, done, total)`.
        allowed: optional function of two arrays of numbers to a bool array.
    """
    candidates = Neighbors(analysis, chosen, allowed).pairs(progress)
    with concurrent.futures.ThreadPoolExecutor(workers) as pool:
        for firsts, seconds, flips in candidates:
            shares = [
                slice(start, start + _SHARE)
                for start in range(0, len(firsts), _SHARE)
            ]
            yield from _compared(pool, analysis, firsts, seconds, flips, shares)


def _compared(pool, analysis, firsts, seconds, flips, shares):
    results = pool.map(
        lambda s: _compare_share(analysis, firsts[s], seconds[s], flips[s]),
        shares,
    )
    for share, found in zip(shares, results):
        yield from zip(firsts[share].tolist(), seconds[share].tolist(), found)


def _compare_share(analysis, firsts, seconds, flips):
    numbers, places = np.unique(
        np.concatenate([firsts, seconds]), return_inverse=True
    )
    rows = analysis.store.pictures.take(analysis.rows[numbers])
    first_places, second_places = np.split(places, 2)
    return [
        compare(rows[first], rows[second], _VIEWS[flip])
        for first, second, flip in zip(first_places, second_places, flips)
    ]
