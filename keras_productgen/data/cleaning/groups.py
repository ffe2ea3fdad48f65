"""Groups of copies, and the one of each that is kept."""

import numpy as np


def components(count, pairs):
    """Numbers the groups that pairs join, however long the chain.

    Args:
        count: How many things there are.
        pairs: Iterable of `(first, second)`.

    Returns:
        int64 array `(count,)`: the smallest member of the group of each.
    """
    parents = list(range(count))

    def root(index):
        while parents[index] != index:
            parents[index] = parents[parents[index]]
            index = parents[index]
        return index

    for first, second in pairs:
        low, high = sorted((root(first), root(second)))
        parents[high] = low
    return np.array([root(index) for index in range(count)], "int64")


def copies_of_kept(pairs, rank):
    """Decides which pictures go, so that each has a copy that stays.

    The best picture stays, and those that are copies of it go. A copy of a
    copy that is itself no copy of the best one stays: a chain of small
    changes does not carry away what is different in the end.

    Args:
        pairs: List of `(first, second)`.
        rank: Function of a picture to a key; the smallest is the best.

    Returns:
        Dict of those that go to the one that stays for each.
    """
    others = {}
    for first, second in pairs:
        others.setdefault(first, set()).add(second)
        others.setdefault(second, set()).add(first)
    twins, kept = {}, set()
    for picture in sorted(others, key=rank):
        if picture in twins:
            continue
        kept.add(picture)
        for other in others[picture] - kept:
            twins.setdefault(other, picture)
    return twins
