"""How the results of files differ from those of their model."""

import time

import numpy as np

from keras_productgen.export.formats.checks import ExportCheck

ORIGINAL = "original"
ROUNDS = 7


def compared(function, exported, rows, clean):
    """Returns an `ExportCheck` of each file.

    Args:
        function: `StaticFunction`, the model itself.
        exported: dict from formats to a `pathlib.Path` and what runs it, a
            function from a row to an array.
        rows: list of dicts of arrays, what goes in.
        clean: optional list of uint8 arrays, what should come out.
    """
    runners = {ORIGINAL: function}
    runners |= {name: runner for name, (_, runner) in exported.items()}
    times = _times(runners, rows[0])
    expected = [function(row) for row in rows]
    low, high = function.value_range
    levels = 255.0 / (high - low)
    checks = []
    for name, (path, runner) in exported.items():
        made = [runner(row) for row in rows]
        differences = levels * np.abs(np.subtract(made, expected))
        checks.append(
            ExportCheck(
                format=name,
                path=str(path),
                kilobytes=_bytes_of(path) / 1000.0,
                max_difference=float(differences.max()),
                mean_difference=float(differences.mean()),
                psnr_loss=_loss(clean, expected, made, function.value_range),
                milliseconds=times[name],
                original_milliseconds=times[ORIGINAL],
            )
        )
    return checks


def _loss(clean, expected, made, value_range):
    if clean is None:
        return None
    original = _psnr(clean, expected, value_range)
    return original - _psnr(clean, made, value_range)


def _times(runners, row):
    """Median processor time of each in ms, all in turns."""
    taken = {name: [] for name in runners}
    for runner in runners.values():
        runner(row)
    for _ in range(ROUNDS):
        for name, runner in runners.items():
            start = time.process_time()
            runner(row)
            taken[name].append(1e3 * (time.process_time() - start))
    return {name: float(np.median(values)) for name, values in taken.items()}


def _psnr(clean, outputs, value_range):
    """The mean over pictures, of results rounded to whole levels."""
    low, high = value_range
    decibels = []
    for picture, output in zip(clean, outputs, strict=True):
        levels = np.rint((output[0] - low) * (255.0 / (high - low)))
        error = np.mean((levels.clip(0, 255) - picture) ** 2)
        decibels.append(10.0 * np.log10(255.0**2 / max(error, 1e-9)))
    return float(np.mean(decibels))


def _bytes_of(path):
    """Of a file; of a version its graph and its weights."""
    if path.is_file():
        return path.stat().st_size
    files = [path / "saved_model.pb", *(path / "variables").iterdir()]
    return sum(file.stat().st_size for file in files)
