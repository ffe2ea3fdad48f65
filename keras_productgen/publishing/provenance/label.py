"""Pictures labelled with where they come from."""

import dataclasses
import hashlib
import os
import pathlib

import numpy as np
from PIL import Image

from keras_productgen import images
from keras_productgen.publishing import watermark
from keras_productgen.publishing.provenance import exif as exifs
from keras_productgen.publishing.provenance import history
from keras_productgen.publishing.provenance import inside
from keras_productgen.publishing.provenance import sidecar
from keras_productgen.publishing.provenance.containers import CONTAINERS
from keras_productgen.publishing.provenance.visible_mark import draw_mark


@dataclasses.dataclass(frozen=True)
class Labelled:
    """A labelled file.

    Args:
        path: `pathlib.Path` of the picture; its record lies beside it.
        record: `Record`, with the story of the file that came.
        pixels_kept: bool, whether the pixels are those of the file that came,
            not encoded anew.
        removed: list of str, what of the old metadata was left out.
    """

    path: pathlib.Path
    record: object
    pixels_kept: bool
    removed: list


def label(
    picture_or_path,
    path: str | os.PathLike,
    record,
    aigc=None,
    visible_mark=False,
    watermark_key=None,
    settings=None,
    notes=None,
    inherit=None,
):
    """Writes a picture with its label: inside of the file, and beside it.

    Inside is XMP with IPTC's DigitalSourceType, software, producer and model,
    and China's AIGC label; beside is the whole record, as `shirt.jpg.json`.
    Where nothing is drawn or hidden in the picture, a JPEG, PNG, TIFF or WebP
    file keeps its pixels. Of EXIF no more than orientation, resolution,
    artist and copyright are kept: no place, no serial numbers.

    ```python
    record = kpg.publishing.record("trainedAlgorithmicMedia", "Shop Ltd")
    kpg.publishing.label("made.png", "shop/made.png", record)
    kpg.publishing.verify("shop/made.png").source_type
    ```

    A file with a record beside it that is about its bytes keeps its story: its
    parents and edits come first, and it is named as a parent itself.

    Args:
        picture_or_path: uint8 array, grey, RGB or RGBA, or a picture file, or
            the bytes of one.
        path: where to write, ending in .jpg, .png, .tif or .webp.
        record: `Record`.
        aigc: optional `AIGC`, China's label.
        visible_mark: bool, whether to write AI生成 in a corner.
        watermark_key: optional str: hides the first 32 bits of the record's
            number in the picture, which `verify` finds by the same key.
        settings: optional dict, written beside the picture: by these a later
            run knows whether it would make the same.
        notes: optional dict, written beside it as well.
        inherit: optional path, or bytes, of the picture it was made of, whose
            AIGC label and rights are carried over, beside those of the file
            that came.

    Returns:
        `Labelled`.

    Raises:
        ValueError: if the file is no whole picture, `path` ends otherwise, or
            the label would hide that a model made the picture, or the one it
            was made of.
    """
    kind = _kind_of(path)
    data, source = _read(picture_or_path)
    old = _said_before(data, inherit, record)
    if source is not None:
        record = history.continued(record, picture_or_path, source)
    marked = visible_mark or watermark_key is not None
    kept = data is not None and not marked and _type_of(data) == kind
    made = data
    if not kept:
        picture = picture_or_path if data is None else data
        made = _encoded(picture, kind, record, visible_mark, watermark_key)
    exif, removed = exifs.publishable(made if data is None else data)
    pixels = sidecar.pixel_digest(made)
    packet = inside.packet_of(record, old, aigc, pixels)
    made = CONTAINERS[kind].rewrite(
        made, packet.encode(), exif if kept else exifs.upright(exif)
    )
    path = pathlib.Path(path)
    beside = {
        "id": record.id,
        "record": record.to_dict(),
        "file": {
            "name": path.name,
            "sha256": hashlib.sha256(made).hexdigest(),
            "pixels_sha256": pixels,
        },
        "source": source,
        "aigc": packet.aigc,
        "marks": {"visible": visible_mark, "hidden": watermark_key is not None},
        "removed": removed,
        "settings": settings or {},
        "notes": notes or {},
    }
    sidecar.write(path, made, beside)
    return Labelled(path, record, kept, removed)


def _said_before(data, inherit, record):
    """The `Packet` of a file, and of what it was made of; both are heeded."""
    old = inside.old_packet(data)
    inside.check_honest(old, record)
    if inherit is None:
        return old
    if not isinstance(inherit, bytes):
        inherit = pathlib.Path(inherit).expanduser().read_bytes()
    inherited = inside.old_packet(inherit)
    inside.check_honest(inherited, record)
    return inside.joined(old, inherited)


def _kind_of(path):
    suffix = pathlib.Path(path).suffix.lower()
    kind = Image.registered_extensions().get(suffix)
    if kind not in CONTAINERS:
        raise ValueError(
            "`path` must end in .jpg, .png, .tif or .webp. "
            f"Received: path={os.fspath(path)!r}"
        )
    return kind


def _read(picture_or_path):
    """`(data, source)`: the bytes of a file, and what it is called."""
    if isinstance(picture_or_path, bytes):
        return picture_or_path, None
    if not isinstance(picture_or_path, str | os.PathLike):
        return None, None
    path = pathlib.Path(picture_or_path).expanduser()
    data = path.read_bytes()
    # A broken picture is refused before anything is written.
    images.load(path)
    digest = hashlib.sha256(data).hexdigest()
    return data, {"file": path.name, "sha256": digest}


def _type_of(data):
    return images.read_header(data).file_format.replace("MPO", "JPEG")


def _encoded(picture, kind, record, visible_mark, watermark_key):
    """The bytes of a new file, with the marks that are asked for."""
    if isinstance(picture, bytes):
        original = images.load_original(picture)
    else:
        original = images.Original(np.asarray(picture))
    made = original.picture
    if visible_mark:
        made = draw_mark(made)
    if watermark_key is not None:
        made = watermark.embed(made, record.payload, watermark_key)
    return original.encode(made, kind)
