"""YOLO's labels: a text file a picture, `data.yaml` for all."""

import os
import pathlib

from keras_productgen import images
from keras_productgen.data import folder_scan
from keras_productgen.data.annotations import yolo_lines
from keras_productgen.data.annotations import yolo_names
from keras_productgen.data.annotations.problems import Problem
from keras_productgen.data.annotations.records import Annotations
from keras_productgen.data.annotations.records import Category
from keras_productgen.data.annotations.records import Picture
from keras_productgen.data.annotations.yolo_files import label_of
from keras_productgen.data.annotations.yolo_files import link
from keras_productgen.data.annotations.yolo_files import refuse_others
from keras_productgen.data.annotations.yolo_files import targets

SPLITS = ("train", "val", "test")


def read_yolo(path: str | os.PathLike):
    """Reads boxes and outlines from a YOLO folder.

    Args:
        path: Its `data.yaml`, or the folder that this lies in.

    Returns:
        `Annotations`; where `data.yaml` names parts, pictures have the
        attribute `split`. Lines that are no label are named in its
        `problems`.

    Raises:
        ValueError: If there is no `data.yaml` with names of categories.
    """
    path = pathlib.Path(path)
    path = path / "data.yaml" if path.is_dir() else path
    settings = yolo_names.read(path)
    root = pathlib.Path(os.path.join(path.parent, settings.get("path", ".")))
    found = Annotations(directory=root)
    found.categories = [
        Category(number, name) for number, name in settings["names"].items()
    ]
    parts = {s: settings[s] for s in SPLITS if isinstance(settings.get(s), str)}
    several = len(set(parts.values())) > 1
    seen = set()
    for split, folder in parts.items():
        for entry in _entries(root / folder):
            name = os.path.relpath(entry.file, root).replace(os.sep, "/")
            if name not in seen:
                seen.add(name)
                _add(found, name, entry, {"split": split} if several else {})
    return found


def write_yolo(
    annotations, directory: str | os.PathLike, task="detection", decimals=6
):
    """Writes `data.yaml`, `labels/` and, as links or copies, `images/`.

    Pictures with an attribute `split` go to a folder for each. YOLO numbers
    categories from 0: they are numbered by their place in the list. Attributes
    and suggestions are not written; a mask of several parts becomes one
    outline, whose parts are joined by lines without width.

    Args:
        annotations: `Annotations`, whose pictures have sizes.
        directory: Where to write.
        task: `"detection"` for boxes or `"segmentation"` for outlines.
        decimals: Digits behind the point.

    Returns:
        List of `Problem`: annotations that could not be written.

    Raises:
        ValueError: If `task` is neither, two pictures would share one file
            of labels, or the folder holds other pictures.
    """
    if task not in ("detection", "segmentation"):
        raise ValueError(
            '`task` must be "detection" or "segmentation". '
            f"Received: task={task!r}"
        )
    directory = pathlib.Path(directory)
    numbers = {c.id: n for n, c in enumerate(annotations.categories)}
    items, problems = annotations.by_picture(), []
    files = targets(annotations.pictures)
    refuse_others(directory, files)
    for picture, name in zip(annotations.pictures, files):
        link(annotations.file_of(picture.file), directory / name)
        lines = []
        for item in items[picture.id]:
            try:
                shape = yolo_lines.shape_of(
                    item, picture, task, annotations.directory
                )
                number = numbers[item.category_id]
            except (ValueError, KeyError, TypeError) as error:
                problems.append(_lost(item, picture, error))
                continue
            lines.append(yolo_lines.written(number, shape, decimals))
        label = directory / label_of(name)
        images.write_bytes(label, "".join(lines).encode())
    names = [category.name for category in annotations.categories]
    yolo_names.write(directory / "data.yaml", _folders(files), names)
    return problems


def _entries(folder):
    if folder.is_file():
        raise ValueError(
            "`data.yaml` must name folders of pictures; lists of files are "
            f"not read. Received: {folder}"
        )
    return folder_scan.find_entries(folder) if folder.is_dir() else []


def _add(found, name, entry, attributes):
    picture = Picture(len(found.pictures), name, attributes=attributes)
    picture.place = label_of(name)
    try:
        picture.height, picture.width = images.read_header(entry.file).size
    except (OSError, ValueError) as error:
        reason = folder_scan.reason_of(error)
        found.problems.append(Problem("unreadable", reason, file=name))
        return
    found.pictures.append(picture)
    label = pathlib.Path(found.directory) / label_of(name)
    if not label.is_file():
        return
    for number, line in enumerate(label.read_text("utf-8").splitlines(), 1):
        place = f"{label_of(name)}:{number}"
        try:
            item = yolo_lines.parsed(line, picture, len(found.items) + 1, place)
        except ValueError as error:
            problem = Problem("unreadable", str(error), place, file=name)
            found.problems.append(problem)
            continue
        if item is not None:
            found.items.append(item)


def _folders(files):
    found = {}
    for name in files:
        parts = name.split("/")
        if len(parts) > 2 and parts[1] in SPLITS:
            found[parts[1]] = f"images/{parts[1]}"
    return {"train": "images", "val": "images"} | found


def _lost(item, picture, error):
    message = f"It cannot be written for YOLO: {error}"
    return Problem("lost", message, item.place, item.id, picture.file)
