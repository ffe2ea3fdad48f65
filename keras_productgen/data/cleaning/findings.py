"""What is wrong with which picture."""

import dataclasses

import numpy as np

# The first of a picture's reasons names its folder in the quarantine.
REASONS = (
    "unreadable",
    "tiny",
    "blank",
    "dark",
    "bright",
    "clipped",
    "blurred",
    "watermark",
    "outlier",
    "duplicate_file",
    "duplicate_pixels",
    "near_duplicate",
)


@dataclasses.dataclass
class Finding:
    """A picture with a problem.

    Args:
        path: Its path relative to the folder, with `/`.
        reasons: List of names in `REASONS`, in their order.
        scores: Dict of the figures behind the reasons.
        twin: Path of the picture that it is a copy of, and that stays.
        sha256: Hexadecimal digest of the file; `None` if it cannot be read.
        error: Why an unreadable file cannot be read.
    """

    path: str
    reasons: list
    scores: dict = dataclasses.field(default_factory=dict)
    twin: str | None = None
    sha256: str | None = None
    error: str | None = None


def flaws(analysis, thresholds, overlays, outliers):
    """Judges each picture by itself.

    Returns:
        Dict of a reason to `(flags, scores)`, arrays of a value a picture.
    """
    records = analysis.records
    sides = np.minimum(records["height"], records["width"])
    blank = records["deviation"] < thresholds.blank
    marked = np.maximum(
        overlays / max(thresholds.overlay, 1e-6),
        records["corner_text"] / max(thresholds.corner_text, 1e-6),
    )
    sharpness = records["sharpness"]
    dark, bright = records["bright_end"], records["dark_end"]
    return {
        "tiny": (sides < thresholds.min_side, sides),
        "blank": (blank, records["deviation"]),
        "dark": (~blank & (dark < thresholds.dark), dark),
        "bright": (~blank & (bright > thresholds.bright), bright),
        "clipped": (
            records["clipped"] > thresholds.clipped,
            records["clipped"],
        ),
        "blurred": (
            ~blank & (sharpness < thresholds.sharpness),
            sharpness,
        ),
        "watermark": (~blank & (marked > 1), marked),
        "outlier": (outliers > thresholds.outlier, outliers),
    }


def exact_copies(records, name, among, rank):
    """Pictures with the same value in the column `name`.

    Returns:
        Dict of those that go to the best of their group.
    """
    numbers = np.flatnonzero(among)
    _, groups = np.unique(records[name][numbers], return_inverse=True)
    order = np.argsort(groups, kind="stable")
    twins = {}
    edges = np.flatnonzero(np.diff(groups[order])) + 1
    for members in np.split(numbers[order], edges):
        if len(members) > 1:
            best, *others = sorted(members.tolist(), key=rank)
            twins |= dict.fromkeys(others, best)
    return twins


def ranking(analysis, flawed):
    """Returns the key by which the best of several copies is chosen.

    A picture without a flaw comes first, then the larger, the sharper, the
    one with more bytes, and the name in alphabetical order.
    """
    records, paths = analysis.records, analysis.paths

    def rank(number):
        record = records[number]
        pixels = int(record["height"]) * int(record["width"])
        return (
            bool(flawed[number]),
            -pixels,
            -round(float(record["sharpness"]), 2),
            -int(record["bytes"]),
            paths[number],
        )

    return rank


def final_twins(twins):
    """Follows copies of copies to the picture that stays."""
    ends = {}
    for number in twins:
        end = number
        while end in twins:
            end = twins[end]
        ends[number] = end
    return ends
