"""Whether a picture of one part comes back in another."""

import heapq
import os

import numpy as np

from keras_productgen.data.cleaning import copies
from keras_productgen.data.cleaning.problems import opened_analysis
from keras_productgen.data.cleaning.thresholds import CleaningThresholds
from keras_productgen.data.folder_scan import root_of
from keras_productgen.data.split_report import SplitCheck
from keras_productgen.data.split_table import read_split
from keras_productgen.images.headers import MAX_PIXELS


def check_split(
    directory: str | os.PathLike,
    manifest=None,
    thresholds=None,
    *,
    encoder="products",
    cache=None,
    workers=None,
    progress=None,
):
    """Looks for pictures that lie in two parts of a data set.

    Every picture is compared with every one of the other parts, by hashes and
    features, and the nearest pixel by pixel, whatever a split says of groups.
    Two photos of one product from different sides are no copies: those only
    the names of products can keep together.

    Args:
        directory: The folder. Without a manifest the folders right in it,
            such as `train` and `validation`, are the parts.
        manifest: optional CSV or JSONL file with a column `split`.
        thresholds: optional `CleaningThresholds`.
        encoder, cache, workers, progress: As in `find_problems`.

    Returns:
        A `SplitCheck`.

    Raises:
        ValueError: If there are fewer than two parts, or a picture lies
            beside their folders.
    """
    thresholds = thresholds or CleaningThresholds()
    progress = progress or (lambda stage, done, total: None)
    workers = workers or os.cpu_count()
    root = root_of(directory)
    sides = None if manifest is None else read_split(manifest, directory)
    paths = None if sides is None else list(sides)
    with opened_analysis(
        root, encoder, cache, None, workers, MAX_PIXELS, progress, paths
    ) as analysis:
        skipped = _skipped(analysis, sides)
        parts = [_part(path, sides) for path in analysis.paths]
        _check_parts(parts, analysis.paths)
        counts = {name: parts.count(name) for name in sorted(set(parts))}
        _check_counts(counts, directory)
        leaks, closest = _crossing(
            analysis, np.array(parts), thresholds, workers, progress
        )
    torn = _torn(sides)
    return SplitCheck(str(root), counts, leaks, closest, torn, skipped)


def _skipped(analysis, sides):
    """`(path, why)` of all that should be compared and cannot be."""
    found = {path: error for path, error, _ in analysis.unreadable}
    for path in set(sides or ()) - set(analysis.paths) - set(found):
        there = os.path.lexists(os.path.join(analysis.root, path))
        found[path] = "It is no picture." if there else "It is missing."
    return sorted(found.items())


def _part(path, sides):
    if sides is not None:
        return sides[path][0]
    first, slash, _ = path.partition("/")
    return first if slash else ""


def _check_parts(parts, paths):
    if "" in parts:
        raise ValueError(
            "Every picture must lie in the folder of its part, or have one in "
            f"the manifest. Received: {paths[parts.index('')]!r}"
        )


def _check_counts(counts, directory):
    if len(counts) < 2:
        raise ValueError(
            "The pictures must lie in at least two parts. Received: "
            f"directory={str(directory)!r} with {counts}"
        )


def _crossing(analysis, parts, thresholds, workers, progress, num_closest=50):
    """Returns the leaks, and the closest pairs, of `(path, path, score)`."""
    exact = _exact_leaks(analysis, parts)
    comparable = analysis.records["deviation"] >= thresholds.blank
    near, closest = [], []
    for first, second, likeness in copies.likenesses(
        analysis,
        comparable,
        workers,
        progress,
        lambda first, second: parts[first] != parts[second],
    ):
        pair = (likeness.detail, first, second)
        if likeness.is_copy(thresholds):
            near.append(pair)
        # Another colour is another product, however alike the cut.
        if likeness.chroma <= 2 * thresholds.chroma:
            heapq.heappush(closest, pair)
        if len(closest) > num_closest:
            heapq.heappop(closest)
    near = [pair for pair in near if pair[1:] not in exact]
    leaks = [(1.0, *pair) for pair in exact] + sorted(near, reverse=True)
    closest = sorted(set(closest) | set(leaks), reverse=True)[:num_closest]
    return _named(analysis, leaks), _named(analysis, closest)


def _exact_leaks(analysis, parts):
    """Pairs of pictures with the same pixels in two parts."""
    firsts, pairs = {}, set()
    for number in range(len(analysis)):
        pixels = analysis.records["pixels"][number].tobytes()
        for part, other in firsts.setdefault(pixels, {}).items():
            if part != parts[number]:
                pairs.add((other, number))
        firsts[pixels].setdefault(parts[number], number)
    return pairs


def _named(analysis, pairs):
    return [
        (analysis.paths[first], analysis.paths[second], round(float(score), 4))
        for score, first, second in pairs
    ]


def _torn(sides):
    """Names of groups whose pictures are in several parts."""
    found = {}
    for part, group in (sides or {}).values():
        if group:
            found.setdefault(group, set()).add(part)
    return sorted(group for group, parts in found.items() if len(parts) > 1)
