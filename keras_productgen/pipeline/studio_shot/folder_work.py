"""What is done with one photo of a folder, some of them at a time."""

import concurrent.futures
import dataclasses
import pathlib

from keras_productgen.pipeline.studio_shot.folder_report import VERB
from keras_productgen.pipeline.studio_shot.verdict_file import Verdict
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
        settings = {files.VERB: VERB, **self.parameters}
        settings["source"] = file_digest(entry.file)
        stem = self.stems[entry.path]
        made = files.made_before(self.out, stem, settings)
        if made is not None:
            return Done(sidecar.read_sidecar(made)["notes"], made, True)
        verdict = Verdict(self.out / REJECTED / f"{stem}.json")
        notes = verdict.of(settings, self.keep_rejected)
        if notes is not None:
            return Done(notes, None, True)
        if not self.overwrite:
            files.check_unchanged(self.out, stem, VERB)
            verdict.check_free()
        return self._made(self.shot(entry.file), stem, verdict, settings)

    def _made(self, result, stem, verdict, settings):
        notes = result.report.to_dict()
        if result.image is None:
            picture = result.rejected_image if self.keep_rejected else None
            verdict.write(settings, notes, picture, self.keep_rejected)
            files.withdraw(self.out, stem, VERB)
            return Done(notes, None, False)
        path = self.out / (stem + result.suffix)
        files.check_free(path, VERB, self.overwrite)
        # Another suffix may be that of other settings.
        files.withdraw(self.out, stem, VERB)
        result.save(self.out / stem, settings)
        verdict.withdraw()
        return Done(notes, path, False)


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
