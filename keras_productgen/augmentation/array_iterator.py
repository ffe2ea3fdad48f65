import keras
import numpy as np

from keras_productgen.augmentation.batch_iterator import BatchIterator
from keras_productgen.augmentation.checks import check_picture_channels
from keras_productgen.augmentation.draws import draw_batch
from keras_productgen.augmentation.saving import save_batch


class ArrayIterator(BatchIterator):
    """Batches of an array's pictures; see `ImageDataGenerator.flow`.

    Gives `x`, `(x, y)` or `(x, y, sample_weight)`, or the same with a list
    `[x, *others]` for `x` where the pictures came with other inputs.
    """

    def __init__(
        self,
        x,
        y,
        image_data_generator,
        batch_size=32,
        shuffle=False,
        sample_weight=None,
        seed=None,
        save_to_dir=None,
        save_prefix="",
        save_format="png",
        subset=None,
        ignore_class_split=False,
        workers=None,
    ):
        x, others = _apart(x)
        _check_lengths(x, others, y, sample_weight)
        part = _part(image_data_generator, subset, len(x))
        if subset is not None and y is not None and not ignore_class_split:
            _check_classes(y, part)
        take = lambda values: None if values is None else _rows(values, part)
        self.x = take(x)
        self.x_misc = [take(other) for other in others]
        self.y = take(y)
        self.sample_weight = take(sample_weight)
        _check_pictures(self.x, image_data_generator.data_format)

        self.image_data_generator = image_data_generator
        self.data_format = image_data_generator.data_format
        self.dtype = image_data_generator.dtype
        self.save_to_dir = save_to_dir
        self.save_prefix = save_prefix
        self.save_format = save_format
        super().__init__(len(self.x), batch_size, shuffle, seed, workers)

    def _make_batch(self, indices, random):
        batch, _ = self._pictures(indices, random)
        if self.save_to_dir:
            save_batch(batch, indices, random, self)
        others = [other[indices] for other in self.x_misc]
        inputs = [batch, *others] if others else batch
        if self.y is None:
            return inputs
        if self.sample_weight is None:
            return inputs, self.y[indices]
        return inputs, self.y[indices], self.sample_weight[indices]

    def _pictures(self, indices, random):
        generator = self.image_data_generator
        height = self.x.shape[generator.row_axis]
        width = self.x.shape[generator.col_axis]
        draws = draw_batch(generator, height, width, len(indices), random)
        batch = np.empty((len(indices), *self.x.shape[1:]), self.dtype)
        working = keras.backend.result_type(self.dtype, "float32")
        for row, (index, drawn) in enumerate(zip(indices, draws)):
            picture = self.x[index].astype(working)
            picture = generator.apply_transform(picture, drawn)
            batch[row] = generator.standardize(picture)
        return batch, draws


class PairIterator(ArrayIterator):
    """Batches `(pictures, masks)` under one draw; see `flow_paired`."""

    def __init__(self, images, masks, image_data_generator, mask_cval, **rest):
        self.mask_cval = mask_cval
        super().__init__(
            images, masks, image_data_generator, ignore_class_split=True, **rest
        )
        _check_pictures(self.y, None)

    def _make_batch(self, indices, random):
        batch, draws = self._pictures(indices, random)
        if self.save_to_dir:
            save_batch(batch, indices, random, self)
        masks = [
            self.image_data_generator.transform_mask(
                self.y[index], drawn, self.mask_cval
            )
            for index, drawn in zip(indices, draws)
        ]
        if self.sample_weight is None:
            return batch, np.stack(masks)
        return batch, np.stack(masks), self.sample_weight[indices]


def _apart(x):
    if not isinstance(x, (tuple, list)):
        return np.asarray(x), []
    pictures, others = x
    others = others if isinstance(others, list) else [others]
    return np.asarray(pictures), [np.asarray(other) for other in others]


def _rows(values, part):
    return np.asarray(values)[part]


def _part(generator, subset, length):
    split = int(length * generator.validation_split)
    parts = {
        None: slice(None),
        "validation": slice(split),
        "training": slice(split, None),
    }
    if subset not in parts:
        raise ValueError(
            '`subset` must be "training", "validation" or None. '
            f"Received: subset={subset}"
        )
    return parts[subset]


def _check_lengths(x, others, y, sample_weight):
    given = {"y": y, "sample_weight": sample_weight}
    given.update({f"x[1][{i}]": other for i, other in enumerate(others)})
    for name, values in given.items():
        if values is not None and len(values) != len(x):
            raise ValueError(
                f"`{name}` must be as long as the pictures, {len(x)}. "
                f"Received: len({name})={len(values)}"
            )


def _check_classes(y, part):
    y = np.asarray(y)
    kept = np.unique(y[part])
    if not np.array_equal(kept, np.unique(y)):
        raise ValueError(
            "Training and validation must hold the same classes: shuffle "
            "sorted pictures first, or say `ignore_class_split=True`. "
            f"Received: classes of the subset={kept.tolist()}"
        )


def _check_pictures(x, data_format):
    if x.ndim != 4:
        raise ValueError(
            "Pictures and masks must have four axes: the batch's, height, "
            f"width and channels. Received: shape={x.shape}"
        )
    if data_format:
        check_picture_channels(x.shape, data_format)
