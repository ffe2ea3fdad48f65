import collections

import rich.table

from keras_productgen.cli import options
from keras_productgen.cli.console import output
from keras_productgen.cli.data import cleaning_options as cleaning
from keras_productgen.cli.data.shown import show_some
from keras_productgen.cli.data.stages import stages
from keras_productgen.cli.quiet import import_keras

DEFAULT = cleaning.Path("split.csv")


def split(
    directory: options.PhotoFolder,
    out: cleaning.SplitFile = DEFAULT,
    train: cleaning.TrainShare = 0.8,
    validation: cleaning.ValidationShare = 0.1,
    test: cleaning.TestShare = 0.1,
    group: cleaning.Group = None,
    manifest: cleaning.Manifest = None,
    folders: cleaning.PartFolders = None,
    near_duplicates: cleaning.NearDuplicates = True,
    encoder: cleaning.Encoder = True,
):
    """Divide photos for training so that no product is in two parts.

    What an earlier run wrote into --out is kept, so more photos move none:
    the shares hold for new photos alone. For other shares give another --out.

    Example:

      productgen data split photos --group "(sku[0-9]+)" --folders parts

      productgen train ConditionalGAN parts/train --out run
    """
    import_keras()

    from keras_productgen import data

    earlier = _earlier(out, directory)
    with stages() as progress:
        result = data.split(
            directory,
            train=train,
            validation=validation,
            test=test,
            group=group,
            manifest=manifest,
            previous=out if earlier else None,
            near_duplicates=near_duplicates,
            encoder="products" if encoder else None,
            progress=progress,
        )
    _write(result, out, folders)
    _show(result)
    if earlier:
        _show_kept(out, earlier, result)
    output.print(f"{len(result.paths)} pictures: {out}")


def check_split(
    directory: options.PhotoFolder,
    manifest: cleaning.Manifest = None,
    sheet: cleaning.SheetFile = None,
    json: options.Json = None,
    encoder: cleaning.Encoder = True,
):
    """Look for pictures that lie in two parts; fails if there are any.

    Without a manifest the folders in DIRECTORY, such as train and validation,
    are the parts.

    Example:

      productgen data check-split photos --manifest split.csv --sheet pairs.png
    """
    import_keras()

    from keras_productgen import data

    with stages() as progress:
        result = data.check_split(
            directory,
            manifest,
            encoder="products" if encoder else None,
            progress=progress,
        )
    output.print(str(result), markup=False)
    if sheet is not None:
        result.sheet(sheet)
        output.print(f"The closest pairs: {sheet}")
    if json is not None:
        result.save(json)
        output.print(f"All of it: {json}")
    if not result.passed:
        raise ValueError(
            "No picture and no product must be in two parts. Received: "
            f"{len(result.leaks)} pairs of copies, "
            f"{len(result.torn)} products in several parts"
        )


def _earlier(out, directory):
    """What --out says of pictures already, before hours of work."""
    if not out.exists():
        return {}
    from keras_productgen.data.split_table import read_split

    try:
        return read_split(out, directory)
    except ValueError as error:
        reason = str(error).replace("`manifest`", "It")
        raise ValueError(
            "--out must be a new file, or the table of an earlier split, "
            f"whose pictures keep their parts. Received: --out {out}: {reason}"
        ) from error


def _write(result, out, folders):
    # The next run takes --out for the truth: not before all is sound.
    if folders is not None:
        result.check_folders(folders)
    result.save(out)
    if folders is not None:
        result.write_folders(folders)


def _show_kept(out, earlier, result):
    new = [path for path in result.paths if path not in earlier]
    kept = set(result.paths) - set(new) - set(result.moved)
    parts = collections.Counter(earlier[path][0] for path in kept)
    shares = ", ".join(
        f"{part} {parts[part] / len(kept):.0%}" for part in sorted(parts)
    )
    output.print(
        f"{len(kept)} pictures stay where {out} has them"
        + f" ({shares})" * bool(kept)
        + f"; the shares asked for hold for {len(new)} new ones",
        style="yellow",
    )


def _show(result):
    parts = ("train", "validation", "test")
    table = rich.table.Table("class", *parts)
    for name, counts in result.counts.items():
        cells = [str(counts.get(part, 0)) for part in parts]
        table.add_row(name or "(none)", *cells)
    output.print(table)
    joined = len(result.paths) - len(set(result.groups))
    output.print(f"{joined} pictures share a product with another")
    show_some([f"moved to its copies: {path}" for path in result.moved])
    show_some([f"left out: {path}: {why}" for path, why in result.skipped])
