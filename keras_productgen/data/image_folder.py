"""A folder of product photos as a `tf.data.Dataset`."""

import os

import numpy as np

from keras_productgen.data import splits
from keras_productgen.data.batches import make_batches
from keras_productgen.data.folder_contents import CATEGORY
from keras_productgen.data.folder_contents import read_folder
from keras_productgen.data.loading_checks import check_loading
from keras_productgen.data.picture_source import PictureSource
from keras_productgen.images.headers import MAX_PIXELS
from keras_productgen.images.resizing import pair


def image_folder(
    directory: str | os.PathLike,
    image_size=64,
    batch_size=32,
    *,
    labels="inferred",
    manifest=None,
    conditions=None,
    vocabularies=None,
    resize="crop",
    background=255,
    validation_split=None,
    subset=None,
    group_by=None,
    shuffle=True,
    seed=None,
    drop_remainder=False,
    cache="auto",
    workers=None,
    max_pixels=MAX_PIXELS,
):
    """Makes a dataset of a folder of pictures of any sizes and formats.

    Batches are `images` or `(images, conditions)`. Files that are no usable
    picture are left out and named in `dataset.report`; training never stops
    for one. A file whose header is sound but whose pixels are not is found
    when it is first decoded: the next picture stands in for it, with its own
    conditions, and the number of batches stays the same.

    Args:
        directory: The folder; folders in it are searched, hidden files not.
        image_size: int or `(height, width)` of the pictures that come out.
        batch_size: Pictures in a batch.
        labels: `"inferred"` makes the names of the folders right under
            `directory` the condition `"category"`; `None` yields no labels.
            A manifest's columns take its place.
        manifest: optional CSV or JSONL file with a row a picture; see
            `read_manifest`.
        conditions: optional names of the manifest's columns to yield.
            Defaults to all of them but `group_by`; `()` yields `images` alone.
            Words and whole numbers become int32 ids, fractions float32,
            colours float32 of shape `(batch, 3)` in [0, 1]. Cells with several
            labels, `cotton|striped` or lists in JSONL, become float32 of shape
            `(batch, len(vocabulary))`: 1 for each that holds, a model's
            `labels`; an empty cell among them has none.
        vocabularies: optional dict of lists: the words behind the ids, to
            number them as another dataset (`other.vocabularies`) does.
        resize: `"crop"` fills the frame, `"pad"` shows all between margins,
            `"stretch"` gives up the proportions.
        background: What lies under transparent pixels and in margins: a grey
            or an RGB tuple, 0-255.
        validation_split: optional share of the pictures, in (0, 1), that
            validate. A hash of each name decides, so pictures keep their side
            when others come or go.
        subset: `"training"`, `"validation"`, or `"both"` for a pair.
        group_by: optional column of the manifest, such as `"sku"`, or function
            of a picture's relative path: a group lies wholly on one side.
        shuffle: Whether each epoch has its own order. Validation has one
            mixed order for all epochs. `False` keeps the order of the names.
        seed: optional int that fixes the order of the epochs. By default
            NumPy draws one, so `keras.utils.set_random_seed` fixes it too.
        drop_remainder: Whether to leave out a last, smaller batch.
        cache: `True` keeps the decoded uint8 pictures in memory, `False` does
            not, `"auto"` does if all of them take at most 1 GiB.
        workers: Threads that decode. Defaults to the number of processors.
        max_pixels: Larger pictures are left out, before they are decoded.

    Returns:
        A `tf.data.Dataset` of float32 images 0-255 of shape
        `(batch, height, width, 3)`, or of `(images, conditions)`; a pair of
        them for `subset="both"`. It has the attributes `report`
        (`FolderReport`), `class_names`, `vocabularies`, `file_paths`,
        `num_images`.

    Raises:
        ValueError: If an argument or the manifest does not fit, or no usable
            picture is found.
    """
    check_loading(batch_size, resize, cache, workers)
    splits.check(validation_split, subset)
    workers = workers or os.cpu_count()
    if manifest is None and conditions is not None:
        labels = "inferred" if CATEGORY in conditions else None
    contents = read_folder(
        directory,
        labels,
        manifest,
        conditions,
        vocabularies,
        group_by,
        max_pixels,
        workers,
    )
    names = ("training", "validation") if subset == "both" else (subset,)
    datasets = tuple(
        _dataset(
            _part(contents, name, validation_split, shuffle),
            (resize, background, cache, workers),
            pair(image_size),
            (batch_size, drop_remainder),
            shuffle and name != "validation",
            seed,
        )
        for name in names
    )
    return datasets if subset == "both" else datasets[0]


def _part(contents, subset, validation_split, shuffle):
    if subset is None:
        return contents
    part = contents.subset(subset, validation_split)
    if all(entry.reason is not None for entry in part.entries):
        raise ValueError(
            f"The {subset} part must hold at least one usable picture; change "
            "`validation_split`. Received: "
            f"validation_split={validation_split} for "
            f"{len(set(contents.keys))} pictures or groups"
        )
    if subset == "validation" and shuffle:
        # Mixed, for whoever looks at the first batch only.
        paths = [entry.path for entry in part.entries]
        part = part.select(np.argsort([splits.position(p) for p in paths]))
    return part


def _dataset(contents, loading, size, batching, shuffle, seed):
    resize, background, cache, workers = loading
    report = contents.report()
    usable = contents.usable()
    source = PictureSource(
        usable.entries,
        size,
        resize,
        background,
        cache,
        workers,
        report,
        contents.class_of,
    )
    dataset = make_batches(source, usable.conditions, *batching, shuffle, seed)
    dataset.report = report
    dataset.vocabularies = usable.vocabularies
    dataset.class_names = usable.vocabularies.get(CATEGORY)
    dataset.file_paths = [entry.file for entry in usable.entries]
    dataset.num_images = len(usable.entries)
    return dataset
