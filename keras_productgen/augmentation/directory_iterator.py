import os

import numpy as np

from keras_productgen.augmentation.file_iterator import FileIterator
from keras_productgen.augmentation.file_iterator import check_class_mode
from keras_productgen.augmentation.file_iterator import is_picture_name
from keras_productgen.augmentation.file_iterator import split_bounds

_CLASS_MODES = ("categorical", "binary", "sparse", "input", None)


class DirectoryIterator(FileIterator):
    """Batches of a folder with one folder a class.

    See `ImageDataGenerator.flow_from_directory`.
    """

    def __init__(
        self,
        directory,
        image_data_generator,
        classes=None,
        class_mode="categorical",
        follow_links=False,
        subset=None,
        **options,
    ):
        check_class_mode(class_mode, _CLASS_MODES)
        self.directory = os.fspath(directory)
        names = classes or _folders(self.directory)
        self.num_classes = len(names)
        self.class_indices = {name: at for at, name in enumerate(names)}
        self.subset = subset

        self.filenames, labels = [], []
        for name, label in self.class_indices.items():
            files = _pictures(self.directory, name, follow_links)
            start, stop = split_bounds(image_data_generator, subset, len(files))
            self.filenames += files[start:stop]
            labels += [label] * (stop - start)
        self.classes = np.array(labels, "int32")
        if not self.filenames:
            raise ValueError(
                "`directory` must hold folders of PNG, JPEG, BMP, PPM or TIFF "
                "pictures, one folder for each class. "
                f"Received: directory={directory}, classes={list(names)}, "
                f"subset={subset}"
            )
        super().__init__(
            [os.path.join(self.directory, name) for name in self.filenames],
            image_data_generator,
            class_mode=class_mode,
            **options,
        )


def _folders(directory):
    if not os.path.isdir(directory):
        raise ValueError(
            f"`directory` must be a folder. Received: directory={directory}"
        )
    with os.scandir(directory) as entries:
        return sorted(entry.name for entry in entries if entry.is_dir())


def _pictures(directory, class_name, follow_links):
    """The pictures under a class's folder, relative to `directory`."""
    top = os.path.join(directory, class_name)
    walked = sorted(os.walk(top, followlinks=follow_links))
    return [
        os.path.relpath(os.path.join(folder, file), directory)
        for folder, _, files in walked
        for file in sorted(files)
        if is_picture_name(file)
    ]
