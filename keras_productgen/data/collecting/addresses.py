"""The list of what to collect, with the licence and source of each."""

import csv
import dataclasses
import io
import json
import os
import pathlib
import urllib.parse

FIELDS = ("url", "licence", "source", "author", "category")
SPELLINGS = {"license": "licence", "address": "url"}
# Columns of the manifest, which others may not overwrite.
WRITTEN = ("file", "final_url", "date", "sha256", "content_type", "size",
           "picture_width", "picture_height", "status")  # fmt: skip


@dataclasses.dataclass
class Wanted:
    """A picture to collect.

    Args:
        url: Its address.
        licence: Under which it may be used.
        source: Where it is from, in words or as the address of a page.
        author: Who made it.
        category: Name of the folder it goes to.
        others: Further columns, kept in the manifest.
        place: File and line that named it.
    """

    url: str
    licence: str | None = None
    source: str | None = None
    author: str | None = None
    category: str | None = None
    others: dict = dataclasses.field(default_factory=dict)
    place: str = ""

    @property
    def host(self):
        return host_of(self.url)


def host_of(url):
    """The host and port of an address, in small letters; `""` of none."""
    try:
        parts = urllib.parse.urlsplit(url)
    except ValueError:
        return ""
    return parts.netloc.rpartition("@")[2].lower()


def read_addresses(addresses, licence=None, source=None, author=None):
    """Reads a list of addresses, each once.

    Args:
        addresses: `.txt` with an address a line, `.csv` or `.jsonl` with the
            columns `url` and optionally `licence`, `source`, `author`,
            `category`; or a list of addresses or of dicts.
        licence: Of those that say none.
        source: Of those that say none.
        author: Of those that say none.

    Returns:
        List of `Wanted`, and the number of addresses left out as repeated.

    Raises:
        ValueError: If an address has no licence or source; ten are listed.
    """
    defaults = {"licence": licence, "source": source, "author": author}
    if isinstance(addresses, str | os.PathLike):
        rows = _rows_of_file(pathlib.Path(addresses))
    else:
        rows = ((f"address {n}", row) for n, row in enumerate(addresses, 1))
    found, repeated, lacking = {}, 0, []
    for place, row in rows:
        wanted = _wanted(place, row, defaults)
        if wanted.url in found:
            repeated += 1
            continue
        found[wanted.url] = wanted
        missing = [n for n in ("licence", "source") if not getattr(wanted, n)]
        if missing:
            lacking.append(f"{place} lacks {' and '.join(missing)}")
    _refuse(found, lacking)
    return list(found.values()), repeated


def _refuse(found, lacking):
    if not found:
        raise ValueError(
            "`addresses` must hold at least one address. Received: none"
        )
    if lacking:
        more = f"; and {len(lacking) - 10} more" * (len(lacking) > 10)
        raise ValueError(
            "Every picture must have a licence and a source, in columns of "
            "these names or as the arguments `licence` and `source`. "
            f"Received: {'; '.join(lacking[:10])}{more}"
        )


def _wanted(place, row, defaults):
    row = {"url": row} if isinstance(row, str) else dict(row)
    row = {SPELLINGS.get(k, k): _stripped(v) for k, v in row.items()}
    if not isinstance(row.get("url"), str) or not row["url"]:
        raise ValueError(f"{place} must have an address. Received: {row}")
    values = {name: row.get(name) or defaults.get(name) for name in FIELDS}
    # A fragment is never sent: with and without it is one picture.
    values["url"] = row["url"].partition("#")[0]
    others = {
        name: value
        for name, value in row.items()
        if name not in FIELDS + WRITTEN and value not in (None, "")
    }
    return Wanted(**values, others=others, place=place)


def _stripped(value):
    return value.strip() if isinstance(value, str) else value


def _rows_of_file(path):
    if not path.is_file():
        raise ValueError(f"`addresses` must be a file. Received: {str(path)!r}")
    lines = io.StringIO(_text(path), newline="")
    if path.suffix.lower() == ".csv":
        reader = csv.DictReader(lines)
        for row in reader:
            row.pop(None, None)
            yield f"{path.name}:{reader.line_num}", row
        return
    for line, content in enumerate(lines, 1):
        content, place = content.strip(), f"{path.name}:{line}"
        if not content or content.startswith("#"):
            continue
        if path.suffix.lower() in (".jsonl", ".json"):
            content = _json(content, place)
        yield place, content


def _text(path):
    content = path.read_bytes()
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        wrong = content.split(b"\n")[line - 1].strip()[:60].decode("latin-1")
        raise ValueError(
            f"{path.name}:{line} must be UTF-8 text: save the file as UTF-8. "
            f"Received: {wrong!r}, if it is Latin-1, in {path}"
        ) from error


def _json(content, place):
    try:
        row = json.loads(content)
    except json.JSONDecodeError as error:
        raise ValueError(
            f"{place} must be a JSON object: {error}. Received: {content[:60]}"
        ) from error
    if not isinstance(row, dict):
        raise ValueError(
            f"{place} must be a JSON object. Received: {content[:60]}"
        )
    return row
