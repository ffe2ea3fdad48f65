"""Drawings for the page, as SVG that takes the page's own text colour."""

import io

import matplotlib
import numpy as np
from matplotlib.figure import Figure

from keras_productgen.models.history import by_kind
from keras_productgen.models.history import read_history

# Replaced by the colour of the page's text, in light and dark.
_TEXT = "#010203"
_BLUE, _ORANGE, _GREEN, _PURPLE = "#3b7dd8", "#d9701e", "#2f9e62", "#9a5fc4"
COLORS = (_BLUE, _ORANGE, _GREEN, _PURPLE)
STYLE = {
    "svg.fonttype": "none",
    # The same drawing gives the same bytes.
    "svg.hashsalt": "keras_productgen",
    "font.family": "sans-serif",
    "font.size": 10,
    "text.color": _TEXT,
    "axes.edgecolor": _TEXT,
    "axes.labelcolor": _TEXT,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "xtick.color": _TEXT,
    "ytick.color": _TEXT,
    "legend.frameon": False,
}


def history_svg(history):
    """Draws what a training logged: losses, quality, learning rates.

    Args:
        history: `keras.callbacks.History`, the dict it holds, or the path of
            the file of a `keras.callbacks.CSVLogger`.

    Returns:
        str, an `<svg>` element.

    Raises:
        ValueError: if the history holds no epoch.
    """
    epochs, columns = read_history(history)
    titles = ("losses", "quality", "learning rates")
    panels = dict(zip(titles, by_kind(columns)))
    panels = {title: lines for title, lines in panels.items() if lines}
    with matplotlib.rc_context(STYLE):
        figure = Figure(figsize=(4 * len(panels), 3), layout="constrained")
        places = figure.subplots(1, len(panels), squeeze=False)[0]
        for axes, (title, lines) in zip(places, panels.items()):
            _draw(axes, epochs, lines)
            axes.set(title=title, xlabel="epoch")
        return to_svg(figure)


def _draw(axes, epochs, lines):
    marker = "o" if len(epochs) == 1 else None
    for number, (name, values) in enumerate(lines.items()):
        color = COLORS[number % len(COLORS)]
        axes.plot(epochs, values, color=color, marker=marker, label=name)
    values = np.concatenate(list(lines.values()))
    values = values[np.isfinite(values)]
    # Where quality improves a hundredfold, a straight scale shows a corner.
    if len(values) and values.min() > 0 and values.max() > 20 * values.min():
        axes.set_yscale("log")
    axes.legend(fontsize="small")


def histogram_svg(groups, threshold, label):
    """Draws the shares of values, a step line for each group.

    Args:
        groups: dict from a name to an array of values.
        threshold: float, marked by a line.
        label: str, what the values are.

    Returns:
        str, an `<svg>` element.
    """
    values = np.concatenate(
        [rows[np.isfinite(rows)] for rows in groups.values()]
    )
    edges = np.linspace(0.0, np.quantile(values, 0.995) or 1.0, 41)
    with matplotlib.rc_context(STYLE):
        figure = Figure(figsize=(7, 2.6), layout="constrained")
        axes = figure.subplots()
        for color, (name, rows) in zip(COLORS, groups.items()):
            shares = np.histogram(rows, edges)[0] / len(rows)
            axes.stairs(shares, edges, color=color, fill=True, alpha=0.25)
            axes.stairs(shares, edges, color=color, label=name, linewidth=1.5)
        axes.axvline(threshold, color=_TEXT, linestyle="--", label="threshold")
        axes.set(xlabel=label, ylabel="share of pictures")
        axes.legend(fontsize="small")
        return to_svg(figure)


def to_svg(figure):
    """Returns a figure as an `<svg>` element for a page."""
    buffer = io.StringIO()
    figure.savefig(
        buffer, format="svg", transparent=True, metadata={"Date": None}
    )
    text = buffer.getvalue()
    return text[text.index("<svg") :].replace(_TEXT, "currentColor")
