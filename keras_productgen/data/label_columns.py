"""Columns of a table whose cells hold several labels, or none."""

import numpy as np

SEPARATOR = "|"


def holds_labels(values):
    """Whether any value of a column is a list of words, or words in a row."""
    return any(map(_is_list_of_words, values)) or any(
        isinstance(value, str) and SEPARATOR in value for value in values
    )


def labels_of(value):
    """Returns the words of a cell, or `None` for what holds no words.

    Args:
        value: words with "|" between them, one word, an empty string, a list
            of words, or anything else that a table may hold.
    """
    if isinstance(value, str):
        words = [word.strip() for word in value.split(SEPARATOR)]
        return [word for word in words if word]
    if value == [] or _is_list_of_words(value):
        return [word.strip() for word in value]
    return None


def multi_hot(rows, vocabulary):
    """Returns float32 `(len(rows), len(vocabulary))`: 1 for a row's labels.

    Raises:
        KeyError: if a label is not in the vocabulary.
    """
    places = {label: index for index, label in enumerate(vocabulary)}
    values = np.zeros((len(rows), len(places)), "float32")
    for index, labels in enumerate(rows):
        values[index, [places[label] for label in labels]] = 1.0
    return values


def _is_list_of_words(value):
    return (
        isinstance(value, list)
        and bool(value)
        and all(
            isinstance(word, str) and not _is_number(word) for word in value
        )
    )


def _is_number(word):
    try:
        float(word)
    except ValueError:
        return False
    return True
