"""Where a picture comes from."""

import dataclasses
import datetime
import hashlib
import json
import os
import pathlib

from keras_productgen.version import __version__

SOFTWARE = f"keras_productgen {__version__}"
VOCABULARY = "http://cv.iptc.org/newscodes/digitalsourcetype/"
# Of IPTC's vocabulary, what fits product pictures.
SOURCE_TYPES = (
    "trainedAlgorithmicMedia",
    "compositeWithTrainedAlgorithmicMedia",
    "algorithmicallyEnhanced",
    "algorithmicMedia",
    "composite",
    "humanEdits",
    "digitalCapture",
)
# Made by trained models, in whole or in part: labels of these must stay.
TRAINED = SOURCE_TYPES[:2]


@dataclasses.dataclass(frozen=True)
class Record:
    """Who made a picture, with what, and from what.

    Args:
        source_type: str, the last word of IPTC's DigitalSourceType.
        producer: str, who answers for the picture.
        software: str, name and version.
        model: dict with `name` and `sha256` of the file, or None.
        seed: int or None.
        parents: tuple of dicts with `file` and `sha256`, what it was made of.
        edits: tuple of dicts, each with `name` and settings, in their order.
        time: str, ISO 8601 with its zone.
    """

    source_type: str
    producer: str
    software: str
    model: dict | None
    seed: int | None
    parents: tuple
    edits: tuple
    time: str

    @property
    def uri(self):
        """IPTC's address of the source type."""
        return VOCABULARY + self.source_type

    @property
    def id(self):
        """SHA-256 of all of it, in hexadecimal digits."""
        return identity(self.to_dict())

    @property
    def payload(self):
        """int, the first 32 bits of `id`: what a watermark carries of it."""
        return int(self.id[:8], 16)

    def to_dict(self):
        """All of it, as JSON can hold it."""
        return json.loads(json.dumps(dataclasses.asdict(self)))


def record(
    source_type,
    producer="",
    model=None,
    seed=None,
    parents=(),
    edits=(),
    software=SOFTWARE,
    time=None,
):
    """Returns the `Record` of a picture.

    ```python
    record = kpg.publishing.record(
        "trainedAlgorithmicMedia", "Shop Ltd", model="dcgan.keras", seed=7
    )
    ```

    Args:
        source_type: one of `SOURCE_TYPES`, words of IPTC's DigitalSourceType:
            `"trainedAlgorithmicMedia"` for what a generator made,
            `"compositeWithTrainedAlgorithmicMedia"` for photos with generated
            parts, `"algorithmicallyEnhanced"` for photos that were restored or
            cut out, `"digitalCapture"` for photos as they were taken.
        producer: str, who answers for the picture.
        model: optional path of the model's file, which is hashed, or a dict
            with `name` and `sha256`.
        seed: optional int.
        parents: paths of the pictures it was made of, which are hashed, or
            dicts with `file` and `sha256`.
        edits: dicts with `name` and settings, in the order they were done.
        software: str.
        time: optional str, ISO 8601. Defaults to now.

    Raises:
        ValueError: if the source type is another, the seed is no int, or JSON
            cannot hold the edits.
    """
    if source_type not in SOURCE_TYPES:
        raise ValueError(
            f"`source_type` must be one of {SOURCE_TYPES}. "
            f"Received: source_type={source_type!r}"
        )
    if seed is not None and (not isinstance(seed, int) or seed is True):
        raise ValueError(f"`seed` must be an int. Received: seed={seed!r}")
    now = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
    return Record(
        source_type,
        str(producer),
        str(software),
        model if model is None else _hashed(model, "name"),
        seed,
        tuple(_hashed(parent, "file") for parent in parents),
        tuple(_plain(edit) for edit in edits),
        now if time is None else str(time),
    )


def models_as_one(models):
    """Several models as one, as of a record; each counts once.

    Args:
        models: dicts with `name` and perhaps `sha256`, or None.

    Returns:
        dict, or None where there is none.
    """
    found = []
    for model in models:
        if model is not None and model not in found:
            found.append(model)
    if len(found) < 2:
        return found[0] if found else None
    return {
        key: ", ".join(str(each.get(key, "-")) for each in found)
        for key in ("name", "sha256")
    }


def file_digest(path: str | os.PathLike):
    """SHA-256 of a file, in hexadecimal digits."""
    with pathlib.Path(path).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def identity(values):
    """SHA-256 of what JSON can hold, however it is ordered."""
    text = json.dumps(values, sort_keys=True, ensure_ascii=False)
    # Names of files need not be UTF-8.
    data = text.encode("utf-8", "backslashreplace")
    return hashlib.sha256(data).hexdigest()


def _hashed(source, key):
    if isinstance(source, dict):
        if not isinstance(source.get(key), str):
            raise ValueError(
                f"It must be a path, or a dict with `{key}`. "
                f"Received: {source!r}"
            )
        return dict(source)
    path = pathlib.Path(source).expanduser()
    return {key: path.name, "sha256": file_digest(path)}


def _plain(edit):
    try:
        return json.loads(json.dumps(edit))
    except TypeError as error:
        raise ValueError(
            f"`edits` must be what JSON can hold: {error}. Received: {edit!r}"
        ) from error
