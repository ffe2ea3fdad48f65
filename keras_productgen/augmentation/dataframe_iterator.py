import os
import warnings

import numpy as np

from keras_productgen.augmentation.file_iterator import FileIterator
from keras_productgen.augmentation.file_iterator import check_class_mode
from keras_productgen.augmentation.file_iterator import is_picture_name
from keras_productgen.augmentation.file_iterator import split_bounds

_WITH_CLASSES = ("categorical", "binary", "sparse")
_CLASS_MODES = (*_WITH_CLASSES, "input", "multi_output", "raw", None)


class DataFrameIterator(FileIterator):
    """Batches of the files that a table names.

    See `ImageDataGenerator.flow_from_dataframe`.
    """

    def __init__(
        self,
        dataframe,
        directory,
        image_data_generator,
        x_col="filename",
        y_col="class",
        weight_col=None,
        classes=None,
        class_mode="categorical",
        subset=None,
        validate_filenames=True,
        **options,
    ):
        check_class_mode(class_mode, _CLASS_MODES)
        self.directory = os.fspath(directory or "")
        self.subset = subset
        table = dataframe
        _check_columns(table, x_col, y_col, weight_col, class_mode)
        if validate_filenames:
            table = _existing(table, x_col, self.directory)
        if class_mode in _WITH_CLASSES:
            table, names = _of_classes(table, y_col, classes)
            _check_binary(class_mode, names)
            self.class_indices = {name: at for at, name in enumerate(names)}
        elif classes:
            warnings.warn(
                f"`classes` does nothing under `class_mode={class_mode}`.",
                stacklevel=3,
            )
        start, stop = split_bounds(image_data_generator, subset, len(table))
        table = table.iloc[start:stop]
        self._take_labels(table, y_col, class_mode)
        self._sample_weight = table[weight_col].values if weight_col else None
        self.filenames = table[x_col].tolist()
        if not self.filenames:
            raise ValueError(
                "`dataframe` must name at least one picture that is there. "
                f"Received: directory={directory}, x_col={x_col}, "
                f"subset={subset}, with {len(dataframe)} rows"
            )
        super().__init__(
            [os.path.join(self.directory, name) for name in self.filenames],
            image_data_generator,
            class_mode=class_mode,
            **options,
        )

    def _take_labels(self, table, y_col, class_mode):
        if class_mode in _WITH_CLASSES:
            self.classes = [
                [self.class_indices[name] for name in value]
                if isinstance(value, (list, tuple))
                else self.class_indices[value]
                for value in table[y_col]
            ]
        elif class_mode == "multi_output":
            self._targets = [np.array(table[col].tolist()) for col in y_col]
        elif class_mode == "raw":
            self._targets = table[y_col].values

    @property
    def labels(self):
        if self.class_mode in ("multi_output", "raw"):
            return self._targets
        return self.classes

    @property
    def sample_weight(self):
        return self._sample_weight


def _check_columns(table, x_col, y_col, weight_col, class_mode):
    if class_mode == "multi_output" and not isinstance(y_col, list):
        raise TypeError(
            '`y_col` must be a list under `class_mode="multi_output"`. '
            f"Received: y_col={y_col}"
        )
    columns = [x_col] if weight_col is None else [x_col, weight_col]
    if class_mode not in ("input", None):
        columns += y_col if isinstance(y_col, list) else [y_col]
    missing = [name for name in columns if name not in table.columns]
    if missing:
        raise ValueError(
            f"`dataframe` must have the columns {columns}. "
            f"Received: columns={list(table.columns)}"
        )
    _check_types(table, x_col, str)
    if class_mode in ("binary", "sparse"):
        _check_types(table, y_col, str)
    elif class_mode == "categorical":
        _check_types(table, y_col, (str, list, tuple))
    if weight_col and table[weight_col].dtype.kind not in "iufb":
        raise TypeError(
            "`weight_col` must name a column of numbers. "
            f"Received: weight_col={weight_col}"
        )


def _check_types(table, column, types):
    wrong = [value for value in table[column] if not isinstance(value, types)]
    if wrong:
        raise TypeError(
            f"Column {column!r} must hold strings"
            + (" only. " if types is str else ", or lists of strings. ")
            + f"Received: {wrong[:3]}"
        )


def _existing(table, x_col, directory):
    there = np.array(
        [
            is_picture_name(name)
            and os.path.isfile(os.path.join(directory, name))
            for name in table[x_col]
        ],
        bool,
    )
    if not there.all():
        warnings.warn(
            f"{(~there).sum()} file names of column {x_col!r} are left out: no "
            "such picture. The first is "
            f"{table[x_col][~there].tolist()[0]!r}.",
            stacklevel=4,
        )
    return table[there]


def _of_classes(table, y_col, classes):
    """The rows that have one of the classes, and the classes in order."""
    values = [
        list(value) if isinstance(value, (list, tuple)) else value
        for value in table[y_col]
    ]
    if not classes:
        flat = [n for v in values for n in (v if isinstance(v, list) else [v])]
        return table, sorted(set(flat))
    names = list(dict.fromkeys(classes))
    kept = [
        [n for n in value if n in names] or None
        if isinstance(value, list)
        else (value if value in names else None)
        for value in values
    ]
    has_class = np.array([value is not None for value in kept], bool)
    table = table[has_class].copy()
    table[y_col] = [value for value in kept if value is not None]
    return table, names


def _check_binary(class_mode, names):
    if class_mode == "binary" and len(names) != 2:
        raise ValueError(
            '`class_mode="binary"` needs two classes. '
            f"Received: classes={names}"
        )
