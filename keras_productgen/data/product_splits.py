"""Training, validation and test pictures, a product wholly in one part."""

import os
import re

from keras_productgen.data import splits
from keras_productgen.data.cleaning.copy_groups import copy_pairs
from keras_productgen.data.cleaning.groups import components
from keras_productgen.data.cleaning.thresholds import CleaningThresholds
from keras_productgen.data.folder_contents import CATEGORY
from keras_productgen.data.folder_contents import read_folder
from keras_productgen.data.split_sides import choose_parts
from keras_productgen.data.split_table import ProductSplit
from keras_productgen.data.split_table import read_split

PARTS = ("train", "validation", "test")


def split(
    directory: str | os.PathLike,
    *,
    train=0.8,
    validation=0.1,
    test=0.1,
    group=None,
    manifest=None,
    previous=None,
    near_duplicates=True,
    encoder="products",
    cache=None,
    workers=None,
    progress=None,
):
    """Divides pictures among parts so that no product is in two of them.

    A hash of the product's name decides, class by class, so that pictures
    keep their part when others come or go; shares are met on average. A class
    with as many products as there are parts has at least one in each.
    Pictures that are near copies of each other count as one product.

    Args:
        directory: The folder; the folders right in it are the classes.
        train: Share of the pictures to train on.
        validation: Share of the pictures to choose models with.
        test: Share of the pictures to judge the chosen model with. The three
            sum to 1; a share may be 0.
        group: What names a picture's product: a column of the manifest, a
            regular expression that is searched in the path (its first group,
            if it has one), or a function of the path. Defaults to the path:
            each picture is a product, but for copies.
        manifest: optional CSV or JSONL file, as in `image_folder`.
        previous: optional CSV that an earlier split has saved: its pictures
            keep their part, unless copies would then lie in two.
        near_duplicates: Whether to look for copies; takes decoding all.
        encoder: As in `find_problems`.
        cache: As in `find_problems`.
        workers: Threads. Defaults to the number of processors.
        progress: optional function of `(stage, done, total)`.

    Returns:
        A `ProductSplit`.

    Raises:
        ValueError: If the shares do not sum to 1, no picture is found, or
            `group` names no product for a picture.
    """
    shares = dict(zip(PARTS, (train, validation, test)))
    splits.check_shares(shares)
    group_by = _group_by(group, manifest)
    contents = read_folder(
        directory,
        manifest=manifest,
        conditions=None if manifest is None else (),
        group_by=group_by,
        workers=workers or os.cpu_count(),
    )
    usable = contents.usable()
    paths = [entry.path for entry in usable.entries]
    pairs = []
    if near_duplicates:
        pairs = copy_pairs(
            contents.root,
            paths,
            CleaningThresholds(),
            encoder,
            cache,
            workers,
            progress,
        )
    groups = _merged(usable.keys, pairs)
    categories = [usable.class_of(entry) or "" for entry in usable.entries]
    earlier = {} if previous is None else read_split(previous, directory)
    known = [earlier.get(path, (None,))[0] for path in paths]
    parts = choose_parts(groups, categories, known, shares)
    moved = [
        path
        for path, before, now in zip(paths, known, parts)
        if before is not None and before != now
    ]
    skipped = [(e.path, e.reason) for e in contents.entries if e.reason]
    return ProductSplit(
        str(contents.root), paths, parts, categories, groups, moved, skipped
    )


def _group_by(group, manifest):
    """`group` as what `read_folder` takes: a column or a function."""
    if group is None or callable(group):
        return group
    if re.fullmatch(r"\w+", group):
        # Class folders are a column of this name without a manifest, too.
        if manifest is None and group != CATEGORY:
            raise ValueError(
                "`group` must be a regular expression such as '(sku[0-9]+)', "
                "or a column of a manifest, which must be given then. "
                f"Received: group={group!r}, manifest=None"
            )
        return group
    try:
        pattern = re.compile(group)
    except re.error as error:
        raise ValueError(
            f"`group` must be a column or a regular expression: {error}. "
            f"Received: group={group!r}"
        ) from error

    def name_of(path):
        found = pattern.search(path)
        if found is None:
            raise ValueError(
                "`group` must be found in the path of every picture. "
                f"Received: group={group!r}, path={path!r}"
            )
        return found[1] if pattern.groups else found[0]

    return name_of


def _merged(keys, pairs):
    """Names of the groups, those of copies made one."""
    numbers = {}
    for key in keys:
        numbers.setdefault(key, len(numbers))
    names = list(numbers)
    joined = components(
        len(names), [(numbers[keys[a]], numbers[keys[b]]) for a, b in pairs]
    )
    # The first name of those that were joined, so it does not depend on the
    # order in which the pictures were met.
    best = {}
    for name, root in zip(names, joined.tolist()):
        best[root] = min(name, best.get(root, name))
    return [best[int(joined[numbers[key]])] for key in keys]
