"""What is done with one photo of a folder, some of them at a time."""

import concurrent.futures
import dataclasses
import json
import pathlib

from keras_productgen import images
from keras_productgen.publishing.fixing.encoding import SUFFIXES
from keras_productgen.publishing.folders import files
from keras_productgen.publishing.provenance import sidecar
from keras_productgen.publishing.provenance.record import file_digest

REJECTED = "rejected"


@dataclasses.dataclass(frozen=True)
class Done:
    """What became of a photo.

    Args:
        notes: dict, what `StudioReport.to_dict` says.
        path: optional `pathlib.Path` of the picture.
        kept: bool, whether an earlier run had done it.
    """

    notes: dict
    path: pathlib.Path | None
    kept: bool


@dataclasses.dataclass(frozen=True)
class Work:
    """Makes and writes the picture of a photo, unless that was done before.

    Args:
        shot: `StudioShot`.
        out: `pathlib.Path` of the folder of the results.
        stems: dict from the paths of photos to those of results, no ending.
        keep_rejected: bool.
        overwrite: bool.
        parameters: dict, what all pictures depend on.
    """

    shot: object
    out: pathlib.Path
    stems: dict
    keep_rejected: bool
    overwrite: bool
    parameters: dict

    def __call__(self, entry):
        """Returns `Done`."""
        settings = {**self.parameters, "source": file_digest(entry.file)}
        stem = self.stems[entry.path]
        made = files.made_before(self.out, stem, settings)
        if made is not None:
            return Done(sidecar.read_sidecar(made)["notes"], made, True)
        verdict = self.out / REJECTED / f"{stem}.json"
        notes = self._rejected_before(verdict, settings)
        if notes is not None:
            return Done(notes, None, True)
        result = self.shot(entry.file)
        notes = result.report.to_dict()
        if result.image is None:
            self._reject(result, verdict, settings, notes)
            self._withdraw(stem)
            return Done(notes, None, False)
        path = self.out / (stem + result.suffix)
        files.check_free(path, self.overwrite)
        self._withdraw(stem)
        result.save(self.out / stem, settings)
        verdict.unlink(missing_ok=True)
        verdict.with_suffix(".png").unlink(missing_ok=True)
        return Done(notes, path, False)

    def _rejected_before(self, path, settings):
        """What was found of a photo rejected with these settings, or None."""
        try:
            values = json.loads(path.read_text("utf-8"))
            same = values["settings"] == settings
            enough = values["picture"] or not self.keep_rejected
            return values["notes"] if same and enough else None
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def _reject(self, result, path, settings, notes):
        """Writes why; the picture first, so that the JSON says all is there."""
        if self.keep_rejected and result.rejected_image is not None:
            images.save(path.with_suffix(".png"), result.rejected_image)
        values = {
            "settings": settings,
            "notes": notes,
            "picture": self.keep_rejected,
        }
        images.write_json(path, values)

    def _withdraw(self, stem):
        """Takes away what a run with other settings had made of the photo."""
        for suffix in SUFFIXES.values():
            path = self.out / (stem + suffix)
            if sidecar.read_sidecar(path) is not None:
                path.unlink(missing_ok=True)
                sidecar.sidecar_path(path).unlink()


class Ahead:
    """Results of entries in their order, the next ones begun before.

    Args:
        work: function of an entry.
        entries: list.
        workers: int, how many are worked on at a time.
    """

    def __init__(self, work, entries, workers):
        self._work = work
        self._waiting = list(reversed(entries))
        self._begun = {}
        self._most = 2 * workers
        self._pool = concurrent.futures.ThreadPoolExecutor(workers)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._pool.shutdown(cancel_futures=True)

    def result(self, entry):
        """Returns what the work on the next entry came to, or raises it."""
        while self._waiting and len(self._begun) < self._most:
            one = self._waiting.pop()
            self._begun[one.path] = self._pool.submit(self._work, one)
        return self._begun.pop(entry.path).result()
