"""Where YOLO looks for pictures and their labels."""

import os
import pathlib
import shutil

from keras_productgen.data import folder_scan
from keras_productgen.data.cleaning.listing import is_named_as_picture
from keras_productgen.data.cleaning.moving import same_content


def label_of(name):
    """`images/train/a.jpg` -> `labels/train/a.txt`."""
    parts = list(pathlib.PurePosixPath(name).with_suffix(".txt").parts)
    # The last folder of this name counts, as YOLO has it.
    for index in reversed(range(len(parts) - 1)):
        if parts[index] == "images":
            parts[index] = "labels"
            break
    return "/".join(parts)


def targets(pictures):
    """Returns the names of pictures below the folder, one for each.

    Raises:
        ValueError: If two would have their labels in one file, or a name
            leads out of the folder.
    """
    names, owners = [], {}
    for picture in pictures:
        if ".." in picture.file.split("/") or os.path.isabs(picture.file):
            raise ValueError(
                "Pictures must lie in the folder of the annotations. "
                f"Received: file={picture.file!r}"
            )
        name = picture.file
        if not name.startswith("images/"):
            name = _below(picture)
        first = owners.setdefault(label_of(name), picture.file)
        if first != picture.file:
            raise ValueError(
                "Pictures must have different names without their endings, "
                "which YOLO's labels lack. "
                f"Received: {first!r} and {picture.file!r}"
            )
        names.append(name)
    return names


def refuse_others(directory, names):
    """Refuses a folder that would keep pictures of an earlier run.

    With another split they would lie in two parts.

    Raises:
        ValueError: If there are pictures whose names are not given.
    """
    folder = pathlib.Path(directory) / "images"
    others = {
        f"images/{entry.path}"
        for entry in folder_scan.find_entries(folder)
        if is_named_as_picture(entry.path)
    } - set(names)
    if others:
        raise ValueError(
            "The folder must be empty or hold the same pictures in the same "
            f"parts. Received: {folder.parent / min(others)}"
        )


def link(source, target):
    """Puts a picture where YOLO looks for it: linked, or copied.

    Raises:
        ValueError: If another picture is there.
    """
    target = pathlib.Path(target)
    if target.exists():
        # What was deleted among the pictures keeps its copy and its labels.
        if os.path.exists(source) and not same_content(source, target):
            raise ValueError(
                "The folder must be empty or hold the same pictures. "
                f"Received: {target}, which is another"
            )
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(os.path.realpath(source), target)
    except OSError:
        shutil.copyfile(source, target)


def _below(picture):
    split = picture.attributes.get("split")
    split = {"validation": "val", "training": "train"}.get(split, split)
    if split not in ("train", "val", "test"):
        return f"images/{picture.file}"
    first, _, rest = picture.file.partition("/")
    if rest and first in (split, picture.attributes["split"]):
        return f"images/{split}/{rest}"
    return f"images/{split}/{picture.file}"
