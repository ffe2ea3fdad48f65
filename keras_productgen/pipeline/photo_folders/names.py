"""Which file each photo becomes, and which may be written."""

import collections
import os
import pathlib

from PIL import Image

FORMATS = {"png": "PNG", "jpg": "JPEG", "webp": "WEBP", "tif": "TIFF"}
SHEET, REPORT = "sheet.png", "report.json"


def check_format(picture_format):
    """Raises a `ValueError` if it is neither None nor known."""
    if picture_format not in (None, *FORMATS):
        raise ValueError(
            f"`picture_format` must be one of {tuple(FORMATS)}. "
            f"Received: picture_format={picture_format!r}"
        )


def names_of(entries, picture_format):
    """Returns a dict from the paths of photos to those of their results.

    Where two would have the same name, both keep their old ending within it:
    `a.jpg` and `a.bmp` become `a.jpg.png` and `a.bmp.png`.
    """
    usable = [entry for entry in entries if entry.reason is None]
    endings = {e.path: _ending(e, picture_format) for e in usable}
    wanted = {
        path: str(pathlib.PurePosixPath(path).with_suffix(ending))
        for path, ending in endings.items()
    }
    # Disks that do not tell capitals apart are common.
    counts = collections.Counter(map(str.casefold, [SHEET, *wanted.values()]))
    names, taken = {}, {SHEET}
    for path, name in wanted.items():
        if counts[name.casefold()] > 1:
            name = path + endings[path]
        number = 2
        while name.casefold() in taken:
            name = f"{path}-{number}{endings[path]}"
            number += 1
        taken.add(name.casefold())
        names[path] = name
    return names


def format_of(name):
    """Pillow's name of the format that the ending of a file says."""
    ending = os.path.splitext(name)[1].lower()
    return Image.registered_extensions().get(ending)


def _ending(entry, picture_format):
    if picture_format is not None:
        return f".{picture_format}"
    ending = os.path.splitext(entry.path)[1]
    found = entry.header.file_format.replace("MPO", "JPEG")
    same = format_of(entry.path) == found and found in FORMATS.values()
    return ending if same else ".png"
