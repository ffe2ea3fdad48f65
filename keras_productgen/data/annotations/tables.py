"""CSV and JSONL: the manifests that `image_folder` reads."""

import csv
import json
import os
import pathlib

from keras_productgen.data.annotations import rows
from keras_productgen.data.annotations.problems import Problem
from keras_productgen.data.annotations.records import Annotations
from keras_productgen.data.annotations.writing import writing
from keras_productgen.data.manifest import read_manifest


def read_table(path: str | os.PathLike, directory=None):
    """Reads a CSV or JSONL manifest, a row a picture.

    The columns `category`, `box` (x, y, width, height) or `bounding_box`
    (x0, y0, x1, y1), `mask`, `area` and `suggested` say what their names say;
    others are attributes.

    Args:
        path: The table.
        directory: The folder of the pictures. Defaults to the table's.

    Returns:
        `Annotations`. Rows that cannot be used are named in its `problems`.

    Raises:
        ValueError: If it is no such table; the message gives the line.
    """
    path = pathlib.Path(path)
    directory = pathlib.Path(directory or path.parent)
    found = Annotations(directory=directory)
    _, entries = read_manifest(path, directory)
    for entry in entries:
        place = f"{path.name}:{entry.line}"
        row = entry.row
        if path.suffix.lower() == ".csv":
            row = {name: _parsed(text) for name, text in row.items()}
        try:
            rows.add_row(found, entry.path, row, place)
        except (ValueError, TypeError) as error:
            problem = Problem("unreadable", str(error), place, file=entry.path)
            found.problems.append(problem)
    _number(found.items)
    return found


def write_jsonl(annotations, path: str | os.PathLike):
    """Writes a manifest, a JSON object a line; fields of COCO are lost."""
    with writing(path) as file:
        for row in _rows(annotations):
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


def write_csv(annotations, path: str | os.PathLike):
    """Writes a manifest as CSV, lists as JSON in their cells.

    A table cannot tell the text `12` from the number: JSONL can.
    """
    columns = dict.fromkeys(n for row in _rows(annotations) for n in row)
    with writing(path, newline="") as file:
        writer = csv.DictWriter(file, list(columns) or ["file"])
        writer.writeheader()
        for row in _rows(annotations):
            writer.writerow({n: _cell(value) for n, value in row.items()})


def _rows(annotations):
    names, items = annotations.names(), annotations.by_picture()
    for picture in annotations.pictures:
        yield rows.to_row(picture, items[picture.id], names)


def _cell(value):
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False)


def _parsed(text):
    """The value that `_cell` wrote; what is no JSON value is itself."""
    text = text.strip()
    try:
        value = json.loads(text)
    except json.JSONDecodeError:
        return text
    # "1e5" and "1.50" are more likely articles' numbers than floats.
    return value if isinstance(value, str) or _cell(value) == text else text


def _number(items):
    """Gives annotations without a number one that is free."""
    last = max((i.id for i in items if i.id is not None), default=0)
    for item in items:
        if item.id is None:
            last += 1
            item.id = last
