"""Two folders of pictures that belong together as a `tf.data.Dataset`."""

import os

from keras_productgen.data import splits
from keras_productgen.data.batches import make_batches
from keras_productgen.data.loading_checks import check_loading
from keras_productgen.data.pair_matching import match_folders
from keras_productgen.data.pair_source import PairSource
from keras_productgen.data.picture_source import PictureSource
from keras_productgen.data.report import make_report
from keras_productgen.images.headers import MAX_PIXELS
from keras_productgen.images.resizing import pair


def image_pairs(
    sources: str | os.PathLike,
    targets: str | os.PathLike,
    image_size=64,
    batch_size=32,
    *,
    source_channels=3,
    resize="crop",
    background=255,
    validation_split=None,
    subset=None,
    shuffle=True,
    seed=None,
    drop_remainder=False,
    cache="auto",
    workers=None,
    max_pixels=MAX_PIXELS,
):
    """Makes a dataset of two folders, for `keras_productgen.models.Pix2Pix`.

    A source and its target have the same path in their folders, but for the
    ending: `outlines/shoes/7.png` and `photos/shoes/7.jpg`. Their sizes may
    differ, their proportions not, unless `resize="stretch"`: both are cut
    alike. A file without a partner, or one of several of its name, is left
    out and named in `dataset.report`; so is a file that is no usable picture,
    and its partner with it. Training never stops for one: a file whose pixels
    turn out to be damaged is replaced by the next pair.

    Args:
        sources: The folder of the pictures to translate; folders in it are
            searched, hidden files not.
        targets: The folder of what is to be made of them.
        image_size: int or `(height, width)` of the pictures that come out.
        batch_size: Pairs in a batch.
        source_channels: 3, or 1 for the luma of the sources.
        resize: `"crop"`, `"pad"` or `"stretch"`, as in `image_folder`.
        background: What lies under transparent pixels and in margins: a grey
            or an RGB tuple, 0-255.
        validation_split: optional share of the pairs, in (0, 1), that
            validate. A hash of their name without its ending decides.
        subset: `"training"`, `"validation"`, or `"both"` for two datasets.
        shuffle: Whether each epoch has its own order. Validation has one
            mixed order for all epochs. `False` keeps the order of the names.
        seed: optional int that fixes the order of the epochs.
        drop_remainder: Whether to leave out a last, smaller batch.
        cache: `True` keeps the decoded uint8 pictures in memory, `False` does
            not, `"auto"` does for a folder that takes at most 1 GiB.
        workers: Threads that decode. Defaults to the number of processors.
        max_pixels: Larger pictures are left out, before they are decoded.

    Returns:
        A `tf.data.Dataset` of `(sources, targets)`, float32 0-255 of shapes
        `(batch, height, width, source_channels)` and
        `(batch, height, width, 3)`; two of them for `subset="both"`. It has
        the attributes `report` (`FolderReport` of both folders, whose `kept`
        counts pairs), `file_paths`, a list of pairs, and `num_images`, their
        number.

    Raises:
        ValueError: If an argument does not fit, both folders are the same, or
            no pair is found.

    Example:

    ```python
    dataset = keras_productgen.data.image_pairs(
        "outlines", "photos", image_size=64, batch_size=4, source_channels=1
    )
    model = keras_productgen.models.Pix2Pix(image_size=64, source_channels=1)
    model.compile()
    model.fit(dataset, epochs=100)
    ```
    """
    check_loading(batch_size, resize, cache, workers)
    if source_channels not in (1, 3):
        raise ValueError(
            "`source_channels` must be 1 or 3. "
            f"Received: source_channels={source_channels!r}"
        )
    workers = workers or os.cpu_count()
    splits.check(validation_split, subset)
    matches = match_folders(
        sources, targets, workers, max_pixels, resize == "stretch"
    )
    directory = f"{sources} and {targets}"
    names = ("training", "validation") if subset == "both" else (subset,)
    datasets = tuple(
        _dataset(
            _part(matches, name, validation_split, shuffle),
            directory,
            (pair(image_size), resize, background, cache, workers),
            source_channels,
            (batch_size, drop_remainder),
            shuffle and name != "validation",
            seed,
        )
        for name in names
    )
    return datasets if subset == "both" else datasets[0]


def _part(matches, subset, validation_split, shuffle):
    part = [
        match
        for match in matches
        if splits.in_subset(match.key, subset, validation_split)
    ]
    if not any(match.pair for match in part):
        raise ValueError(
            f"The {subset} part must hold at least one pair; change "
            "`validation_split`. Received: "
            f"validation_split={validation_split} for "
            f"{sum(match.pair is not None for match in matches)} pairs"
        )
    if subset == "validation" and shuffle:
        # Mixed, for whoever looks at the first batch only.
        part.sort(key=lambda match: splits.position(match.key))
    return part


def _dataset(matches, directory, loading, channels, batching, shuffle, seed):
    entries = [entry for match in matches for entry in match.entries]
    report = make_report(directory, entries, _no_class)
    pairs = [match.pair for match in matches if match.pair]
    report.kept = len(pairs)
    halves = [
        PictureSource(half, *loading, report, _no_class) for half in zip(*pairs)
    ]
    source = PairSource(*halves, channels)
    dataset = make_batches(source, {}, *batching, shuffle, seed)
    dataset = dataset.map(source.split)
    dataset.report = report
    dataset.file_paths = [(one.file, other.file) for one, other in pairs]
    dataset.num_images = len(pairs)
    return dataset


def _no_class(entry):
    return None
