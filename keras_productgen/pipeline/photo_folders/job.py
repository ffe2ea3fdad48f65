"""A folder of photos restored or edited, resumed where it stopped."""

import dataclasses
import hashlib
import os
import pathlib

import numpy as np

from keras_productgen import images
from keras_productgen.data import folder_scan
from keras_productgen.data import photo_files
from keras_productgen.evaluation.destination import check_destination
from keras_productgen.evaluation.plain import plain
from keras_productgen.pipeline.photo_folders import names
from keras_productgen.pipeline.photo_folders import summary
from keras_productgen.publishing.folders import files
from keras_productgen.publishing.provenance.labelling import Labelling

# Results beyond this would take more memory than most machines have.
MOST_PIXELS = 200_000_000
MOST_SHOWN, CELL = 12, 224


@dataclasses.dataclass
class FolderReport:
    """What `Restoration.run` or `Edits.run` has done.

    Args:
        methods: dict from each task to what did it: a model, or a filter; of
            edits, from each step to its settings.
        made: dict from the names of photos to those of their results.
        kept: the same, of those whose results were there already.
        failed: dict from the names of files to why they could not be used.
        verb: str, which job it was: `"restore"` or `"edit"`.
    """

    methods: dict
    made: dict
    kept: dict
    failed: dict
    verb: str

    def save(self, path: str | os.PathLike):
        """Writes all of it as JSON."""
        images.write_json(path, vars(self))


def run(
    maker, photos, out, picture_format, overwrite, progress, producer, label
):
    """Makes a picture of each photo; `Restoration.run` has the other Args.

    Args:
        maker: is called with a picture, and returns what has its result as
            `image`. It has `verb`, by which its results are known from those of
            others, `methods` for the report, `parameters()`, what its
            results depend on, `origin()`, what `publishing.record` is told of
            them, and `scale`, how often larger sides become.
    """
    names.check_format(picture_format)
    out = pathlib.Path(out).expanduser()
    photo_files.check_outside(photos, out)
    entries = photo_files.find_photos(photos)
    folder_scan.read_headers(entries, 2, images.MAX_PIXELS)
    check_destination(out)
    labelling = Labelling(plain(maker.origin()), str(producer), bool(label))
    job = _Job(maker, entries, out, picture_format, overwrite, labelling)
    for number, entry in enumerate(entries):
        job.add(entry)
        if progress is not None:
            progress(number + 1, len(entries))
    job.end()
    return job.report


class _Job:
    def __init__(
        self, maker, entries, out, picture_format, overwrite, labelling
    ):
        self.maker = maker
        self.out = out
        self.overwrite = overwrite
        self.labelling = labelling
        self.settings = {
            files.VERB: maker.verb,
            "steps": plain(maker.parameters()),
            "producer": labelling.producer,
            "label": labelling.wanted,
        }
        self.names = names.names_of(entries, picture_format)
        self.originals = {os.path.realpath(entry.file) for entry in entries}
        self.report = FolderReport(maker.methods, {}, {}, {}, maker.verb)
        self.shown, self.words = [], set()
        summary.claim(out, maker.verb, [names.SHEET], overwrite)

    def add(self, entry):
        """Makes a picture of a photo, or says in the report why not."""
        try:
            if entry.reason is not None:
                raise ValueError(entry.reason)
            self._add(entry, self.names[entry.path])
        except photo_files.FAILURES as error:
            self.report.failed[entry.path] = photo_files.reason_of(error)

    def _add(self, entry, name):
        data = pathlib.Path(entry.file).read_bytes()
        digest = hashlib.sha256(data).hexdigest()
        settings = {**self.settings, "source": digest}
        path = self.out / name
        # Links may lead out of `out`.
        if os.path.realpath(path) in self.originals:
            raise ValueError("Its result would be written over a photo.")
        if files.is_made(path, settings):
            self.report.kept[entry.path] = name
            if len(self.shown) < MOST_SHOWN:
                self._show(images.load(data), images.load(path), data)
            return
        files.check_free(path, self.maker.verb, self.overwrite)
        self._check_size(entry.header)
        original = images.load_original(data)
        made = self.maker(original.picture).image
        encoded = original.encode(made, names.format_of(name))
        parents = [{"file": entry.path, "sha256": digest}]
        self.labelling.write(path, encoded, data, settings, parents=parents)
        self.report.made[entry.path] = name
        self._show(original.picture, made, data)

    def _check_size(self, header):
        pixels = header.height * header.width * self.maker.scale**2
        if pixels > MOST_PIXELS:
            raise ValueError(
                f"Its result would have {pixels} pixels, over the limit of "
                f"{MOST_PIXELS}."
            )

    def _show(self, before, after, source):
        if len(self.shown) < MOST_SHOWN:
            self.shown.append(np.stack([cell(before), cell(after)]))
            self.words.add(self.labelling.source_type(source))

    def end(self):
        if self.shown:
            columns = 2 if len(self.shown) <= 3 else 4
            cells = np.concatenate(self.shown)
            sheet = images.grid(cells, columns, 4)
            self.labelling.write_sheet(
                self.out / names.SHEET, sheet, self.words
            )
        self.report.save(self.out / names.REPORT)


def cell(picture):
    """A small RGB picture on white, with what is transparent."""
    small = images.resize(picture, CELL, "pad", 255)
    if small.ndim == 2:
        small = small[..., None]
    if small.shape[-1] < 4:
        return np.broadcast_to(small[..., :3], (CELL, CELL, 3))
    alpha = small[..., 3:].astype("float32") / 255.0
    return images.to_uint8(small[..., :3] * alpha + 255.0 * (1.0 - alpha))
