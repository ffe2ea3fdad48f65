import os
import threading
import warnings

import numpy as np

from keras_productgen.augmentation.batch_iterator import BatchIterator
from keras_productgen.augmentation.draws import draw_batch
from keras_productgen.augmentation.reading import COLOR_MODES
from keras_productgen.augmentation.reading import INTERPOLATIONS
from keras_productgen.augmentation.reading import read_picture
from keras_productgen.augmentation.saving import save_batch

SUFFIXES = ("png", "jpg", "jpeg", "bmp", "ppm", "tif", "tiff")
_CHANNELS = {"grayscale": 1, "rgb": 3, "rgba": 4}


class FileIterator(BatchIterator):
    """Batches of picture files.

    A file that cannot be read does not stop the training: the next one in the
    list stands in for it, with its own label, and `report` names it.

    Attributes:
        report: list of pairs, path and reason, of the files not read.
    """

    def __init__(
        self,
        filepaths,
        image_data_generator,
        target_size=(256, 256),
        color_mode="rgb",
        class_mode=None,
        batch_size=32,
        shuffle=True,
        seed=None,
        save_to_dir=None,
        save_prefix="",
        save_format="png",
        interpolation="nearest",
        keep_aspect_ratio=False,
        workers=None,
    ):
        _check_choice("color_mode", color_mode, COLOR_MODES)
        _check_choice("interpolation", interpolation, INTERPOLATIONS)
        super().__init__(len(filepaths), batch_size, shuffle, seed, workers)
        self.filepaths = filepaths
        self.samples = len(filepaths)
        self.image_data_generator = image_data_generator
        self.target_size = tuple(target_size)
        self.color_mode = color_mode
        self.class_mode = class_mode
        self.data_format = image_data_generator.data_format
        self.dtype = image_data_generator.dtype
        self.save_to_dir = save_to_dir
        self.save_prefix = save_prefix
        self.save_format = save_format
        self.interpolation = interpolation
        self.keep_aspect_ratio = keep_aspect_ratio
        channels = (_CHANNELS[color_mode],)
        last = self.data_format == "channels_last"
        self.image_shape = (
            self.target_size + channels if last else channels + self.target_size
        )
        self._failures = {}
        self._failures_lock = threading.Lock()

    @property
    def report(self):
        return sorted(self._failures.items())

    def _make_batch(self, indices, random):
        generator = self.image_data_generator
        draws = draw_batch(generator, *self.target_size, len(indices), random)
        batch = np.empty((len(indices), *self.image_shape), self.dtype)
        used = np.array(indices)
        for row, drawn in enumerate(draws):
            picture, used[row] = self._read(indices[row])
            generator.write_transformed(picture, drawn, batch[row])
        if self.save_to_dir:
            save_batch(batch, used, random, self)
        return self._with_labels(batch, used)

    def _read(self, index):
        """The picture at `index` or the next that can be read, and where."""
        for step in range(self.n):
            at = (index + step) % self.n
            path = self.filepaths[at]
            if path in self._failures:
                continue
            try:
                return self._read_file(path), at
            except Exception as error:  # whatever a torn file makes of Pillow
                self._note_failure(path, error)
        raise ValueError(
            "At least one file must be a readable picture. "
            f"Received: report={self.report[:3]}"
        )

    def _read_file(self, path):
        return read_picture(
            path,
            self.color_mode,
            self.target_size,
            self.keep_aspect_ratio,
            self.interpolation,
        )

    def _note_failure(self, path, error):
        with self._failures_lock:
            is_first = not self._failures
            reason = f"{type(error).__name__}: {error}"
            self._failures[path] = reason
        if is_first:
            warnings.warn(
                f"{path} cannot be read ({reason}); another picture stands in "
                "for it. `report` lists all such files.",
                stacklevel=2,
            )

    def _with_labels(self, batch, indices):
        if self.class_mode is None:
            return batch
        labels = self._labels(batch, indices)
        if self.sample_weight is None:
            return batch, labels
        return batch, labels, self.sample_weight[indices]

    def _labels(self, batch, indices):
        if self.class_mode == "input":
            return batch.copy()
        if self.class_mode == "multi_output":
            return [output[indices] for output in self.labels]
        if self.class_mode == "raw":
            return self.labels[indices]
        if self.class_mode in ("binary", "sparse"):
            return np.array([self.classes[i] for i in indices], self.dtype)
        labels = np.zeros((len(batch), len(self.class_indices)), self.dtype)
        for row, index in enumerate(indices):
            labels[row, self.classes[index]] = 1
        return labels

    @property
    def labels(self):
        return self.classes

    @property
    def sample_weight(self):
        return None


def split_bounds(generator, subset, count):
    """Where a subset of `count` files, sorted, begins and ends."""
    _check_choice("subset", subset, ("training", "validation", None))
    if subset is None:
        return 0, count
    split = int(generator.validation_split * count)
    return (0, split) if subset == "validation" else (split, count)


def check_class_mode(class_mode, known):
    _check_choice("class_mode", class_mode, known)


def is_picture_name(name):
    return os.fspath(name).lower().endswith(SUFFIXES)


def _check_choice(argument, value, choices):
    if value not in choices:
        raise ValueError(
            f"`{argument}` must be one of {tuple(choices)}. "
            f"Received: {argument}={value}"
        )
