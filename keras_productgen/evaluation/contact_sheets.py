"""Sheets that `productgen generate` wrote among its pictures."""

import collections
import pathlib

REASON = "It is a contact sheet of the pictures beside it."


def contact_sheets(entries):
    """Returns the entries that are sheets of the pictures beside them.

    They are called `sheet`, and are larger than the others in their folder,
    which all have one size: a photo of a bed sheet among photos is none.

    Args:
        entries: list of a folder's entries that can be used.
    """
    folders = collections.defaultdict(list)
    for entry in entries:
        folders[pathlib.Path(entry.path).parent].append(entry)
    found = []
    for together in folders.values():
        named = [entry for entry in together if _is_named_sheet(entry)]
        sizes = {e.header.size for e in together if not _is_named_sheet(e)}
        if len(sizes) == 1:
            (size,) = sizes
            found += [e for e in named if _is_larger(e.header.size, size)]
    return found


def _is_named_sheet(entry):
    return pathlib.Path(entry.path).stem.lower() == "sheet"


def _is_larger(size, other):
    return size != other and all(a >= b for a, b in zip(size, other))
