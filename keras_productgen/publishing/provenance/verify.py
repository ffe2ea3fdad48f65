"""What a picture says of itself, and whether it is true."""

import dataclasses
import hashlib
import os
import pathlib

from keras_productgen import images
from keras_productgen.publishing import watermark
from keras_productgen.publishing.provenance import sidecar
from keras_productgen.publishing.provenance import xmp as packets
from keras_productgen.publishing.provenance.containers import mp4
from keras_productgen.publishing.provenance.record import VOCABULARY
from keras_productgen.publishing.provenance.record import identity

# The type of the box that holds C2PA manifests: its word alone may be chance.
C2PA_MARK = b"c2pa\x00\x11\x00\x10\x80\x00\x00\xaa\x008\x9bq"


@dataclasses.dataclass(frozen=True)
class Verification:
    """What was read of a picture.

    Args:
        source_type: str, the last word of IPTC's DigitalSourceType; empty
            without one.
        software: str, what wrote it, by its XMP.
        model: str, the model, by its XMP.
        aigc: dict of China's label, or None.
        record: dict, what stands beside it, or None; without `"record"` where
            no label was wanted.
        same_pixels: bool, whether the pixels are those that were labelled; None
            where nothing says which these were.
        same_file: bool, whether the file is that which was written; None
            without a record.
        watermark: `watermark.Detection`, or None where no key was given.
        c2pa: bool, whether there seems to be a C2PA manifest, which is not
            checked here.
        problems: list of str, what does not fit together.
    """

    source_type: str
    software: str
    model: str
    aigc: dict | None
    record: dict | None
    same_pixels: bool | None
    same_file: bool | None
    watermark: watermark.Detection | None
    c2pa: bool
    problems: list

    @property
    def labelled(self):
        """Whether anything says where the picture comes from."""
        hidden = self.watermark is not None and self.watermark.present
        record = (self.record or {}).get("record")
        return bool(self.source_type or self.aigc or record or hidden)

    def to_dict(self):
        """All of it, as JSON can hold it."""
        return dataclasses.asdict(self) | {"labelled": self.labelled}


def verify(path: str | os.PathLike, watermark_key=None):
    """Reads every label of a picture, and compares them.

    Args:
        path: a picture file, or an MP4, whose pixels are not looked at; its
            record is looked for beside it.
        watermark_key: optional str, the key of its hidden mark.

    Returns:
        `Verification`.

    Raises:
        ValueError: if the file is no whole picture.
    """
    path = pathlib.Path(path).expanduser()
    data = path.read_bytes()
    packet = packets.parse(packets.xmp_of(data))
    beside = sidecar.read_sidecar(path)
    film = mp4.is_mp4(data)
    pixels = None if film else sidecar.pixel_digest(data)
    claimed = [] if film else _claimed_pixels(packet, beside)
    file_digest = hashlib.sha256(data).hexdigest()
    found = None
    if watermark_key is not None and not film:
        found = watermark.detect(
            images.load_original(data).picture, watermark_key
        )
    same_pixels = None if not claimed else set(claimed) == {pixels}
    written = (beside or {}).get("file", {}).get("sha256")
    same_file = None if beside is None else written == file_digest
    return Verification(
        source_type=packet.source_type.removeprefix(VOCABULARY),
        software=packet.software,
        model=packet.model,
        aigc=packet.aigc,
        record=beside,
        same_pixels=same_pixels,
        same_file=same_file,
        watermark=found,
        c2pa=C2PA_MARK in data,
        problems=_problems(packet, beside, same_pixels, same_file, found),
    )


def _claimed_pixels(packet, beside):
    """Digests of the pixels that labels name."""
    named = [(beside or {}).get("file", {}).get("pixels_sha256")]
    reserved = str((packet.aigc or {}).get("ReservedCode1", ""))
    if reserved.startswith("pixels:"):
        named.append(reserved.removeprefix("pixels:"))
    return [digest for digest in named if digest]


def _problems(packet, beside, same_pixels, same_file, found):
    problems = []
    if same_pixels is False:
        problems.append("The pixels are not those that were labelled.")
    if same_pixels is None and same_file is False:
        problems.append("The file is not that which was written.")
    if beside is None or "record" not in beside:
        return problems
    record, number = beside.get("record", {}), beside.get("id")
    wanted = VOCABULARY + record.get("source_type", "")
    if identity(record) != number:
        problems.append("The record beside the picture was changed.")
    if packet.identifier and packet.identifier != f"sha256:{number}":
        problems.append("Picture and record name different records.")
    file = beside.get("file") or {}
    # Films used to have theirs beside them alone.
    if not packet.source_type and file.get("labelled_inside", True):
        problems.append("The picture has lost its DigitalSourceType.")
    elif packet.source_type not in ("", wanted):
        problems.append("Picture and record name different source types.")
    hidden = (beside.get("marks") or {}).get("hidden")
    if found is not None and hidden and not found.present:
        problems.append("The hidden mark of the record was not found.")
    if found is not None and found.present and number:
        if f"{found.payload:08x}" != number[:8]:
            problems.append("The hidden mark is of another record.")
    return problems
