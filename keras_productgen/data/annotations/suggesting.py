"""A folder of photos with suggestions for each, resumed where it stopped."""

import json
import os
import pathlib

from keras_productgen.data import folder_scan
from keras_productgen.data.annotations import rows
from keras_productgen.data.annotations.earlier import list_pictures
from keras_productgen.data.annotations.earlier import read_earlier
from keras_productgen.data.annotations.earlier import refuse_all
from keras_productgen.data.annotations.problems import Problem
from keras_productgen.data.annotations.records import Annotations
from keras_productgen.data.annotations.records import Picture
from keras_productgen.data.annotations.suggester import Suggester
from keras_productgen.images import write_bytes


def suggest(
    directory: str | os.PathLike,
    suggester=None,
    known=None,
    journal: str | os.PathLike | None = None,
    progress=None,
):
    """Suggests category, box, mask and colours for every picture of a folder.

    Args:
        directory: The folder; folders in it are searched, hidden files not.
        suggester: optional `Suggester`. Defaults to one that knows the
            procedural catalogue alone.
        known: optional `Annotations` of some of the pictures, or the path of
            them. What a human has said in them stays; all that a YOLO folder
            says is taken for a human's word.
        journal: optional JSONL file that each picture is written to when it
            is done. What is in it already is not looked at again.
        progress: optional function called with `(done, total)`.

    Returns:
        `Annotations`; files that are no usable pictures are named in its
        `problems`.

    Raises:
        ValueError: If `directory` is no folder or holds no usable picture, or
            a part of `known` cannot be read.
    """
    entries = list_pictures(directory)
    found, done = known or Annotations(), set()
    if isinstance(found, str | os.PathLike):
        found, done = read_earlier(found, directory)
    found.directory = folder_scan.root_of(directory)
    journal = journal and pathlib.Path(journal)
    done |= _take_up(found, journal) if journal else set()
    suggester = suggester or Suggester()
    # Looked up by name: searching the lists would take ever longer.
    pictures = {picture.file: picture for picture in found.pictures}
    items = found.by_picture()
    for number, entry in enumerate(entries):
        if entry.path not in done:
            picture = pictures.get(entry.path)
            known = items[picture.id] if picture else []
            _look_at(found, suggester, entry, picture, known, journal)
        if progress is not None:
            progress(number + 1, len(entries))
    if not found.pictures:
        refuse_all(directory, [str(problem) for problem in found.problems])
    return found


def _look_at(found, suggester, entry, picture, items, journal):
    new = picture is None
    if new:
        taken = max((p.id for p in found.pictures), default=-1)
        picture = Picture(taken + 1, entry.path)
    try:
        items = suggester.fill(found, picture, items)
    except (OSError, ValueError) as error:
        reason = folder_scan.reason_of(error)
        found.problems.append(
            Problem("unreadable file", reason, file=entry.path)
        )
        return
    if new:
        found.pictures.append(picture)
    if journal:
        row = rows.to_row(picture, items, found.names())
        journal.parent.mkdir(parents=True, exist_ok=True)
        with journal.open("a", encoding="utf-8") as file:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


def _take_up(found, journal):
    """Puts what the journal holds into `found`; returns its files.

    Pictures that `found` knows stay as they are there: a human may have
    changed them after the run that the journal is of was stopped.
    """
    if not journal.exists():
        return set()
    lines = journal.read_text("utf-8").split("\n")
    # The last line is empty, or was cut off when the run was stopped.
    write_bytes(journal, "".join(line + "\n" for line in lines[:-1]).encode())
    read = [json.loads(line) for line in lines[:-1]]
    known = {picture.file for picture in found.pictures}
    done = {row.pop("file"): row for row in read}
    done = {file: row for file, row in done.items() if file not in known}
    for file, row in done.items():
        rows.add_row(found, file, row, "")
    return set(done)
