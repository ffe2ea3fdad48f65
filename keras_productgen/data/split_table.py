"""Which part of a split each picture is in, in memory and as a file."""

import collections
import csv
import dataclasses
import io
import os
import shutil

from keras_productgen import images
from keras_productgen.data import folder_scan
from keras_productgen.data import manifest as manifests
from keras_productgen.data.cleaning.listing import is_named_as_picture
from keras_productgen.data.cleaning.moving import same_content

COLUMNS = ("file", "split", "category", "group")


@dataclasses.dataclass
class ProductSplit:
    """Which part each picture of a folder belongs to.

    Args:
        directory: The folder.
        paths: Paths of the pictures relative to it, with `/`.
        parts: Name of the part of each, such as `"train"`.
        categories: Class of each; `""` where there is none.
        groups: Name of the product of each; pictures with the same name are
            in the same part.
        moved: Paths that an earlier split had elsewhere: a new picture showed
            that they belong to the same product as others.
        skipped: `(path, why)` of files that are no usable pictures.
    """

    directory: str
    paths: list
    parts: list
    categories: list
    groups: list
    moved: list = dataclasses.field(default_factory=list)
    skipped: list = dataclasses.field(default_factory=list)

    @property
    def counts(self):
        """Pictures by class and part: `{"dress": {"train": 80, ...}}`."""
        found = collections.defaultdict(collections.Counter)
        for category, part in zip(self.categories, self.parts):
            found[category][part] += 1
        return {name: dict(found[name]) for name in sorted(found)}

    def save(self, path: str | os.PathLike):
        """Writes a CSV that `image_folder(manifest=...)` and `split` read."""
        text = io.StringIO()
        writer = csv.writer(text)
        writer.writerow(COLUMNS)
        writer.writerows(
            zip(self.paths, self.parts, self.categories, self.groups)
        )
        images.write_bytes(path, text.getvalue().encode())

    def check_folders(self, directory: str | os.PathLike):
        """Refuses, before anything is written, what `write_folders` refuses.

        Raises:
            ValueError: If the folder holds other pictures, such as those that
                another split has put into other parts.
        """
        if os.path.exists(directory) and not os.path.isdir(directory):
            raise ValueError(
                "The place of the parts must be a folder. Received: "
                f"{os.fspath(directory)!r}, a file"
            )
        wanted = self._places()
        # A picture that an earlier split has left in another part would leak.
        there = {
            entry.path
            for entry in folder_scan.find_entries(directory)
            if is_named_as_picture(entry.path)
        }
        others = there - set(wanted)
        for name, source in wanted.items():
            target = os.path.join(directory, name)
            if os.path.lexists(target) and not same_content(source, target):
                others.add(name)
        _refuse_others(directory, others)

    def write_folders(self, directory: str | os.PathLike):
        """Lays the pictures out as `<part>/<path>`, by hard links or copies.

        Raises:
            ValueError: As `check_folders`; nothing is written then.
        """
        self.check_folders(directory)
        for name, source in self._places().items():
            _place(source, os.path.join(directory, name))

    def _places(self):
        """Dict from `<part>/<path>` to where the picture lies."""
        return {
            f"{part}/{path}": os.path.join(self.directory, path)
            for path, part in zip(self.paths, self.parts)
        }


def read_split(path: str | os.PathLike, directory: str | os.PathLike):
    """Reads what `ProductSplit.save` wrote, or any table with `split`.

    Returns:
        Dict of a picture's path to `(part, group)`.
    """
    columns, entries = manifests.read_manifest(
        path, folder_scan.root_of(directory)
    )
    if "split" not in columns:
        raise ValueError(
            "The manifest must have the column 'split'. "
            f"Received: columns {columns} in {path}"
        )
    return {
        entry.path: (str(entry.row["split"]), str(entry.row.get("group", "")))
        for entry in entries
    }


def _place(source, target):
    os.makedirs(os.path.dirname(target), exist_ok=True)
    try:
        os.link(source, target)
    except FileExistsError:
        # It was compared before anything was written.
        pass
    except OSError:
        shutil.copy2(source, target)


def _refuse_others(directory, names):
    if names:
        raise ValueError(
            "The folder must be empty or hold the same split. Received: "
            f"{os.path.join(directory, min(names))}, which is there already"
        )
