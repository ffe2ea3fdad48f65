"""The files of a folder through a translator."""

import hashlib
import inspect
import json
import os
import pathlib

import numpy as np

from keras_productgen import images
from keras_productgen.cli.pictures import as_uint8
from keras_productgen.data import folder_scan
from keras_productgen.data.pair_source import with_channels
from keras_productgen.evaluation.plain import plain
from keras_productgen.publishing.folders import files

REPORT, SHEET = "report.json", "sheet.png"
VERB = "translate"
MOST_SHOWN = 16


def find_photos(path):
    """Returns the `Entry` of a picture, or of each file in a folder."""
    if path.is_file():
        return [folder_scan.Entry(path.name, str(path))]
    photos = folder_scan.find_entries(path)
    if not photos:
        raise ValueError(f"PHOTOS must hold pictures. Received: {path}")
    return photos


def digest(path):
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class Translation:
    """One run of `productgen translate`.

    Args:
        model: `ImageTranslation`.
        settings: dict of further arguments of its `translate`.
        out: `pathlib.Path` of the folder that is written to.
        model_digest: str, which model it is.
        labelling: `Labelling` of its pictures.

    Attributes:
        made: names of the photos that were translated.
        kept: those whose translation was there already.
        failed: dict from names of files to why they could not be used.
    """

    def __init__(self, model, settings, out, model_digest, labelling):
        self.model = model
        self.settings = settings
        self.out = out
        self.labelling = labelling
        # As they come back from a file.
        parameters = {files.VERB: VERB, "model": model_digest, **settings}
        parameters |= {"producer": labelling.producer}
        parameters |= {"label": labelling.wanted}
        self.parameters = json.loads(json.dumps(parameters))
        self.made, self.kept, self.failed = [], [], {}
        self._shown = []
        self._taken = {out / SHEET: "the sheet"}
        known = inspect.signature(model.translate).parameters
        self._numbered = "first_index" in known

    def begin(self, photos, overwrite):
        """Looks at what is in `out`; refuses to mix two ways of making."""
        self._originals = {os.path.realpath(photo.file) for photo in photos}
        self.overwrite = overwrite
        try:
            found = json.loads((self.out / REPORT).read_text("utf-8"))
            # Other verbs write reports without, or with others.
            before = found.get("parameters", found)
        except (OSError, ValueError, AttributeError):
            before = None
        if before not in (None, self.parameters) and not overwrite:
            raise ValueError(
                "`--out` must be a new folder, or one of the same model and "
                "options; say --overwrite to make its pictures anew. "
                f"Received: --out {self.out}, made with {before}"
            )
        self._save_report()

    def add(self, photo, number):
        """Translates a file, or says in `failed` why not.

        Args:
            photo: `Entry`.
            number: int, its place among all files, on which its noise depends.
        """
        path = self.out / pathlib.PurePosixPath(photo.path).with_suffix(".png")
        try:
            header = images.read_header(photo.file)
            self._take(path, photo)
            data = pathlib.Path(photo.file).read_bytes()
            about = self._settings(data, number)
            keep = files.is_made(path, about) and not self.overwrite
            if not keep:
                files.check_free(path, VERB, self.overwrite)
            if not keep or len(self._shown) < MOST_SHOWN:
                source = images.load_resized(
                    photo.file, self.model.image_shape[:2], header=header
                )
                made = images.load(path) if keep else self._made(source, number)
                self._show(source, made)
            if not keep:
                self._write(path, photo, made, data, about)
        except (OSError, ValueError) as error:
            self.failed[photo.path] = folder_scan.reason_of(error)
            return
        (self.kept if keep else self.made).append(photo.path)

    def end(self):
        """Writes the sheet and the report."""
        self._save_report()
        if self._shown:
            columns = 2 if len(self._shown) <= 4 else 4
            cells = np.concatenate(self._shown)
            sheet = images.grid(cells, columns)
            self.labelling.write_sheet(self.out / SHEET, sheet)

    def _take(self, path, photo):
        if path in self._taken:
            raise ValueError(
                f"Its translation would be {path.name}, which is that of "
                f"{self._taken[path]}."
            )
        self._taken[path] = photo.path
        # Links may lead out of `out`.
        if os.path.realpath(path) in self._originals:
            raise ValueError("Its translation would be written over a photo.")

    def _settings(self, data, number):
        """What the translation of the bytes of a file depends on."""
        place = {"index": number} if self._numbered else {}
        source = hashlib.sha256(data).hexdigest()
        return {**self.parameters, **place, "source": source}

    def _write(self, path, photo, made, data, about):
        edit = {"name": "translate", **self.settings}
        if "index" in about:
            edit["index"] = about["index"]
        self.labelling.write(
            path,
            images.encode_png(made),
            data,
            about,
            seed=edit.pop("seed", None),
            parents=[{"file": photo.path, "sha256": about["source"]}],
            edits=[plain(edit)],
        )

    def _made(self, source, number):
        low, high = self.model.value_range
        pictures = with_channels(source, self.model.image_shape[-1])[None]
        pictures = low + pictures.astype("float32") * (high - low) / 255.0
        place = {"first_index": number} if self._numbered else {}
        made = self.model.translate(pictures, **self.settings, **place)
        return as_uint8(made[0], self.model.value_range)

    def _show(self, source, made):
        if len(self._shown) < MOST_SHOWN:
            made = images.resize(made, source.shape[:2], "stretch")
            cells = [with_channels(source, self.model.image_shape[-1]), made]
            cells = [np.broadcast_to(cell, source.shape) for cell in cells]
            self._shown.append(np.stack(cells))

    def _save_report(self):
        report = {
            "parameters": self.parameters,
            "made": self.made,
            "kept": self.kept,
            "failed": self.failed,
        }
        images.write_json(self.out / REPORT, report)
