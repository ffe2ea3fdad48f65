"""Everything that is wrong in a folder of pictures."""

import contextlib
import os
import pathlib
import tempfile

import numpy as np

from keras_productgen import encoders
from keras_productgen import images
from keras_productgen.data import folder_scan
from keras_productgen.data.cleaning import analysis as analyses
from keras_productgen.data.cleaning import copies
from keras_productgen.data.cleaning import findings as judging
from keras_productgen.data.cleaning import groups
from keras_productgen.data.cleaning.listing import is_named_as_picture
from keras_productgen.data.cleaning.listing import list_files
from keras_productgen.data.cleaning.outliers import outlier_scores
from keras_productgen.data.cleaning.report import CleaningReport
from keras_productgen.data.cleaning.store import AnalysisStore
from keras_productgen.data.cleaning.thresholds import CleaningThresholds
from keras_productgen.data.cleaning.watermarks import overlay_scores
from keras_productgen.images.headers import MAX_PIXELS


def find_problems(
    directory: str | os.PathLike,
    thresholds=None,
    *,
    encoder="products",
    cache=None,
    without=None,
    workers=None,
    max_pixels=MAX_PIXELS,
    progress=None,
):
    """Looks at every picture of a folder and says what is wrong, moving none.

    Finds copies (of the file, of the pixels, and near ones: compressed,
    scaled, cropped, brightened, mirrored, marked), blurred, dark, washed-out,
    clipped, blank, tiny and unreadable pictures, suspected watermarks, and
    pictures that are like no other of the folder. Memory does not grow with
    the pictures, but for some hundred bytes each.

    Args:
        directory: The folder; folders in it are searched. Hidden files, links
            and what lies behind them are left alone.
        thresholds: optional `CleaningThresholds`.
        encoder: `"products"` for the encoder that comes with the package, a
            `keras.Model` from pictures to features, or `None` for none: near
            copies are then found by their hashes, and outliers not at all.
        cache: optional folder that keeps what was measured: a second run
            looks at new files only. Defaults to a temporary one.
        without: optional folder in `directory` to leave out.
        workers: Threads. Defaults to the number of processors.
        max_pixels: Larger pictures count as unreadable.
        progress: optional function of `(stage, done, total)`.

    Returns:
        A `CleaningReport`.

    Raises:
        ValueError: If there is no such folder, or no picture in it; not where
            `cache` says that there were some.
    """
    thresholds = thresholds or CleaningThresholds()
    progress = progress or (lambda stage, done, total: None)
    workers = workers or os.cpu_count()
    root = folder_scan.root_of(directory)
    if cache is None or not os.path.exists(cache):
        _refuse_none(root, without)
    with opened_analysis(
        root, encoder, cache, without, workers, max_pixels, progress
    ) as analysis:
        findings = judge(analysis, thresholds, workers, progress)
        count = len(analysis) + len(analysis.unreadable)
    return CleaningReport(str(root), count, findings, thresholds)


def _refuse_none(root, without):
    """Refuses a folder without a picture before anything is written."""
    paths = list_files(root, without)
    if not any(is_named_as_picture(p) or _is_picture(root / p) for p in paths):
        raise ValueError(
            "`directory` must hold at least one picture. "
            f"Received: directory={str(root)!r} with {len(paths)} other files"
        )


def _is_picture(file):
    try:
        images.read_header(file)
    except (OSError, ValueError):
        return False
    return True


@contextlib.contextmanager
def opened_analysis(
    root, encoder, cache, without, workers, max_pixels, progress, paths=None
):
    """The `Analysis` of a folder, or of some paths, while its store is open."""
    if encoder == "products":
        encoder = encoders.load()
    if paths is None:
        paths = list_files(pathlib.Path(root), without)
    with contextlib.ExitStack() as stack:
        if cache is None:
            cache = stack.enter_context(tempfile.TemporaryDirectory())
        store = AnalysisStore(
            cache,
            0 if encoder is None else encoder.output_shape[-1],
            analyses.encoder_name(encoder),
        )
        stack.callback(store.close)
        yield analyses.analyse(
            root, paths, store, encoder, workers, max_pixels, progress
        )


def judge(analysis, thresholds, workers, progress):
    """Returns the list of `Finding` of an `Analysis`."""
    blank = analysis.records["deviation"] < thresholds.blank
    overlays = overlay_scores(analysis, progress)
    outliers = outlier_scores(analysis, ~blank, progress)
    flaws = judging.flaws(analysis, thresholds, overlays, outliers)
    flawed = np.zeros(len(analysis), bool)
    for flags, _ in flaws.values():
        flawed |= flags
    rank = judging.ranking(analysis, flawed)
    twins = _twins(analysis, thresholds, ~blank, rank, workers, progress)
    return _collect(analysis, flaws, twins)


def _twins(analysis, thresholds, comparable, rank, workers, progress):
    """Returns `{number: (reason, score, twin)}`."""
    found, links = {}, {}
    among = np.ones(len(analysis), bool)
    for column, reason in (
        ("sha256", "duplicate_file"),
        ("pixels", "duplicate_pixels"),
    ):
        twins = judging.exact_copies(analysis.records, column, among, rank)
        links |= twins
        found |= {number: (reason, 1.0) for number in twins}
        among[list(twins)] = False
    pairs = {
        (first, second): likeness.detail
        for first, second, likeness in copies.likenesses(
            analysis, among & comparable, workers, progress
        )
        if likeness.is_copy(thresholds)
    }
    near = groups.copies_of_kept(list(pairs), rank)
    for number, twin in near.items():
        score = pairs[min(number, twin), max(number, twin)]
        found[number] = ("near_duplicate", score)
    ends = judging.final_twins(links | near)
    return {n: (*found[n], analysis.paths[ends[n]]) for n in ends}


def _collect(analysis, flaws, twins):
    findings = [
        judging.Finding(path, ["unreadable"], {}, None, digest, error)
        for path, error, digest in analysis.unreadable
    ]
    for number, path in enumerate(analysis.paths):
        reasons = [name for name, (flags, _) in flaws.items() if flags[number]]
        scores = {
            name: round(float(flaws[name][1][number]), 4) for name in reasons
        }
        twin = None
        if number in twins:
            reason, score, twin = twins[number]
            reasons.append(reason)
            scores[reason] = round(float(score), 4)
        if reasons:
            digest = analysis.records["sha256"][number].tobytes().hex()
            findings.append(
                judging.Finding(path, reasons, scores, twin, digest)
            )
    return sorted(findings, key=lambda finding: finding.path)
