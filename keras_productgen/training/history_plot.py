import io
import os

from matplotlib.figure import Figure

from keras_productgen.images import write_bytes
from keras_productgen.models.history import by_kind
from keras_productgen.models.history import read_history


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
    epochs, columns = read_history(history)
    losses, others, rates = by_kind(columns)
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
