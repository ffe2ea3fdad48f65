import csv
import io
import math
import os

import numpy as np
from matplotlib.figure import Figure

from keras_productgen.images import write_bytes


def history_plot(history, path: str | os.PathLike | None = None):
    """Draws what a training logged: losses, quality, learning rates.

    Names ending in `loss` have the left axis; names starting with
    `learning_rate` a panel of their own, in logarithms; everything else, such
    as `val_kid`, the right axis.

    Args:
        history: `keras.callbacks.History`, the dict it holds, or the path of
            the file of a `keras.callbacks.CSVLogger`.
        path: optional path of a PNG, which appears whole or not at all.

    Returns:
        `matplotlib.figure.Figure`, which pyplot does not know of: nothing needs
        to be closed.

    Raises:
        ValueError: if the history holds no epoch.
    """
    epochs, columns = _columns(history)
    rates = {k: v for k, v in columns.items() if k.startswith("learning_rate")}
    losses = {k: v for k, v in columns.items() if k.endswith("loss")}
    others = {
        name: values
        for name, values in columns.items()
        if name not in rates and name not in losses
    }
    figure = Figure(figsize=(8, 6 if rates else 4), layout="constrained")
    ratios = [3, 1] if rates else [1]
    top, *below = figure.subplots(
        len(ratios), 1, sharex=True, squeeze=False, height_ratios=ratios
    )[:, 0]
    _draw_quality(top, epochs, losses, others)
    for axes in below:
        _draw(axes, epochs, rates, first_color=0)
        axes.set(ylabel="learning rate", yscale="log")
        axes.legend(fontsize="small")
    figure.axes[len(below)].set_xlabel("epoch")
    if path is not None:
        buffer = io.BytesIO()
        figure.savefig(buffer, format="png", dpi=100)
        write_bytes(path, buffer.getvalue())
    return figure


def _draw_quality(axes, epochs, losses, others):
    lines = _draw(axes, epochs, losses, first_color=0)
    axes.set_ylabel("loss")
    if others:
        right = axes.twinx()
        lines += _draw(right, epochs, others, first_color=len(losses))
        right.set_ylabel(", ".join(others))
    axes.legend(handles=lines, fontsize="small")


def _draw(axes, epochs, columns, first_color):
    marker = "o" if len(epochs) == 1 else None
    return [
        axes.plot(epochs, values, f"C{number}", marker=marker, label=name)[0]
        for number, (name, values) in enumerate(columns.items(), first_color)
    ]


def _columns(history):
    """Returns the numbers of the epochs, from 1, and the logged values."""
    if isinstance(history, (str, os.PathLike)):
        columns = _read(history)
        epochs = columns.pop("epoch", None)
    else:
        epochs = getattr(history, "epoch", None)
        columns = dict(getattr(history, "history", history))
    columns = {
        name: np.asarray(values, "float64") for name, values in columns.items()
    }
    columns = {
        name: values
        for name, values in columns.items()
        if not np.isnan(values).all()
    }
    if not columns:
        raise ValueError(
            "`history` must hold at least one epoch. "
            f"Received: history={history!r}"
        )
    if epochs is None:
        epochs = range(len(next(iter(columns.values()))))
    return np.asarray(epochs) + 1, columns


def _read(path):
    with open(path, newline="") as file:
        rows = list(csv.DictReader(file))
    names = rows[0] if rows else ()
    return {name: [_number(row[name]) for row in rows] for name in names}


def _number(text):
    try:
        return float(text)
    except (TypeError, ValueError):
        return math.nan  # CSVLogger writes "NA".
