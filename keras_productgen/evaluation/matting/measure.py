"""How well methods cut products out, beside each other."""

import dataclasses
import os
import time

import numpy as np

from keras_productgen import images
from keras_productgen.evaluation.matting import errors
from keras_productgen.evaluation.plain import plain

HEADINGS = ("method", "IoU", "median", "< 0.93", "MAD", "gradient", "conn.")


@dataclasses.dataclass(frozen=True)
class MatteScore:
    """What one method reached, means over pictures.

    Args:
        method: str.
        iou: float, intersection over union, see `matte_iou`.
        median_iou: float.
        num_poor: int, pictures whose intersection over union is below 0.93.
        mad: float, mean absolute difference of mattes in `[0, 1]`.
        gradient: float, see `gradient_error`.
        connectivity: float, see `connectivity_error`.
        seconds: float, median over the pictures.
        iou_of_each: list of floats.
    """

    method: str
    iou: float
    median_iou: float
    num_poor: int
    mad: float
    gradient: float
    connectivity: float
    seconds: float
    iou_of_each: list


@dataclasses.dataclass
class MatteScores:
    """What `measure_mattes` found.

    Args:
        scores: list of `MatteScore`.
        num_images: int.
    """

    scores: list
    num_images: int

    def rows(self):
        """The table without its headings, a list of tuples of str."""
        return [
            (
                score.method,
                f"{score.iou:.3f}",
                f"{score.median_iou:.3f}",
                str(score.num_poor),
                f"{score.mad:.4f}",
                f"{score.gradient:.2f}",
                f"{score.connectivity:.2f}",
                f"{score.seconds:.3f}",
            )
            for score in self.scores
        ]

    def __str__(self):
        rows = [(*HEADINGS, "s"), *self.rows()]
        widths = [max(map(len, column)) for column in zip(*rows)]
        lines = [
            name.ljust(widths[0])
            + "".join(f"  {x:>{w}}" for x, w in zip(figures, widths[1:]))
            for name, *figures in rows
        ]
        return "\n".join([f"{self.num_images} pictures", *lines])

    def as_dict(self):
        """All figures as plain values, for JSON."""
        return {
            "num_images": self.num_images,
            "scores": [plain(score) for score in self.scores],
        }

    def save_json(self, path: str | os.PathLike):
        """Writes all figures as JSON."""
        images.write_json(path, self.as_dict())


def measure_mattes(pictures, mattes, methods, progress=None):
    """Compares what methods cut out with mattes that are known.

    ```python
    methods = {"GrabCut": kpg.editing.grabcut_matte, "U-Net": model.matte}
    print(kpg.evaluation.measure_mattes(photos, mattes, methods))
    ```

    Args:
        pictures: list of uint8 arrays `(height, width, 3)`, RGB.
        mattes: as many uint8 arrays `(height, width)`, 255 for product.
        methods: dict from names to functions from a picture to its matte.
        progress: optional function called with `(done, total)`.

    Returns:
        `MatteScores`.

    Raises:
        ValueError: if there is no picture or no method, or the numbers of
            pictures and mattes differ.
    """
    if not methods or not len(pictures) or len(pictures) != len(mattes):
        raise ValueError(
            "There must be a method, and as many mattes as pictures, at least "
            f"one. Received: {len(methods)} methods, {len(pictures)} pictures, "
            f"{len(mattes)} mattes"
        )
    rows = {name: [] for name in methods}
    for done, (picture, wanted) in enumerate(zip(pictures, mattes)):
        for name, method in methods.items():
            rows[name].append(_figures(method, picture, wanted))
        if progress is not None:
            progress(done + 1, len(pictures))
    scores = [_score(name, np.array(rows[name])) for name in methods]
    return MatteScores(scores, len(pictures))


def _figures(method, picture, wanted):
    began = time.perf_counter()
    found = method(picture)
    seconds = time.perf_counter() - began
    measures = (
        errors.matte_iou,
        errors.matte_mad,
        errors.gradient_error,
        errors.connectivity_error,
    )
    return (*(measure(wanted, found) for measure in measures), seconds)


def _score(name, figures):
    iou, mad, gradient, connectivity, seconds = figures.T
    return MatteScore(
        name,
        float(iou.mean()),
        float(np.median(iou)),
        int(np.count_nonzero(iou < 0.93)),
        float(mad.mean()),
        float(gradient.mean()),
        float(connectivity.mean()),
        float(np.median(seconds)),
        iou.tolist(),
    )
