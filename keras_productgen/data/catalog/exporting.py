"""The catalogue as files: pictures, ground truth and a manifest."""

import json
import os
import pathlib
from concurrent.futures import ThreadPoolExecutor

from keras_productgen.data.catalog.truth_files import TRUTHS
from keras_productgen.images import encode_png
from keras_productgen.images import write_bytes

MANIFEST = "manifest.jsonl"
_GOLDEN_RATIO = 0.6180339887498949
_CHUNK = 64


def export(
    catalog,
    directory: str | os.PathLike,
    count=None,
    splits=None,
    masks=False,
    depth=False,
    normals=False,
    workers=None,
):
    """Write `<split>/<category>/<index>.png` and `manifest.jsonl`.

    Each line of the manifest names the file, its split, its bounding box, all
    attributes, and a caption in English and Chinese. Ground truth goes to
    `masks/`, `depth/` (16 bits, 65535 is the backdrop) and `normals/` (8 bits
    a component, 255 is 1 and 0 is -1), each laid out like the pictures. A run
    that was stopped is taken up again: what is there is kept.

    Args:
        catalog: `ProductCatalog`.
        directory: where to write.
        count: items to write. Defaults to all.
        splits: dict of names and shares that sum to 1. Defaults to
            `{"train": 0.8, "validation": 0.2}`. An item's split never
            changes with `count`.
        masks: whether to write the masks.
        depth: whether to write the depth.
        normals: whether to write the normals.
        workers: threads that render. Defaults to the processors.

    Returns:
        Path of the manifest.

    Raises:
        ValueError: if an argument does not fit, or the directory holds
            pictures of another catalogue.
    """
    count = len(catalog) if count is None else count
    splits = {"train": 0.8, "validation": 0.2} if splits is None else splits
    _check(catalog, count, splits)
    truths = [
        name for name, wanted in zip(TRUTHS, (masks, depth, normals)) if wanted
    ]
    directory = pathlib.Path(directory)
    manifest = directory / MANIFEST
    done = _read(manifest)

    layout = (catalog, directory, splits, truths)
    missing = [i for i in range(count) if not _finished(*layout, done, i)]
    directory.mkdir(parents=True, exist_ok=True)
    _append(manifest, layout, missing, workers)
    _tidy(manifest)
    return manifest


def _append(manifest, layout, indices, workers):
    """Write the items, and their lines as soon as their files are there."""
    with (
        manifest.open("a", encoding="utf-8") as file,
        ThreadPoolExecutor(workers or os.cpu_count()) as pool,
    ):
        for start in range(0, len(indices), _CHUNK):
            chunk = indices[start : start + _CHUNK]
            for record in pool.map(lambda index: _write(*layout, index), chunk):
                file.write(_line(record))
            file.flush()


def split_of(index, splits):
    """Evenly spread by the golden ratio, so every category is in each."""
    position, edge = (index + 1) * _GOLDEN_RATIO % 1.0, 0.0
    for name, share in splits.items():
        edge += share
        if position < edge:
            return name
    return name


def _check(catalog, count, splits):
    if isinstance(count, bool) or count != int(count) or count < 1:
        raise ValueError(f"`count` must be an int >= 1. Received: {count=}")
    if count > len(catalog):
        raise ValueError(
            f"`count` must be at most the {len(catalog)} items of the "
            f"catalogue. Received: count={count}"
        )
    names = [*splits, *TRUTHS]
    plain = all(name and name == os.path.basename(name) for name in splits)
    shares = list(splits.values())
    if len(set(names)) < len(names) or not plain or min(shares, default=0) < 0:
        raise ValueError(
            "`splits` must map folder names (not "
            f"{tuple(TRUTHS)}) to shares >= 0. Received: splits={splits}"
        )
    if abs(sum(shares) - 1.0) > 1e-6:
        raise ValueError(
            f"`splits` must have shares that sum to 1. Received: {splits=}"
        )


def _file(item, index, splits):
    split = split_of(index, splits)
    return split, f"{split}/{item.category}/{index:06d}.png"


def _finished(catalog, directory, splits, truths, done, index):
    record = done.get(index)
    if record is None:
        return False
    item = catalog.item(index)
    _, file = _file(item, index, splits)
    mine = item.attributes() | {"file": file, "size": catalog.image_size}
    if any(record.get(name) != value for name, value in mine.items()):
        raise ValueError(
            "`directory` must be empty or hold pictures of the same "
            f"catalogue and splits. Received: directory={str(directory)!r}, "
            f"whose item {index} differs"
        )
    folders = [directory, *(directory / name for name in truths)]
    return all((folder / file).exists() for folder in folders)


def _write(catalog, directory, splits, truths, index):
    item = catalog.item(index)
    product = catalog.render(item)
    split, file = _file(item, index, splits)
    for name in truths:
        write_bytes(directory / name / file, TRUTHS[name](product))
    write_bytes(directory / file, encode_png(product.image))
    return {
        "file": file,
        "index": index,
        "split": split,
        "size": catalog.image_size,
        "bounding_box": list(product.bounding_box),
        "caption_en": product.caption_en,
        "caption_zh": product.caption_zh,
        **item.attributes(),
    }


def _line(record):
    return json.dumps(record, ensure_ascii=False) + "\n"


def _read(manifest):
    """Records by index; a last line that was cut off does not count."""
    records = {}
    if not manifest.exists():
        return records
    for line in manifest.read_text("utf-8").splitlines():
        try:
            record = json.loads(line)
        except json.JSONDecodeError:
            continue
        records[record["index"]] = record
    _rewrite(manifest, records)
    return records


def _tidy(manifest):
    """One line an item, in order, though runs may have overlapped."""
    _read(manifest)


def _rewrite(manifest, records):
    lines = "".join(_line(records[index]) for index in sorted(records))
    write_bytes(manifest, lines.encode("utf-8"))
