"""The answers of raters, as their pages wrote them."""

import csv
import dataclasses
import json
import os
import pathlib

COLUMNS = ("page", "rater", "question", "left", "right", "answer")
CHOICES = {
    "pairs": ("left", "tie", "right"),
    "scores": ("1", "2", "3", "4", "5"),
}


@dataclasses.dataclass(frozen=True)
class Answer:
    """What one rater said to one question.

    Args:
        rater: str.
        question: str, its name in the key.
        pictures: tuple of the names of the pictures, left to right.
        choice: str, out of `CHOICES`.
    """

    rater: str
    question: str
    pictures: tuple
    choice: str


def read_key(path: str | os.PathLike):
    """Returns the key that `rating_page` wrote, a dict."""
    try:
        key = json.loads(pathlib.Path(path).read_text("utf-8"))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise ValueError(
            f"`key` must be the file that `rating_page` wrote: {error}. "
            f"Received: key={str(path)!r}"
        ) from error
    wanted = {"page", "kind", "pictures", "questions"}
    if not isinstance(key, dict) or not wanted <= set(key):
        raise ValueError(
            "`key` must be the file that `rating_page` wrote. "
            f"Received: key={str(path)!r}, without {sorted(wanted)}"
        )
    return key


def read_answers(paths, key):
    """Returns a list of `Answer` of all files.

    Raises:
        ValueError: if a file does not fit the key; it names file and line.
    """
    if isinstance(paths, str | os.PathLike):
        paths = [paths]
    found, places = [], {}
    for path in paths:
        for line, row in _rows(path):
            place = f"line {line} of {path}"
            answer = _answer(row, key, place)
            same = (answer.rater, answer.question)
            if same in places:
                raise ValueError(
                    "A rater must answer a question once, and two raters "
                    f"have two names. Received: rater {answer.rater!r}, "
                    f"question {answer.question} in {place} and in "
                    f"{places[same]}"
                )
            places[same] = place
            found.append(answer)
    if not found:
        raise ValueError(
            "The files must hold at least one answer. "
            f"Received: {[str(path) for path in paths]}"
        )
    return found


def _rows(path):
    try:
        text = pathlib.Path(path).read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ValueError(
            f"Answers must be CSV files in UTF-8: {error}. "
            f"Received: {str(path)!r}"
        ) from error
    # Spreadsheets of many countries save with semicolons.
    delimiter = max(",;\t", key=text.partition("\n")[0].count)
    reader = csv.DictReader(text.splitlines(), delimiter=delimiter)
    missing = [
        name for name in COLUMNS if name not in (reader.fieldnames or ())
    ]
    if missing:
        raise ValueError(
            f"Answers must have the columns {COLUMNS}. Received: "
            f"{str(path)!r} with {reader.fieldnames}, without {missing}"
        )
    for row in reader:
        yield reader.line_num, {n: (row[n] or "").strip() for n in COLUMNS}


def _answer(row, key, place):
    pictures = tuple(name for name in (row["left"], row["right"]) if name)
    asked = key["questions"].get(row["question"])
    checks = [
        ("page", row["page"] == key["page"], f"be {key['page']}"),
        ("rater", bool(row["rater"]), "not be empty"),
        ("question", asked is not None, "be one of the key"),
        (
            "left and right",
            asked is None or sorted(asked) == sorted(pictures),
            "be the pictures of the question",
        ),
        (
            "answer",
            row["answer"] in CHOICES[key["kind"]],
            f"be one of {CHOICES[key['kind']]}",
        ),
    ]
    for name, fits, wanted in checks:
        if not fits:
            raise ValueError(
                f"`{name}` must {wanted}, or the file belongs to another "
                f"page. Received: {row} in {place}"
            )
    return Answer(row["rater"], row["question"], pictures, row["answer"])
