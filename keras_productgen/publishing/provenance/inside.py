"""What is written into a file, given what was there."""

import pathlib

from keras_productgen.publishing.provenance import xmp as packets
from keras_productgen.publishing.provenance.record import TRAINED
from keras_productgen.publishing.provenance.record import VOCABULARY


def old_packet(data):
    """The `Packet` of a file's bytes; an empty one of None."""
    if data is None:
        return packets.Packet()
    return packets.parse(packets.xmp_of(data))


def check_honest(old, record):
    """Raises a `ValueError` if a label would hide that a model was at work."""
    trained = old.source_type in [VOCABULARY + word for word in TRAINED]
    if trained and record.source_type not in TRAINED:
        raise ValueError(
            "A file that says it was made by a trained model must keep saying "
            f"so. Received: source_type={record.source_type!r} for a file of "
            f"{old.source_type}"
        )


def packet_of(record, old, aigc, pixels):
    """Returns the `Packet` of a record.

    Args:
        record: `Record`.
        old: `Packet` of the file as it came.
        aigc: optional `AIGC`; by default that of `old`.
        pixels: str, the digest of the pixels.
    """
    model = record.model or {}
    label = old.aigc
    if str((label or {}).get("ReservedCode1", "")).startswith("pixels:"):
        # A hash of ours, of the pixels as they were.
        label = label | {"ReservedCode1": f"pixels:{pixels}"}
    if aigc is not None:
        label = aigc.to_dict()
        label["ProduceID"] = label["ProduceID"] or record.id
        label["ReservedCode1"] = label["ReservedCode1"] or f"pixels:{pixels}"
    return packets.Packet(
        source_type=record.uri,
        software=record.software,
        creators=tuple(filter(None, [record.producer])) or old.creators,
        rights=old.rights,
        identifier=f"sha256:{record.id}",
        model=model.get("name", ""),
        model_version=model.get("sha256", ""),
        aigc=label,
    )


def source_type_after(path, word):
    """Returns `word`, unless the picture of a file was generated before.

    What was generated stays so whatever is done to it: then its own.
    """
    before = old_packet(pathlib.Path(path).read_bytes()).source_type
    before = before.removeprefix(VOCABULARY)
    return before if before in TRAINED else word
