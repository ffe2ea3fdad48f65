"""The label that the pictures of one job share."""

import dataclasses
import datetime
import hashlib
import pathlib

from keras_productgen import images
from keras_productgen.publishing.provenance import sidecar
from keras_productgen.publishing.provenance.inside import mixed
from keras_productgen.publishing.provenance.inside import source_type_after
from keras_productgen.publishing.provenance.inside import with_label
from keras_productgen.publishing.provenance.label import label
from keras_productgen.publishing.provenance.record import record


@dataclasses.dataclass(frozen=True)
class Labelling:
    """Writes the pictures of a job with their labels, or without.

    Records have no time, so that the same job makes the same files again: when
    it was, stands in the notes beside the picture.

    Args:
        origin: dict, what `publishing.record` is told of all pictures:
            `source_type`, and perhaps `model`, `seed` and `edits`.
        producer: str, who answers for them.
        wanted: bool, whether files say where they come from. A picture made of
            one that was generated says so all the same.
        marks: dict, as of `checked_marks`, for what `write` labels; what
            `write_sheet` writes has none.
    """

    origin: dict
    producer: str = ""
    wanted: bool = True
    marks: dict = dataclasses.field(default_factory=dict)

    def write(
        self, path, data, source=None, settings=None, notes=None, **about
    ):
        """Writes a picture, and beside it what it is, by `sidecar.write`.

        Args:
            path: where to write.
            data: bytes of the file, made here.
            source: optional bytes of the photo it was made of.
            settings: optional dict, by which a later run knows it.
            notes: optional dict, for readers.
            **about: what `publishing.record` is told of this one alone.
        """
        path = pathlib.Path(path)
        settings, notes = settings or {}, {**(notes or {}), "time": _now()}
        if self.wanted or (source and source_type_after(source, "")):
            made = self._record(source, **about)
            label(
                data,
                path,
                made,
                settings=settings,
                notes=notes,
                inherit=source,
                **self.marks,
            )
            return
        digest = hashlib.sha256(data).hexdigest()
        about = {"file": {"name": path.name, "sha256": digest}}
        about |= {"settings": settings, "notes": notes}
        sidecar.write(path, data, about)

    def write_sheet(self, path, picture, words=()):
        """Writes a PNG that shows several, with the label inside alone.

        Args:
            path: where to write.
            picture: uint8 array.
            words: source types of those that it shows, if they are known.
        """
        data = images.encode_png(picture)
        if self.wanted:
            word = mixed(words, self.origin["source_type"])
            data = with_label(data, "PNG", self._record(source_type=word))
        images.write_bytes(path, data)

    def source_type(self, source=None):
        """The source type of what is made of the bytes of a photo, or None."""
        word = self.origin["source_type"]
        return word if source is None else source_type_after(source, word)

    def _record(self, source=None, **about):
        about = {"source_type": self.source_type(source), **about}
        about = {**self.origin, **about}
        return record(producer=self.producer, time="", **about)


def _now():
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
