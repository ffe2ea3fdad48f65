"""What is written into a file, given what was there."""

import pathlib

from keras_productgen.publishing.provenance import xmp as packets
from keras_productgen.publishing.provenance.aigc import GENERATED
from keras_productgen.publishing.provenance.containers import CONTAINERS
from keras_productgen.publishing.provenance.containers import FILMS
from keras_productgen.publishing.provenance.record import TRAINED
from keras_productgen.publishing.provenance.record import VOCABULARY


def old_packet(data):
    """The `Packet` of a file's bytes; an empty one of None."""
    if data is None:
        return packets.Packet()
    return packets.parse(packets.xmp_of(data))


def check_honest(old, record):
    """Raises a `ValueError` if a label would hide that a model was at work."""
    word = _trained(old)
    if word is not None and record.source_type not in TRAINED:
        raise ValueError(
            "A file that says it was made by a trained model must keep saying "
            f"so. Received: source_type={record.source_type!r} for a file of "
            f"{word}"
        )


def joined(own, inherited):
    """What a file says of itself, and else what its source said.

    Args:
        own: `Packet`.
        inherited: `Packet`.
    """
    return packets.Packet(
        creators=own.creators or inherited.creators,
        rights=own.rights or inherited.rights,
        model=_all_of(inherited.model, own.model),
        model_version=_all_of(inherited.model_version, own.model_version),
        aigc=own.aigc or inherited.aigc,
    )


def _trained(packet):
    """The word out of `TRAINED` that a file says of itself, or None."""
    word = packet.source_type.removeprefix(VOCABULARY)
    if word in TRAINED:
        return word
    generated = (packet.aigc or {}).get("Label") == GENERATED
    return TRAINED[0] if generated else None


def packet_of(record, old, aigc, pixels):
    """Returns the `Packet` of a record.

    Args:
        record: `Record`.
        old: `Packet` of the file as it came.
        aigc: optional `AIGC`; by default that of `old`.
        pixels: str, the digest of the pixels.
    """
    model = record.model or {}
    version = model.get("sha256", model.get("version", ""))
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
        model=_all_of(old.model, model.get("name", "")),
        model_version=_all_of(old.model_version, str(version)),
        aigc=label,
    )


def _all_of(old, new):
    """What a picture is made with counts on, whatever else is done to it."""
    named = [*old.split(", "), *new.split(", ")]
    return ", ".join(dict.fromkeys(filter(None, named)))


def source_type_after(path_or_bytes, word):
    """Returns `word`, unless the picture of a file was generated before.

    What was generated stays so whatever is done to it: then its own.
    """
    data = path_or_bytes
    if not isinstance(data, bytes):
        data = pathlib.Path(data).read_bytes()
    return _trained(old_packet(data)) or word


def source_type_of_all(paths, word):
    """Returns `word`, unless one of several files was generated before.

    Where all were, their own; where some were, a composite with generated
    parts.

    Args:
        paths: paths of the pictures that another is made of.
        word: str, out of `SOURCE_TYPES`, where none of them was generated.
    """
    return mixed({source_type_after(path, word) for path in paths}, word)


def mixed(words, word):
    """The source type of a picture that shows others.

    Args:
        words: set of theirs.
        word: str, out of `SOURCE_TYPES`, where there are none, or several, and
            none of them was generated.
    """
    found = set(words) or {word}
    if len(found) == 1:
        return found.pop()
    return TRAINED[1] if found & set(TRAINED) else word


def with_label(data, kind, record):
    """The bytes of a picture with its label inside, and no other metadata.

    Args:
        data: bytes of a file that was made here.
        kind: str, out of `CONTAINERS` and `FILMS`.
        record: `Record`.
    """
    packet = packet_of(record, packets.Packet(), None, "").encode()
    if kind in FILMS:
        return FILMS[kind].with_xmp(data, packet)
    return CONTAINERS[kind].rewrite(data, packet, b"")
