"""The variants of a folder of photos, resumed where it stopped."""

import dataclasses
import os
import pathlib

from keras_productgen import images
from keras_productgen.data import folder_scan
from keras_productgen.data.photo_files import TEXTS
from keras_productgen.evaluation.plain import plain
from keras_productgen.pipeline.photo_folders import summary
from keras_productgen.pipeline.photo_folders.names import REPORT
from keras_productgen.pipeline.variants.variant_set import VERB
from keras_productgen.pipeline.variants.variant_set import check_free
from keras_productgen.pipeline.variants.variant_set import parent_of
from keras_productgen.pipeline.variants.variant_set import read_manifest
from keras_productgen.publishing.folders import files
from keras_productgen.publishing.provenance.record import file_digest


@dataclasses.dataclass
class VariantsReport:
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
        images.write_json(path, {files.VERB: VERB, **vars(self)})


def run_folder(variants, folder, out, progress, producer, label, overwrite):
    """`Variants.run` has the Args."""
    root = folder_scan.root_of(folder)
    out = pathlib.Path(out).expanduser()
    entries = _photos(root, out)
    if not entries:
        raise ValueError(
            f"`folder` must hold photos. Received: folder={str(folder)!r}"
        )
    summary.claim(out, VERB, [], overwrite)
    report = VariantsReport([], [], {}, {})
    same = {
        "parameters": plain(variants.parameters()),
        "label": {"producer": str(producer), "wanted": bool(label)},
    }
    for number, entry in enumerate(entries):
        try:
            _make(variants, same, entry, out / entry.path, report, overwrite)
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


def _make(variants, same, entry, directory, report, overwrite):
    source = parent_of(entry.file)
    rows = _whole(directory, {"source": source, **same})
    if rows is None:
        if not overwrite:
            check_free(directory, variants.names)
        result = variants(images.load_rgba(entry.file))
        result.save(
            directory, entry.file, *same["label"].values(), overwrite=True
        )
        report.made.append(entry.path)
        bad = [n for n, good in zip(result.names, result.passed) if not good]
    else:
        report.kept.append(entry.path)
        bad = [row["name"] for row in rows if not row["passed"]]
    if bad:
        report.rejected[entry.path] = bad


def _whole(directory, same):
    """The rows of a manifest that says the same and whose files are there."""
    try:
        manifest = read_manifest(directory) or {}
        if any(manifest[name] != value for name, value in same.items()):
            return None
        rows = manifest["variants"]
        digests = [file_digest(directory / row["file"]) for row in rows]
        return rows if digests == [row["sha256"] for row in rows] else None
    except (OSError, ValueError, KeyError, TypeError):
        return None
