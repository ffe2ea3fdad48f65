"""The variants of a folder of photos, resumed where it stopped."""

import dataclasses
import hashlib
import json
import os
import pathlib

from keras_productgen import images
from keras_productgen.data import folder_scan
from keras_productgen.data.photo_files import TEXTS
from keras_productgen.pipeline.variants.variant_set import MANIFEST

REPORT = "report.json"


@dataclasses.dataclass
class FolderReport:
    """What `Variants.run` has done.

    Args:
        made: list of names of photos, relative to their folder.
        kept: list of those whose variants were there already.
        failed: dict from the names of files to why they could not be used.
        rejected: dict from photos to the names of their variants that are not
            good enough.
    """

    made: list
    kept: list
    failed: dict
    rejected: dict

    def save(self, path: str | os.PathLike):
        """Writes all of it as JSON."""
        text = json.dumps(vars(self), indent=1, ensure_ascii=False)
        images.write_bytes(path, text.encode())


def run_folder(variants, folder, out, progress=None):
    """`Variants.run` has the Args."""
    root = folder_scan.root_of(folder)
    out = pathlib.Path(out).expanduser()
    entries = _photos(root, out)
    if not entries:
        raise ValueError(
            f"`folder` must hold photos. Received: folder={str(folder)!r}"
        )
    report = FolderReport([], [], {}, {})
    parameters = json.loads(json.dumps(variants.parameters()))
    for number, entry in enumerate(entries):
        try:
            _make(variants, parameters, entry, out / entry.path, report)
        except (OSError, ValueError) as error:
            report.failed[entry.path] = folder_scan.reason_of(error)
        if progress is not None:
            progress(number + 1, len(entries))
    report.save(out / REPORT)
    return report


def _photos(root, out):
    real = os.path.realpath(out) + os.sep
    return [
        entry
        for entry in folder_scan.find_entries(root)
        if not os.path.realpath(entry.file).startswith(real)
        and not entry.file.lower().endswith(TEXTS)
    ]


def _make(variants, parameters, entry, directory, report):
    data = pathlib.Path(entry.file).read_bytes()
    source = {
        "file": entry.path,
        "sha256": hashlib.sha256(data).hexdigest(),
    }
    rows = _whole(directory, source, parameters)
    if rows is None:
        result = variants(images.load_rgba(data))
        result.save(directory, source)
        report.made.append(entry.path)
        bad = [n for n, good in zip(result.names, result.passed) if not good]
    else:
        report.kept.append(entry.path)
        bad = [row["name"] for row in rows if not row["passed"]]
    if bad:
        report.rejected[entry.path] = bad


def _whole(directory, source, parameters):
    """The rows of a manifest that says the same and whose files are there."""
    try:
        manifest = json.loads((directory / MANIFEST).read_text("utf-8"))
        same = (manifest["source"], manifest["parameters"])
        rows = manifest["variants"]
        digests = [row["sha256"] == _digest(directory, row) for row in rows]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return rows if same == (source, parameters) and all(digests) else None


def _digest(directory, row):
    return hashlib.sha256((directory / row["file"]).read_bytes()).hexdigest()
