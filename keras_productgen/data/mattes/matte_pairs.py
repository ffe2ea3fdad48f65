import os

import tensorflow as tf

from keras_productgen.data import orders
from keras_productgen.data import splits
from keras_productgen.data.folder_contents import read_folder
from keras_productgen.data.mattes.source import MatteSource
from keras_productgen.images.headers import MAX_PIXELS


def matte_pairs(
    directory: str | os.PathLike,
    image_size=256,
    batch_size=8,
    *,
    backgrounds: str | os.PathLike | None = None,
    own_background=0.3,
    degradation=None,
    validation_split=None,
    subset=None,
    seed=None,
    max_pixels=MAX_PIXELS,
):
    """Makes a dataset of pictures and mattes out of cut-out products.

    A product is turned, mirrored, scaled, and stands before another
    background, on which it throws a soft shadow; all drawn anew in every
    epoch. Some stay in their own photo, of which a piece is cut out: a file
    may well hide a whole photo under its transparency.

    Args:
        directory: folder of pictures with transparency, such as PNG; folders
            in it are searched.
        image_size: int, side of the pictures.
        batch_size: int. A last, smaller batch is left out.
        backgrounds: optional folder of photos without a product. Without,
            backgrounds are made: gradients and noise.
        own_background: float in `[0, 1]`, the share of products that stay
            before what their files hide.
        degradation: optional `data.degradation.Degradation` of the finished
            pictures, of which no size is changed.
        validation_split: optional share of the products, in (0, 1), that
            validate; see `image_folder`.
        subset: `"training"` or `"validation"`.
        seed: optional int that fixes all that is drawn.
        max_pixels: int, larger files are left out before they are decoded.

    Returns:
        A `tf.data.Dataset` of `(images, mattes)`: float32 0-255 of shape
        `(batch_size, image_size, image_size, 3)`, and the same with one
        channel, 255 for product. It has the attributes `report`
        (`FolderReport`), `file_paths` and `num_images`.

    Raises:
        ValueError: if an argument does not fit, or there are fewer products
            than a batch needs.
    """
    for name, value in (("image_size", image_size), ("batch_size", batch_size)):
        if int(value) != value or value < 1:
            raise ValueError(
                f"`{name}` must be a positive int. Received: {name}={value}"
            )
    if not 0.0 <= own_background <= 1.0:
        raise ValueError(
            "`own_background` must be in [0, 1]. Received: "
            f"own_background={own_background}"
        )
    splits.check(validation_split, subset)
    cutouts = _read(directory, max_pixels)
    if subset is not None:
        cutouts = cutouts.subset(subset, validation_split)
    photos = None if backgrounds is None else _read(backgrounds, max_pixels)
    source = MatteSource(
        cutouts, photos, image_size, own_background, degradation
    )
    if len(source.entries) < batch_size:
        raise ValueError(
            "`directory` must hold as many products as a batch. Received: "
            f"{len(source.entries)} of them, batch_size={batch_size}"
        )
    dataset = _batches(source, batch_size, seed)
    dataset.report = source.report
    dataset.file_paths = [entry.file for entry in source.entries]
    dataset.num_images = len(source.entries)
    return dataset


def _read(directory, max_pixels):
    return read_folder(
        directory, None, max_pixels=max_pixels, workers=os.cpu_count()
    )


def _batches(source, batch_size, seed):
    seed = orders.checked_seed(seed)
    count, size = len(source.entries), source.size

    def load(epoch, numbers):
        pictures, mattes = tf.numpy_function(
            lambda epoch, numbers: source.load(
                numbers, (seed, int(epoch), int(numbers[0]))
            ),
            [epoch, numbers],
            [tf.uint8, tf.uint8],
        )
        shape = (batch_size, size, size)
        return (
            tf.cast(tf.ensure_shape(pictures, (*shape, 3)), "float32"),
            tf.cast(tf.ensure_shape(mattes, (*shape, 1)), "float32"),
        )

    return orders.batches_of_epochs(load, count, batch_size, seed)
