"""What must hold of a file, and how it differs from its original."""

import dataclasses
import importlib.util
import math

import numpy as np

from keras_productgen.export.formats.samples import drawn_row

# A mean difference, in levels of 255, beyond which a file is of no use.
FARTHEST = 16.0


@dataclasses.dataclass(frozen=True)
class ExportCheck:
    """A file of a model, held against the model.

    Args:
        format: str, out of `FORMATS`.
        path: str, the file, or the folder of a version.
        kilobytes: float, of 1000 bytes.
        max_difference: float, the largest difference of a value from the
            original, in levels of 255.
        mean_difference: float, the mean of the absolute differences.
        psnr_loss: optional float, dB that restored pictures are worse by;
            None where the damage that a model mends is not known.
        milliseconds: float, median of processor time for one row.
        original_milliseconds: the same of the original, taken in turns.
        failure: optional str, why there is no such file; then there are no
            figures either.
    """

    format: str
    path: str = ""
    kilobytes: float = math.nan
    max_difference: float = math.nan
    mean_difference: float = math.nan
    psnr_loss: float | None = None
    milliseconds: float = math.nan
    original_milliseconds: float = math.nan
    failure: str | None = None

    @property
    def speed_ratio(self):
        """How many times as fast as the original; below 1 it is slower."""
        return self.original_milliseconds / self.milliseconds


def check_path(path, suffix):
    if path.suffix != suffix:
        raise ValueError(
            f"`path` must end with {suffix}. Received: path={str(path)!r}"
        )


def check_extra(extra, *packages):
    """Raises an `ImportError` that names the extra of missing packages."""
    missing = [
        package
        for package in packages
        if importlib.util.find_spec(package) is None
    ]
    if missing:
        raise ImportError(
            f"This needs {', '.join(missing)}: "
            f"pip install keras-productgen[{extra}]"
        )


def check_size(data, bytes_a_weight, num_weights, path):
    """Refuses a file that cannot hold its weights.

    Some ways of converting leave them out without a word.
    """
    # A tenth for weights that no output depends on, and constants.
    least = 0.9 * bytes_a_weight * num_weights
    if len(data) < least:
        raise ValueError(
            "The file must hold all weights. Received: "
            f"{len(data)} bytes for {num_weights} weights of {path.name}"
        )


def check_runs(runner, function, rows=None):
    """Runs some rows, by default one of noise.

    The shape must be right, all values finite, and on the mean they must be
    near those of the model: 8 bits can ruin a network altogether.

    Args:
        runner: function from a row to an array.
        function: `StaticFunction`, the model.
        rows: optional list of dicts of arrays.

    Raises:
        ValueError: if one of these does not hold.
    """
    low, high = function.value_range
    differences = []
    for inputs in rows or [drawn_row(function)]:
        expected, made = function(inputs), runner(inputs)
        if made.shape != expected.shape or not np.isfinite(made).all():
            raise ValueError(
                "The file must give what the model gives: finite values of "
                f"shape {expected.shape}. Received: {made.shape}, "
                f"{int((~np.isfinite(made)).sum())} values not finite"
            )
        differences.append(np.abs(made - expected).mean())
    mean = float(np.mean(differences)) * 255.0 / (high - low)
    if mean > FARTHEST:
        raise ValueError(
            "The file must give what the model gives, to a mean of "
            f"{FARTHEST:g} of 255 levels; where 8 bits are too few, take "
            f"another quantization. Received: {mean:.3g} levels"
        )
