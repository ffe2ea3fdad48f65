import io
import os

import numpy as np
from matplotlib.figure import Figure

from keras_productgen.images import write_bytes

MARK = dict(marker="o", markersize=9, markeredgecolor="white")


def attention_plot(
    image, attention, points, path: str | os.PathLike | None = None
):
    """Draws where some places of a picture look.

    The first panel shows the picture with the places marked, each further one
    the attention of a place, from the least (dark) to the most.

    Args:
        image: array of shape `(height, width, 3)`, values 0-255.
        attention: array of shape `(query_height, query_width, key_height,
            key_width)`, a row of what `models.attention_maps` gives.
        points: pairs `(row, column)` of pixels of `image`.
        path: optional path of a PNG, which appears whole or not at all.

    Returns:
        `matplotlib.figure.Figure`, which pyplot does not know of: nothing needs
        to be closed.

    Raises:
        ValueError: if there is no point, or one lies outside.
    """
    image, attention = np.asarray(image), np.asarray(attention)
    height, width = image.shape[:2]
    _check_points(points, height, width)
    figure = Figure(figsize=(2.4 * (len(points) + 1), 2.4))
    figure.set_layout_engine("constrained")
    first, *others = figure.subplots(1, len(points) + 1)
    shown = np.clip(np.rint(image), 0, 255).astype("uint8")
    first.imshow(shown)
    for number, (axes, (row, column)) in enumerate(zip(others, points)):
        place = (
            row * attention.shape[0] // height,
            column * attention.shape[1] // width,
        )
        axes.imshow(shown)
        axes.imshow(
            attention[place],
            extent=(-0.5, width - 0.5, height - 0.5, -0.5),
            interpolation="bilinear",
            alpha=0.75,
        )
        for marked in (first, axes):
            marked.plot(column, row, color=f"C{number + 1}", **MARK)
    for axes in (first, *others):
        axes.set_axis_off()
    if path is not None:
        buffer = io.BytesIO()
        figure.savefig(buffer, format="png", dpi=100)
        write_bytes(path, buffer.getvalue())
    return figure


def _check_points(points, height, width):
    inside = all(
        0 <= row < height and 0 <= column < width for row, column in points
    )
    if len(points) == 0 or not inside:
        raise ValueError(
            f"`points` must be pairs (row, column) within {height} x {width}. "
            f"Received: points={points}"
        )
