"""`data.yaml`: the few forms of it that YOLO's tools write."""

import json
import os
import pathlib
import re

from keras_productgen import images

# What stands between commas; those within quotes do not count.
_FLOW_PART = re.compile(r"""(?:"(?:[^"\\]|\\.)*"|'[^']*'|[^,"'])+""")
_ENTRY = re.compile(r"(?P<key>[\w'\"-]+)\s*:\s*(?P<value>.*)")


def write(path: str | os.PathLike, folders, names):
    """Writes folders of pictures and the names of categories."""
    lines = ["path: ."]
    lines += [f"{split}: {folder}" for split, folder in folders.items()]
    lines.append(f"nc: {len(names)}")
    lines.append("names:" if names else "names: []")
    # A JSON text is a YAML text.
    lines += [
        f"  {number}: {json.dumps(name, ensure_ascii=False)}"
        for number, name in enumerate(names)
    ]
    images.write_bytes(path, ("\n".join(lines) + "\n").encode())


def read(path: str | os.PathLike):
    """Returns a dict of texts, with the dict `names` of categories by number.

    Raises:
        ValueError: If the file is missing or has no such names.
    """
    path = pathlib.Path(path)
    if not path.is_file():
        raise ValueError(
            f"A YOLO folder must have a data.yaml. Received: {path}"
        )
    settings, names, key = {}, None, None
    for line in path.read_text("utf-8-sig").splitlines():
        content = _without_comment(line)
        if not content.strip():
            continue
        if not content[0].isspace() and not content.startswith("-"):
            match = _ENTRY.fullmatch(content.strip())
            key = _plain(match["key"]) if match else None
            value = match["value"].strip() if match else ""
            names = _flow(value) if key == "names" else names
            if key is not None and key != "names" and value:
                settings[key] = _plain(value)
        elif key == "names":
            _add_name(names, content.strip())
    if not names:
        raise ValueError(
            "data.yaml must have `names`, a list or numbers with names. "
            f"Received: {path}"
        )
    return settings | {"names": names}


def _add_name(names, content):
    if content.startswith("-"):
        names[len(names)] = _plain(content[1:])
        return
    match = _ENTRY.fullmatch(content)
    number = _plain(match["key"]) if match else ""
    if not number.isdigit():
        raise ValueError(
            f"`names` in data.yaml must have numbers. Received: {content!r}"
        )
    names[int(number)] = _plain(match["value"])


def _flow(value):
    """`[dress, "hat"]` or `{0: dress, 1: hat}` as a dict by number."""
    parts = _FLOW_PART.findall(value[1:-1])
    parts = [part.strip() for part in parts if part.strip()]
    if value.startswith("["):
        return dict(enumerate(map(_plain, parts)))
    if value.startswith("{"):
        pairs = [part.partition(":") for part in parts]
        return {int(_plain(number)): _plain(n) for number, _, n in pairs}
    return {}


def _plain(text):
    text = text.strip()
    if len(text) > 1 and text[0] == text[-1] == '"':
        return json.loads(text)
    if len(text) > 1 and text[0] == text[-1] == "'":
        return text[1:-1].replace("''", "'")
    return text


def _without_comment(line):
    return re.sub(r"(^|\s)#.*", "", line) if not _quoted(line) else line


def _quoted(line):
    return '"' in line or "'" in line
