"""Chunks of WebP files."""

import io

from PIL import Image

PIXELS = (b"ALPH", b"VP8 ", b"VP8L", b"ANIM", b"ANMF")
ICC, ALPHA, EXIF, XMP, MOVES = 0x20, 0x10, 0x08, 0x04, 0x02


def rewrite(data, xmp, exif):
    """Returns a WebP with this metadata alone, its pixels as they are.

    `containers.jpeg.rewrite` has the Args.

    Raises:
        ValueError: if it is no whole WebP.
    """
    if data[:4] != b"RIFF" or data[8:12] != b"WEBP":
        raise ValueError(f"It must be a WebP. Received: {data[:12]!r}")
    chunks = list(_chunks(data))
    profile = [payload for kind, payload in chunks if kind == b"ICCP"]
    pixels = [chunk for chunk in chunks if chunk[0] in PIXELS]
    flags = ICC * bool(profile) | EXIF * bool(exif) | XMP * bool(xmp)
    body = [(b"VP8X", _header(data, flags))]
    body += [(b"ICCP", payload) for payload in profile[:1]] + pixels
    if exif:
        body.append((b"EXIF", exif.removeprefix(b"Exif\0\0")))
    if xmp:
        body.append((b"XMP ", xmp))
    made = b"WEBP" + b"".join(_made(*chunk) for chunk in body)
    return b"RIFF" + len(made).to_bytes(4, "little") + made


def _chunks(data):
    position = 12
    end = min(len(data), 8 + int.from_bytes(data[4:8], "little"))
    while position + 8 <= end:
        length = int.from_bytes(data[position + 4 : position + 8], "little")
        payload = data[position + 8 : position + 8 + length]
        if len(payload) < length:
            raise ValueError(
                f"It must be a whole WebP. Received: no chunk at {position}"
            )
        yield data[position : position + 4], payload
        position += 8 + length + length % 2


def _header(data, flags):
    """The extended header: flags, and the size less one."""
    with Image.open(io.BytesIO(data), formats=["WEBP"]) as picture:
        flags |= ALPHA * (picture.mode == "RGBA")
        flags |= MOVES * (getattr(picture, "n_frames", 1) > 1)
        sides = [(side - 1).to_bytes(3, "little") for side in picture.size]
    return bytes([flags, 0, 0, 0]) + b"".join(sides)


def _made(kind, payload):
    padding = b"\0" * (len(payload) % 2)
    return kind + len(payload).to_bytes(4, "little") + payload + padding
