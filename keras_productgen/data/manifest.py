"""Tables that name picture files and say what they show."""

import csv
import json
import os
import pathlib

from keras_productgen.data.folder_scan import Entry

FILE_COLUMNS = ("file", "path", "file_name")


def read_manifest(manifest: str | os.PathLike, root: pathlib.Path):
    """Reads a CSV or JSONL table with a row for every picture.

    Args:
        manifest: `.csv` (commas, semicolons or tabs, a header line, UTF-8) or
            `.jsonl` (an object a line). The column `file`, `path` or
            `file_name` names the picture, relative to `root` or to the folder
            of the manifest.
        root: The folder of the pictures.

    Returns:
        `(columns, entries)`: the names of the other columns, and an `Entry`
        for every row.

    Raises:
        ValueError: If the table cannot be read, or lacks the column of file
            names; the message gives the line.
    """
    path = _find(manifest, root)
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(
            f"`manifest` must be UTF-8 text: {error}. Received: {path}"
        ) from error
    read = _json_rows if path.suffix.lower() in (".jsonl", ".json") else _csv
    rows = list(read(text, path))
    if not rows:
        raise ValueError(f"`manifest` must have rows. Received: {path} (empty)")
    file_column = _file_column(rows, path)
    columns = list(dict.fromkeys(name for _, row in rows for name in row))
    columns.remove(file_column)
    return columns, _entries(rows, file_column, root, path)


def _find(manifest, root):
    path = pathlib.Path(manifest).expanduser()
    for candidate in (path, root / path):
        if candidate.is_file():
            return candidate
    raise ValueError(
        "`manifest` must be a file, here or in the folder of the pictures. "
        f"Received: manifest={str(manifest)!r}"
    )


def _csv(text, path):
    header = text.partition("\n")[0]
    delimiter = max(",;\t", key=header.count)
    # Not split into lines by hand: a quoted field may hold line ends.
    reader = csv.reader(text.splitlines(True), delimiter=delimiter, strict=True)
    try:
        names = [name.strip() for name in next(reader, [])]
        _check_names(names, path)
        for fields in reader:
            if not any(fields):
                continue
            if len(fields) != len(names):
                raise ValueError(
                    f"Line {reader.line_num} of the manifest must have "
                    f"{len(names)} fields, as its header has. "
                    f"Received: {len(fields)} fields in {path}"
                )
            yield reader.line_num, dict(zip(names, fields))
    except csv.Error as error:
        raise ValueError(
            f"Line {reader.line_num} of the manifest must be CSV: {error}. "
            f"Received: {path}"
        ) from error


def _check_names(names, path):
    if len(set(names)) < len(names) or "" in names:
        raise ValueError(
            "The columns of the manifest must have different names. "
            f"Received: {names} in {path}"
        )


def _json_rows(text, path):
    # Not `splitlines`: a string may hold other Unicode line ends.
    for line, content in enumerate(text.split("\n"), 1):
        if not content.strip():
            continue
        try:
            row = json.loads(content)
        except json.JSONDecodeError as error:
            raise ValueError(
                f"Line {line} of the manifest must be JSON: {error}. "
                f"Received: {path}"
            ) from error
        if not isinstance(row, dict):
            raise ValueError(
                f"Line {line} of the manifest must be a JSON object. "
                f"Received: {content[:60]} in {path}"
            )
        yield line, row


def _file_column(rows, path):
    names = rows[0][1]
    for name in FILE_COLUMNS:
        if name in names:
            return name
    raise ValueError(
        f"The manifest must have one of the columns {FILE_COLUMNS}. "
        f"Received: columns {list(names)} in {path}"
    )


def _entries(rows, file_column, root, path):
    entries, lines = [], {}
    for line, row in rows:
        name = str(row.get(file_column) or "").strip()
        if not name:
            raise ValueError(
                f"Line {line} of the manifest must name a file in the column "
                f"{file_column!r}. Received: {row} in {path}"
            )
        entry = _entry(name, root, path.parent)
        entry.row = {k: v for k, v in row.items() if k != file_column}
        entry.line = line
        first = lines.setdefault(entry.path, line)
        if first != line:
            entry.reason = f"Line {line} repeats line {first}."
        entries.append(entry)
    return entries


def _entry(name, root, folder):
    name = name.replace("\\", "/") if os.sep == "/" else name
    candidates = [os.path.join(root, name), os.path.join(folder, name)]
    file = next(filter(os.path.lexists, candidates), candidates[0])
    relative = os.path.relpath(file, root).replace(os.sep, "/")
    return Entry(relative, file)
