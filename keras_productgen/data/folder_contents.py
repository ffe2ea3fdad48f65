"""The pictures of a folder with all that is known of them, before decoding."""

import dataclasses
import os

import numpy as np

from keras_productgen.data import conditions as condition_columns
from keras_productgen.data import folder_scan
from keras_productgen.data import manifest as manifests
from keras_productgen.data import report as reports
from keras_productgen.data import splits

CATEGORY = "category"


@dataclasses.dataclass
class FolderContents:
    """Pictures and their conditions.

    Args:
        root: The folder.
        entries: A list of `Entry`, usable or not.
        conditions: Dict of arrays, a value an entry.
        vocabularies: Dict of the words behind the ids.
        keys: The text that decides the split, an entry each.
    """

    root: os.PathLike
    entries: list
    conditions: dict
    vocabularies: dict
    keys: list

    def select(self, chosen):
        """Returns the contents at the indices `chosen`."""
        return FolderContents(
            self.root,
            [self.entries[index] for index in chosen],
            {name: v[chosen] for name, v in self.conditions.items()},
            self.vocabularies,
            [self.keys[index] for index in chosen],
        )

    def subset(self, subset, validation_split):
        """Returns the contents of `"training"` or `"validation"`."""
        chosen = [
            index
            for index, key in enumerate(self.keys)
            if splits.in_subset(key, subset, validation_split)
        ]
        return self.select(np.array(chosen, "int64"))

    def usable(self):
        """Returns the contents without the skipped files."""
        flags = [entry.reason is None for entry in self.entries]
        return self.select(np.flatnonzero(flags))

    def report(self):
        return reports.make_report(self.root, self.entries, self.class_of)

    def class_of(self, entry):
        value = (entry.row or {}).get(CATEGORY)
        return None if value is None else str(value).strip()


def read_folder(
    directory,
    labels="inferred",
    manifest=None,
    conditions=None,
    vocabularies=None,
    group_by=None,
    max_pixels=None,
    workers=1,
):
    """Returns the `FolderContents` of a folder; `image_folder` has the Args."""
    root = folder_scan.root_of(directory)
    if manifest is None:
        columns, entries = _from_folder(root, labels)
    else:
        columns, entries = _from_manifest(root, manifest)
    folder_scan.read_headers(entries, workers, max_pixels)
    _check_some_usable(root, entries)
    if manifest is None and CATEGORY in columns:
        _skip_unlabelled(entries)
    keys = _keys(entries, columns, group_by)
    names = _names(entries, columns, conditions, group_by)
    # A folder without a usable picture is no class; a row is always meant.
    known = [
        index
        for index, entry in enumerate(entries)
        if entry.line is not None or (entry.row and entry.reason is None)
    ]
    values, words = _encode([entries[i] for i in known], names, vocabularies)
    for name, array in values.items():
        values[name] = _spread(array, known, len(entries))
    return FolderContents(root, entries, values, words, keys)


def _from_folder(root, labels):
    if labels not in ("inferred", None):
        raise ValueError(
            '`labels` must be "inferred" (from the folder names) or None. '
            f"Received: labels={labels!r}"
        )
    entries = folder_scan.find_entries(root)
    nested = any(entry.top_folder for entry in entries)
    if labels is None or not nested:
        return [], entries
    for entry in entries:
        if entry.top_folder is not None:
            entry.row = {CATEGORY: entry.top_folder}
    return [CATEGORY], entries


def _from_manifest(root, manifest):
    columns, entries = manifests.read_manifest(manifest, root)
    columns = condition_columns.merge_channels(entries, columns)
    if CATEGORY not in columns:
        for entry in entries:
            entry.row.setdefault(CATEGORY, entry.top_folder)
    return columns, entries


def _skip_unlabelled(entries):
    for entry in entries:
        if entry.row is None and entry.reason is None:
            entry.reason = "It lies in no class folder; labels=None takes all."


def _check_some_usable(root, entries):
    if any(entry.reason is None for entry in entries):
        return
    found = "; ".join(f"{e.path}: {e.reason}" for e in entries[:5])
    more = "; ..." if len(entries) > 5 else ""
    raise ValueError(
        "`directory` must hold at least one usable picture. Received: "
        f"directory={str(root)!r} with {len(entries)} unusable files"
        + (f" ({found}{more})" if found else "")
    )


def _keys(entries, columns, group_by):
    if group_by is None:
        return [entry.path for entry in entries]
    if callable(group_by):
        return [str(group_by(entry.path)) for entry in entries]
    _check_columns("group_by", [group_by], columns)
    for entry in entries:
        if str(entry.row.get(group_by) or "").strip() == "":
            raise ValueError(
                f"{condition_columns.place(entry)} must have a value in the "
                f"column of `group_by`. Received: row={entry.row}"
            )
    return [str(entry.row[group_by]).strip() for entry in entries]


def _names(entries, columns, conditions, group_by):
    if conditions is None:
        return [name for name in columns if name != group_by]
    if isinstance(conditions, str):
        conditions = [conditions]
    # Class folders stand in for a column of that name.
    if any(entry.row and entry.row.get(CATEGORY) for entry in entries):
        columns = dict.fromkeys([*columns, CATEGORY])
    _check_columns("conditions", conditions, columns)
    return list(conditions)


def _check_columns(argument, names, columns):
    missing = [name for name in names if name not in columns]
    if missing:
        raise ValueError(
            f"`{argument}` must name columns of the manifest, which has "
            f"{list(columns)}. Received: {argument}={list(names)}, of which "
            f"{missing} are missing"
        )


def _encode(entries, names, vocabularies):
    vocabularies = vocabularies or {}
    _check_columns("vocabularies", vocabularies, names)
    values, words = {}, {}
    for name in names:
        values[name], vocabulary = condition_columns.encode(
            entries, name, vocabularies.get(name)
        )
        if vocabulary is not None:
            words[name] = vocabulary
    return values, words


def _spread(array, known, count):
    """Puts the values of the `known` entries among `count` ones."""
    spread = np.zeros((count, *array.shape[1:]), array.dtype)
    spread[known] = array
    return spread
