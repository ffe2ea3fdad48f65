"""Draws the ladders of damage: one small plot each."""

import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt  # noqa: E402
import numpy as np  # noqa: E402

COLUMNS = 3
KID_COLOR, FID_COLOR = "#0b6e99", "#c2571a"


def plot_ladders(ladders, path):
    """Writes a PNG of `{damage: [(strength, kid, fid), ...]}`."""
    rows = -(-len(ladders) // COLUMNS)
    figure, axes = plt.subplots(
        rows, COLUMNS, figsize=(10.5, 2.7 * rows), layout="constrained"
    )
    for plot, (name, steps) in zip(axes.flat, ladders.items()):
        _draw(plot, name, steps)
    for plot in axes.flat[len(ladders) :]:
        plot.set_visible(False)
    figure.suptitle(
        "Half of the photos against the other half, damaged: "
        "KID (blue, left) and FID (orange, right)",
        fontsize=11,
    )
    figure.savefig(path, dpi=100)
    plt.close(figure)


def _draw(plot, name, steps):
    strengths, kids, fids = zip(*steps)
    places = np.arange(len(steps))
    plot.plot(places, kids, "o-", color=KID_COLOR, markersize=4)
    plot.tick_params(axis="y", labelcolor=KID_COLOR, labelsize=8)
    other = plot.twinx()
    other.plot(places, fids, "s--", color=FID_COLOR, markersize=3, lw=1)
    other.tick_params(axis="y", labelcolor=FID_COLOR, labelsize=8)
    for axis in (plot, other):
        axis.set_ylim(bottom=min(0.0, axis.get_ylim()[0]))
        axis.spines["top"].set_visible(False)
    plot.set_xticks(places, [str(strength) for strength in strengths])
    plot.set_title(name, fontsize=9)
