"""Columns of a table as condition tensors: ids, numbers, colours, labels."""

import math
import re

import numpy as np

from keras_productgen.data import label_columns

HEXADECIMAL = re.compile(r"#[0-9a-fA-F]{6}")
CHANNELS = (("_r", "_g", "_b"), ("_red", "_green", "_blue"))
BARE_CHANNELS = (("r", "g", "b"), ("red", "green", "blue"))


def merge_channels(entries, columns):
    """Joins columns such as `color_r`, `color_g`, `color_b` to one, `color`.

    Bare `r`, `g`, `b` or `red`, `green`, `blue` become `color`. Returns the
    new names; the rows of the entries gain the joined values.
    """
    found = [("color", names) for names in BARE_CHANNELS]
    for ends in CHANNELS:
        stems = [c[: -len(ends[0])] for c in columns if c.endswith(ends[0])]
        found += [(s, tuple(s + end for end in ends)) for s in stems if s]
    columns = list(columns)
    for name, channels in found:
        if name in columns or not set(channels) <= set(columns):
            continue
        columns = [c for c in columns if c not in channels] + [name]
        for entry in entries:
            entry.row[name] = [entry.row.get(channel) for channel in channels]
    return columns


def encode(entries, name, vocabulary=None):
    """Returns `(values, vocabulary)` of a column, one value an entry.

    Colours, written `#aabbcc`, `r,g,b` or as lists of three, become float32
    of shape `(n, 3)` in [0, 1]; numbers with a fraction float32 of shape
    `(n,)`; whole numbers and words int32 ids, the places of the values in the
    sorted vocabulary, which is `None` for what is no category. Labels, of
    which a picture may have several, written `cotton|striped` or as lists of
    words, become float32 rows of shape `(n, len(vocabulary))`, 1 where one
    holds.

    Raises:
        ValueError: If a row has no value or one of another kind; the message
            gives the line.
    """
    told = [entry.row.get(name) for entry in entries if entry.line is not None]
    if label_columns.holds_labels(told):
        return _labels(entries, name, vocabulary)
    values = [_value(entry, name) for entry in entries]
    if vocabulary is not None:
        return _ids(entries, name, values, list(vocabulary)), list(vocabulary)
    colors = [_color(value) for value in values]
    if any(color is not None for color in colors):
        _check_all(entries, name, values, colors, "a colour")
        return _unit_colors(entries, name, values, colors), None
    numbers = [_number(value) for value in values]
    if all(isinstance(number, int) for number in numbers):
        vocabulary = sorted(set(numbers))
        return _ids(entries, name, numbers, vocabulary), vocabulary
    if _mostly_numbers(numbers):
        _check_all(entries, name, values, numbers, "a finite number")
        return np.array(numbers, "float32"), None
    vocabulary = sorted(set(map(str, values)))
    return _ids(entries, name, values, vocabulary), vocabulary


def place(entry):
    """Says where an entry comes from, for messages."""
    if entry.line is None:
        return f"The picture {entry.path!r}"
    return f"Line {entry.line} of the manifest ({entry.path!r})"


def _labels(entries, name, vocabulary):
    rows = [label_columns.labels_of(entry.row.get(name)) for entry in entries]
    known = vocabulary and set(vocabulary)
    for entry, labels in zip(entries, rows):
        if labels is None or (known and not known.issuperset(labels)):
            raise ValueError(
                f"{place(entry)} must have labels in the column {name!r}, as "
                f"other rows have{f', of {vocabulary}' if known else ''}. "
                f"Received: {name}={entry.row.get(name)!r}"
            )
    if vocabulary is None:
        vocabulary = sorted({label for labels in rows for label in labels})
    return label_columns.multi_hot(rows, vocabulary), list(vocabulary)


def _value(entry, name):
    value = entry.row.get(name)
    value = value.strip() if isinstance(value, str) else value
    if value is None or value == "" or value == []:
        raise ValueError(
            f"{place(entry)} must have a value in the column {name!r}. "
            f"Received: {name}={value!r}"
        )
    return value


def _color(value):
    """Three numbers as written; hexadecimal ones count to 255."""
    if isinstance(value, str):
        if HEXADECIMAL.fullmatch(value):
            return [int(value[i : i + 2], 16) for i in (1, 3, 5)]
        value = value.strip("()[]").split(",")
    if not isinstance(value, list | tuple) or len(value) != 3:
        return None
    numbers = [_number(channel) for channel in value]
    return None if None in numbers or min(numbers) < 0 else numbers


def _unit_colors(entries, name, values, colors):
    """To [0, 1]: a column with any value above 1 counts to 255."""
    colors = np.array(colors, "float32")
    if colors.max() > 255:
        worst = int(np.argmax(colors.max(axis=-1)))
        raise ValueError(
            f"{place(entries[worst])} must have a colour of at most 255 in "
            f"the column {name!r}. Received: {name}={values[worst]!r}"
        )
    hexadecimal = any(str(value).startswith("#") for value in values)
    return colors / 255 if hexadecimal or colors.max() > 1 else colors


def _number(value):
    if isinstance(value, bool):
        return None
    try:
        return int(str(value))
    except ValueError:
        pass
    try:
        number = float(str(value))
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _mostly_numbers(numbers):
    # A slip among numbers is an error; a number among words is a word.
    parsed = [number for number in numbers if number is not None]
    return 2 * len(parsed) > len(numbers) and any(
        isinstance(number, float) for number in parsed
    )


def _check_all(entries, name, values, parsed, kind):
    for entry, value, result in zip(entries, values, parsed):
        if result is None:
            raise ValueError(
                f"{place(entry)} must have {kind} in the column {name!r}, as "
                f"other rows have. Received: {name}={value!r}"
            )


def _ids(entries, name, values, vocabulary):
    places = {str(word): index for index, word in enumerate(vocabulary)}
    for entry, value in zip(entries, values):
        if str(value) not in places:
            raise ValueError(
                f"{place(entry)} must have one of {vocabulary} in the column "
                f"{name!r}. Received: {name}={value!r}"
            )
    return np.array([places[str(value)] for value in values], "int32")
