"""Pictures with what is known of them, cut into folds by product."""

import dataclasses
import hashlib
import os

import numpy as np
from sklearn import model_selection

from keras_productgen.data.folder_contents import read_folder
from keras_productgen.data.picture_source import PictureSource
from keras_productgen.images.resizing import pair


@dataclasses.dataclass
class FoldData:
    """Pictures in memory.

    Args:
        images: array `(num_images, height, width, 3)`.
        labels: array of `num_images` rows, a dict of such arrays, or None.
        groups: array of `num_images` names; equal ones stay together.
    """

    images: np.ndarray
    labels: object
    groups: np.ndarray

    def labels_at(self, rows):
        if isinstance(self.labels, dict):
            return {name: values[rows] for name, values in self.labels.items()}
        return None if self.labels is None else self.labels[rows]

    def digest(self):
        """A short text that changes with any picture, label or group."""
        sums = hashlib.blake2b(digest_size=16)
        labels = self.labels if isinstance(self.labels, dict) else {}
        arrays = [self.images, *(labels[name] for name in sorted(labels))]
        if self.labels is not None and not labels:
            arrays.append(self.labels)
        for array in arrays:
            sums.update(str((array.shape, array.dtype)).encode())
            sums.update(np.ascontiguousarray(array).data)
        sums.update("\0".join(map(str, self.groups)).encode())
        return sums.hexdigest()


def open_data(data, groups, manifest=None, image_size=None):
    """Returns the `FoldData` of arrays or of a folder.

    `cross_validate` says what its arguments may be.
    """
    if isinstance(data, str | os.PathLike):
        return _from_folder(data, groups, manifest, image_size)
    images, labels = data if isinstance(data, tuple) else (data, None)
    if not hasattr(images, "__array__"):
        raise ValueError(
            "`data` must be the path of a folder, an array of pictures, or "
            "`(images, labels)`. "
            f"Received: data of type {type(data).__name__}"
        )
    images = np.asarray(images)
    if images.ndim != 4 or images.size == 0:
        raise ValueError(
            "`data` must hold pictures of shape (num_images, height, width, "
            f"channels). Received: images.shape={images.shape}"
        )
    return _from_arrays(images, labels, groups)


def _from_arrays(images, labels, groups):
    if isinstance(labels, dict):
        labels = {name: np.asarray(rows) for name, rows in labels.items()}
    elif labels is not None:
        labels = np.asarray(labels)
    if isinstance(groups, str):
        if not isinstance(labels, dict) or groups not in labels:
            known = sorted(labels) if isinstance(labels, dict) else []
            raise ValueError(
                "`groups` must name one of the conditions, be an array of a "
                "value a picture, or None for pictures that are products of "
                f"their own. Received: groups={groups!r}, conditions {known}"
            )
        groups = labels[groups]
        labels = {n: rows for n, rows in labels.items() if rows is not groups}
    if groups is None:
        groups = np.arange(len(images))
    found = FoldData(images, labels, np.asarray(groups))
    _check_lengths(found)
    return found


def _check_lengths(data):
    rows = {} if data.labels is None else {"labels": data.labels}
    if isinstance(data.labels, dict):
        rows = data.labels
    for name, values in {**rows, "groups": data.groups}.items():
        if values.ndim == 0 or len(values) != len(data.images):
            raise ValueError(
                f"`{name}` must have a value for each of the "
                f"{len(data.images)} pictures. "
                f"Received: {name} of shape {values.shape}"
            )


def _from_folder(directory, groups, manifest, image_size):
    if groups is not None and not isinstance(groups, str | os.PathLike):
        if not callable(groups):
            raise ValueError(
                "`groups` of a folder must name a column of its manifest, or "
                "be a function of a picture's relative path. "
                f"Received: groups of type {type(groups).__name__}"
            )
    contents = read_folder(directory, "inferred", manifest, group_by=groups)
    report, contents = contents.report(), contents.usable()
    source = PictureSource(
        contents.entries, pair(image_size), "crop", 255, False,
        os.cpu_count(), report, contents.class_of,
    )  # fmt: skip
    wanted = np.arange(len(contents.entries))
    chunks = np.array_split(wanted, -(-len(wanted) // 256))
    loaded = [source.load(chunk) for chunk in chunks]
    used = np.concatenate([indices for _, indices in loaded])
    # Where a file was broken another stands in: it would count twice.
    whole = used == wanted
    pictures = np.concatenate([images for images, _ in loaded])[whole]
    contents = contents.select(wanted[whole])
    return FoldData(
        pictures, contents.conditions or None, np.array(contents.keys)
    )


def split(data, num_folds, stratify, seed):
    """Returns a list of `(training_rows, held_out_rows)`, one for each fold."""
    num_groups = len(np.unique(data.groups))
    if not 2 <= num_folds <= num_groups:
        raise ValueError(
            "`num_folds` must be from 2 to the number of groups. "
            f"Received: num_folds={num_folds}, {num_groups} groups"
        )
    options = dict(shuffle=True, random_state=seed)
    classes = None
    if stratify is None:
        folds = model_selection.GroupKFold(num_folds, **options)
    else:
        folds = model_selection.StratifiedGroupKFold(num_folds, **options)
        classes = _classes(data, stratify)
    parts = list(folds.split(data.images, classes, data.groups))
    if any(len(part) == 0 for pair_of in parts for part in pair_of):
        raise ValueError(
            "Every fold must hold pictures: use fewer folds, or no `stratify`. "
            f"Received: num_folds={num_folds}, {num_groups} groups"
        )
    return parts


def _classes(data, stratify):
    if not isinstance(data.labels, dict) or stratify not in data.labels:
        known = sorted(data.labels) if isinstance(data.labels, dict) else []
        raise ValueError(
            "`stratify` must name one of the conditions. "
            f"Received: stratify={stratify!r}, conditions {known}"
        )
    return data.labels[stratify]
