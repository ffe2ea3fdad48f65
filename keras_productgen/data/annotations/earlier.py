"""What an earlier run, and people after it, have left at the place of output.

All of it is looked at before any work, and none of it may be lost.
"""

import os
import pathlib
import tempfile

from keras_productgen import images
from keras_productgen.data import folder_scan
from keras_productgen.data.annotations.formats import check_format
from keras_productgen.data.annotations.formats import load
from keras_productgen.data.annotations.records import Polygons
from keras_productgen.data.annotations.yolo_files import label_of

# What lies beside pictures without being one.
TEXTS = (".json", ".jsonl", ".csv", ".txt", ".yaml")
_YOLO = ("data.yaml", "images", "labels")


def list_pictures(directory: str | os.PathLike):
    """Returns the `Entry`s of a folder's files that may be pictures.

    Raises:
        ValueError: If there is no such folder, or no usable picture in it.
    """
    root = folder_scan.root_of(directory)
    entries = [
        entry
        for entry in folder_scan.find_entries(root)
        if not entry.file.endswith(TEXTS)
    ]
    reasons = []
    for entry in entries:
        try:
            images.read_header(entry.file)
        except (OSError, ValueError) as error:
            reasons.append(f"{entry.path}: {folder_scan.reason_of(error)}")
        else:
            return entries
    refuse_all(directory, reasons)


def refuse_all(directory, reasons):
    """Refuses a folder without a usable picture, with the first reasons."""
    found = f"{len(reasons)} unusable files" if reasons else "no picture file"
    shown = f" ({'; '.join(reasons[:5])})" if reasons else ""
    raise ValueError(
        "`directory` must hold pictures, one of them usable. "
        f"Received: directory={str(directory)!r} with {found}{shown}"
    )


def check_out(directory, out: str | os.PathLike, format=None):
    """Refuses what suggestions could not be written to in the end.

    Args:
        directory: The folder of the pictures.
        out: A file, or for YOLO a folder.
        format: As in `save`.

    Returns:
        Whether annotations are there already.

    Raises:
        ValueError: If `out` cannot be written, or holds what cannot be read
            or would be lost in this format.
    """
    out = pathlib.Path(out)
    format = check_format(out, format)
    is_folder = format.startswith("yolo")
    root = os.path.realpath(folder_scan.root_of(directory))
    if is_folder and os.path.realpath(out).startswith(root + os.sep):
        raise ValueError(
            "A YOLO folder must not lie among the pictures, whose copies it "
            f"holds. Received: {out} in {directory}"
        )
    _check_writable(out, is_folder)
    there = [out / name for name in _YOLO] if is_folder else [out]
    if not any(map(os.path.exists, there)):
        return False
    found, _ = read_earlier(out, directory)
    _check_kept(found, out, format)
    return True


def read_earlier(path, directory):
    """Reads annotations of pictures in `directory`, to be gone on with.

    Returns:
        `(annotations, done)`, `done` the set of the files that need no look:
        YOLO cannot say what was suggested, so that each label it has, an
        empty one too, is taken for a human's word.

    Raises:
        ValueError: If a part of it cannot be read.
    """
    found = load(path, directory)
    is_folder = pathlib.Path(path).is_dir()
    lost = [*found.problems, *(_unnamed(found) if is_folder else ())]
    if lost:
        raise ValueError(
            "All annotations that are there must be readable, for the others "
            f"would be lost. Received: {len(lost)} that are not, "
            f"such as {lost[0]} in {path}"
        )
    done = set()
    if is_folder:
        for picture in found.pictures:
            label = found.file_of(label_of(picture.file))
            picture.file = _source_of(picture, directory)
            if os.path.exists(label):
                done.add(picture.file)
    found.directory = directory
    return found, done


def _unnamed(found):
    """Labels whose number has no name in `data.yaml`."""
    names = found.names()
    return [
        f"{item.place}: category {item.category_id}, not in data.yaml"
        for item in found.items
        if item.category_id not in names
    ]


def _source_of(picture, directory):
    """The picture in `directory` that `images/...` is a copy of."""
    below = picture.file.removeprefix("images/")
    split = f"{picture.attributes.get('split')}/"
    names = (picture.file, below, below.removeprefix(split))
    there = (n for n in names if os.path.exists(os.path.join(directory, n)))
    return next(there, picture.file)


def _check_writable(out, is_folder):
    try:
        folder = out if is_folder else out.parent
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
        if not is_folder and out.is_dir():
            raise IsADirectoryError(f"{out} is a folder")
    except OSError as error:
        raise ValueError(
            "The place for the annotations must be writable. "
            f"Received: {out}: {error}"
        ) from error


def _check_kept(found, out, format):
    """Refuses to write boxes over outlines, and the reverse."""
    outlines = [isinstance(item.mask, Polygons) for item in found.items]
    if format == "yolo" and any(outlines):
        lost = "outlines"
    elif format == "yolo-segmentation" and not all(outlines):
        lost = "boxes"
    else:
        return
    raise ValueError(
        f"A YOLO folder that holds {lost} must be gone on with in the other "
        "of YOLO's formats, or they would be lost. "
        f"Received: {out}, format={format!r}"
    )
