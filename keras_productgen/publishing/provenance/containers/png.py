"""Chunks of PNG files."""

import zlib

SIGNATURE = b"\x89PNG\r\n\x1a\n"
# Chunks that can be left out begin with a small letter; pixels need these.
KEPT = (b"iCCP", b"sRGB", b"gAMA", b"cHRM", b"cICP", b"pHYs", b"tRNS", b"sBIT")
XMP_HEADER = b"XML:com.adobe.xmp\0\0\0\0\0"


def rewrite(data, xmp, exif):
    """Returns a PNG with this metadata alone, its pixels as they are.

    `containers.jpeg.rewrite` has the Args. A PNG that moves is stilled.

    Raises:
        ValueError: if it is no whole PNG.
    """
    if not data.startswith(SIGNATURE):
        raise ValueError(f"It must be a PNG. Received: {data[:8]!r}")
    parts, position, ended = [SIGNATURE], len(SIGNATURE), False
    while not ended:
        length = int.from_bytes(data[position : position + 4], "big")
        kind = data[position + 4 : position + 8]
        end = position + 12 + length
        if len(kind) < 4 or end > len(data):
            raise ValueError(
                f"It must be a whole PNG. Received: no chunk at {position}"
            )
        if kind[:1].isupper() or kind in KEPT:
            parts.append(data[position:end])
        if kind == b"IHDR":
            parts += _metadata(xmp, exif)
        position, ended = end, kind == b"IEND"
    return b"".join(parts)


def _metadata(xmp, exif):
    parts = []
    if exif:
        parts.append(_made(b"eXIf", exif.removeprefix(b"Exif\0\0")))
    if xmp:
        parts.append(_made(b"iTXt", XMP_HEADER + xmp))
    return parts


def _made(kind, payload):
    check = zlib.crc32(kind + payload).to_bytes(4, "big")
    return len(payload).to_bytes(4, "big") + kind + payload + check
