"""Annotations in and out, by the name of the format or of the file."""

import os
import pathlib

from keras_productgen.data.annotations import coco
from keras_productgen.data.annotations import tables
from keras_productgen.data.annotations import yolo

ENDINGS = {".json": "coco", ".csv": "csv", ".jsonl": "jsonl", "": "yolo"}
NOT_OF_FOLDERS = (".json", ".csv", ".jsonl", ".yaml", ".yml")
FORMATS = ("coco", "csv", "jsonl", "yolo", "yolo-segmentation")


def load(path: str | os.PathLike, directory=None):
    """Reads annotations: `.json` is COCO, `.csv` and `.jsonl` are manifests.

    Args:
        path: The file; for YOLO its `data.yaml`, or the folder of it.
        directory: The folder of the pictures. Defaults to the file's; YOLO's
            is in `data.yaml`.

    Returns:
        `Annotations`; what could not be read is in its `problems`.

    Raises:
        ValueError: If there is no such file, or it is of another kind.
    """
    path = pathlib.Path(path)
    suffix = path.suffix.lower()
    if path.is_dir() or suffix in (".yaml", ".yml"):
        return yolo.read_yolo(path)
    if not path.is_file():
        raise ValueError(f"`path` must be a file. Received: path={str(path)!r}")
    if suffix == ".json":
        return coco.read_coco(path, directory)
    if suffix in (".csv", ".jsonl"):
        return tables.read_table(path, directory)
    raise ValueError(
        "`path` must end in .json (COCO), .csv, .jsonl or .yaml (YOLO), or be "
        f"a YOLO folder. Received: path={str(path)!r}"
    )


def save(annotations, path: str | os.PathLike, format=None):
    """Writes annotations.

    Args:
        annotations: `Annotations`.
        path: A file, or for YOLO a folder.
        format: One of `"coco"`, `"csv"`, `"jsonl"`, `"yolo"` (boxes),
            `"yolo-segmentation"`. Defaults to what the ending says.

    Returns:
        List of `Problem`: annotations that the format cannot hold.

    Raises:
        ValueError: If the format is none of these, or the ending is another
            format's.
    """
    format = check_format(path, format)
    if format == "coco":
        coco.write_coco(annotations, path)
    elif format == "csv":
        tables.write_csv(annotations, path)
    elif format == "jsonl":
        tables.write_jsonl(annotations, path)
    else:
        task = "detection" if format == "yolo" else "segmentation"
        return yolo.write_yolo(annotations, path, task)
    return []


def check_format(path, format=None):
    """Returns the format to write; see `save`.

    What is written must be found again: `load` goes by the ending.
    """
    suffix = pathlib.Path(path).suffix.lower()
    by_ending = ENDINGS.get(suffix)
    if (format or by_ending) not in FORMATS:
        raise ValueError(
            f"`format` must be one of {FORMATS}, or follow from an ending out "
            f"of {tuple(ENDINGS)}. Received: format={format!r}, "
            f"path={str(path)!r}"
        )
    format = format or by_ending
    is_folder = format.startswith("yolo")
    fits = suffix not in NOT_OF_FOLDERS if is_folder else format == by_ending
    if not fits:
        endings = {kind: ending for ending, kind in ENDINGS.items()}
        ending = "a folder's" if is_folder else endings[format]
        raise ValueError(
            f"The ending of `path` must be {ending} for {format!r}, or it "
            f"could not be read again. Received: path={str(path)!r}"
        )
    return format
