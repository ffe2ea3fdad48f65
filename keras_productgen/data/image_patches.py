"""Pieces of the pictures of a folder, at the size they were taken."""

import os

import tensorflow as tf

from keras_productgen.data import orders
from keras_productgen.data import splits
from keras_productgen.data.folder_contents import read_folder
from keras_productgen.data.patch_source import PatchSource
from keras_productgen.images.headers import MAX_PIXELS


def image_patches(
    directory: str | os.PathLike,
    patch_size=64,
    batch_size=16,
    *,
    patches_per_image=4,
    flip=True,
    validation_split=None,
    subset=None,
    seed=None,
    max_pixels=MAX_PIXELS,
):
    """Makes a dataset of square pieces of the pictures of a folder.

    Nothing is scaled: what a network shall learn of sharpness and noise would
    be gone. Pieces are drawn anew in every epoch. Decoded pictures stay in
    memory. Files that are no picture, or smaller than a piece, are left out
    and named in `dataset.report`.

    Args:
        directory: the folder; folders in it are searched, hidden files not.
        patch_size: int, side of a piece in pixels.
        batch_size: int, pieces in a batch. A last, smaller batch is left out.
        patches_per_image: int, how many an epoch takes of every picture. They
            come in an order of their own, not side by side.
        flip: bool, whether half of the pieces are mirrored, left to right.
        validation_split: optional share of the pictures, in (0, 1), that
            validate; see `image_folder`.
        subset: `"training"` or `"validation"`.
        seed: optional int that fixes pieces and orders.
        max_pixels: int, larger pictures are left out before they are decoded.

    Returns:
        A `tf.data.Dataset` of float32 images 0-255 of shape
        `(batch_size, patch_size, patch_size, 3)`, with the attributes `report`
        (`FolderReport`), `file_paths` and `num_images`.

    Raises:
        ValueError: if an argument does not fit, or fewer pieces are found than
            a batch needs.
    """
    for name, value in (
        ("patch_size", patch_size),
        ("batch_size", batch_size),
        ("patches_per_image", patches_per_image),
    ):
        if int(value) != value or value < 1:
            raise ValueError(
                f"`{name}` must be a positive int. Received: {name}={value}"
            )
    splits.check(validation_split, subset)
    contents = read_folder(
        directory, None, max_pixels=max_pixels, workers=os.cpu_count()
    )
    if subset is not None:
        contents = contents.subset(subset, validation_split)
    _leave_out_small(contents, patch_size)
    source = PatchSource(contents, patch_size, flip)
    count = len(source.entries) * patches_per_image
    if count < batch_size:
        raise ValueError(
            "`directory` must hold enough pictures for a batch of pieces. "
            f"Received: {count} pieces of {len(source.entries)} pictures, "
            f"batch_size={batch_size}, patch_size={patch_size}"
        )
    dataset = _batches(source, count, batch_size, seed)
    dataset.report = source.report
    dataset.file_paths = [entry.file for entry in source.entries]
    dataset.num_images = len(source.entries)
    return dataset


def _leave_out_small(contents, patch_size):
    for entry in contents.entries:
        if entry.reason is None:
            size = entry.header.size
            if min(size) < patch_size:
                entry.reason = (
                    f"Smaller than a piece of {patch_size} pixels: "
                    f"{size[0]} x {size[1]}."
                )


def _batches(source, count, batch_size, seed):
    seed = orders.checked_seed(seed)

    def load(epoch, numbers):
        pieces = tf.numpy_function(
            lambda epoch, numbers: source.load(
                numbers, (seed, int(epoch), int(numbers[0]))
            ),
            [epoch, numbers],
            tf.uint8,
        )
        return tf.cast(
            tf.ensure_shape(pieces, (batch_size, *source.shape)), "float32"
        )

    return orders.batches_of_epochs(load, count, batch_size, seed)
