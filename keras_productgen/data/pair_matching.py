"""Which files of two folders belong together."""

import dataclasses
import os
import pathlib
import unicodedata

from keras_productgen.data import folder_scan


@dataclasses.dataclass
class Match:
    """All files of one name in two folders.

    Args:
        key: The path in either folder, without its ending.
        sources: List of `Entry` of the first folder; one that cannot be used
            has its reason.
        targets: Those of the second.
    """

    key: str
    sources: list = dataclasses.field(default_factory=list)
    targets: list = dataclasses.field(default_factory=list)

    @property
    def entries(self):
        return [*self.sources, *self.targets]

    @property
    def pair(self):
        """The source and its target; `None` where something is wrong."""
        usable = [entry for entry in self.entries if entry.reason is None]
        return tuple(usable) or None


def match_folders(sources, targets, workers, max_pixels, any_proportions):
    """Returns a `Match` for each name in the folders, in order.

    Args:
        sources: The first folder.
        targets: The second.
        workers: Threads that read headers.
        max_pixels: Larger pictures cannot be used.
        any_proportions: Whether those of a pair may differ.

    Raises:
        ValueError: If both are the same folder, or hold no usable pair.
    """
    if pathlib.Path(sources).resolve() == pathlib.Path(targets).resolve():
        raise ValueError(
            "`sources` and `targets` must be two folders. "
            f"Received: sources={str(sources)!r}, targets={str(targets)!r}"
        )
    matches = _by_name(sources, targets)
    entries = [entry for match in matches for entry in match.entries]
    folder_scan.read_headers(entries, workers, max_pixels)
    for match in matches:
        _leave_out(match, sources, targets, any_proportions)
    if not any(match.pair for match in matches):
        found = "; ".join(f"{e.path}: {e.reason}" for e in entries[:5])
        raise ValueError(
            "`sources` and `targets` must hold at least one pair of usable "
            "pictures with the same path, but for the ending. Received: "
            f"sources={str(sources)!r}, targets={str(targets)!r} with "
            f"{len(entries)} files" + (f" ({found})" if found else "")
        )
    return matches


def _by_name(sources, targets):
    matches = {}
    for folder, half in ((sources, "sources"), (targets, "targets")):
        root = folder_scan.root_of(folder)
        for entry in folder_scan.find_entries(root):
            key = _key(entry.path)
            match = matches.setdefault(key, Match(key))
            getattr(match, half).append(entry)
            # A report names files of both folders.
            entry.path = os.path.join(folder, entry.path)
    return sorted(matches.values(), key=lambda match: match.key.split("/"))


def _key(path):
    # macOS and Linux write the same name in different bytes.
    return unicodedata.normalize("NFC", os.path.splitext(path)[0])


def _leave_out(match, sources, targets, any_proportions):
    """Gives a reason to files that are no half of a pair."""
    halves = match.sources, match.targets
    usable = [[e for e in half if e.reason is None] for half in halves]
    for half, others, folder in zip(usable, usable[::-1], (targets, sources)):
        reason = None
        if len(half) > 1:
            reason = "It is one of several pictures of this name."
        elif len(others) != 1:
            kind = "usable partner" if others == [] else "single partner"
            reason = f"It has no {kind} in {folder}."
        for entry in half if reason else ():
            entry.reason = reason
    if match.pair and not any_proportions and not _alike(match.pair):
        sizes = ["{1} x {0}".format(*e.header.size) for e in match.pair]
        for entry in match.pair:
            entry.reason = f"The proportions of a pair differ: {sizes}."


def _alike(pair):
    """Whether two pictures have the same proportions, rounded to pixels."""
    (height, width), (other_height, other_width) = (
        entry.header.size for entry in pair
    )
    difference = abs(height * other_width - width * other_height)
    return difference <= max(height, width, other_height, other_width)
