"""What is watched while a translator is trained."""

import keras
import numpy as np

from keras_productgen import metrics
from keras_productgen import training
from keras_productgen.cli.conditions import spread_conditions
from keras_productgen.data.first_pictures import first_pictures

NUM_ROWS = 8
VALUES_SHOWN = 4


def watchers(model, data, directory, num_compared, seed):
    """Callbacks that show translations, and compare them with the truth.

    Args:
        model: compiled `ImageTranslation`.
        data: `TrainingData`; where `paired`, its batches are
            `(sources, targets)`.
        directory: `pathlib.Path` of the run.
        num_compared: int, most pairs that are compared after each epoch.
        seed: int, of what the model draws.
    """
    if hasattr(model, "condition_names"):
        sources, _ = first_pictures(data.validation, NUM_ROWS)
        wishes = _wishes(model)
        return [training.TranslationGrid(directory, sources, conditions=wishes)]
    if hasattr(model, "directions"):
        sources, _ = first_pictures(data.validation, NUM_ROWS)
        return [training.TranslationGrid(directory, sources)]
    if data.validation is None:
        pairs = first_pairs(data.training, NUM_ROWS)
        return [training.TranslationGrid(directory, *pairs, seed=seed)]
    pairs = first_pairs(data.validation, num_compared)
    shown = [pictures[:NUM_ROWS] for pictures in pairs]
    return [
        EvaluatePairs(*pairs, seed),
        training.TranslationGrid(directory, *shown, seed=seed),
    ]


def first_pairs(dataset, num_pairs):
    """Returns the first `(sources, targets)` of a dataset as two arrays."""
    batches = []
    for sources, targets in dataset:
        batches.append((np.asarray(sources), np.asarray(targets)))
        if sum(len(sources) for sources, _ in batches) >= num_pairs:
            break
    return [np.concatenate(part)[:num_pairs] for part in zip(*batches)]


def _wishes(model):
    """Some values of each condition of a model, one at a time."""
    return [
        {name: row}
        for name, rows in spread_conditions(model, VALUES_SHOWN).items()
        for row in np.unique(rows, axis=0)
    ]


class EvaluatePairs(keras.callbacks.Callback):
    """Logs how far translations are from their targets, after each epoch.

    `val_l1_loss` is the mean absolute difference on the scale of `[-1, 1]`, as
    `l1_loss` of `Pix2Pix` is; `val_psnr` the mean of the ratios, in dB.

    Args:
        sources: float array `(num_pairs, height, width, channels)` with values
            in the model's `value_range`.
        targets: what should become of them, as many.
        seed: int, of the noise, the same in every epoch.
    """

    def __init__(self, sources, targets, seed=0):
        super().__init__()
        self.sources = sources
        self.targets = targets
        self.seed = seed

    def on_epoch_end(self, epoch, logs=None):
        made = self.model.translate(self.sources, seed=self.seed)
        low, high = value_range = self.model.value_range
        difference = np.abs(made - self.targets).mean() * 2 / (high - low)
        decibels = metrics.psnr(self.targets, made, value_range)
        logs["val_l1_loss"] = float(difference)
        logs["val_psnr"] = float(keras.ops.mean(decibels))
