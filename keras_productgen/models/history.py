"""What a training has logged, wherever it was kept."""

import csv
import math
import os

import numpy as np


def read_history(history):
    """Returns what was logged, epoch by epoch.

    Args:
        history: `keras.callbacks.History`, the dict it holds, or the path of
            the file of a `keras.callbacks.CSVLogger`.

    Returns:
        `(epochs, columns)`: an array of the numbers of the epochs, from 1, and
        a dict from names to float64 arrays as long. Names without any value
        are left out.

    Raises:
        ValueError: if the history holds no epoch, or its file cannot be read.
    """
    if isinstance(history, str | os.PathLike):
        columns = _read(history)
        epochs = columns.pop("epoch", None)
    else:
        epochs = getattr(history, "epoch", None)
        columns = dict(getattr(history, "history", history))
    columns = {
        name: np.asarray(values, "float64") for name, values in columns.items()
    }
    columns = {k: v for k, v in columns.items() if not np.isnan(v).all()}
    if not columns:
        raise ValueError(
            "`history` must hold at least one epoch. "
            f"Received: history={history!r}"
        )
    if epochs is None:
        epochs = range(len(next(iter(columns.values()))))
    return np.asarray(epochs) + 1, columns


def by_kind(columns):
    """Returns the dicts `losses, quality, rates` of the columns of a history.

    Rates are names that start with `learning_rate`, losses those that end in
    `loss`; everything else, such as `val_kid`, is quality.
    """
    losses, quality, rates = {}, {}, {}
    for name, values in columns.items():
        kind = losses if name.endswith("loss") else quality
        kind = rates if name.startswith("learning_rate") else kind
        kind[name] = values
    return losses, quality, rates


def _read(path):
    try:
        with open(path, newline="") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError) as error:
        raise ValueError(
            "`history` must be a file of `keras.callbacks.CSVLogger`. "
            f"Received: history={str(path)!r}: {error}"
        ) from error
    names = rows[0] if rows else ()
    return {name: [_number(row[name]) for row in rows] for name in names}


def _number(text):
    try:
        return float(text)
    except (TypeError, ValueError):
        return math.nan  # CSVLogger writes "NA".
