"""Segments of JPEG files."""

SOI, EOI, SOS, COMMENT = 0xD8, 0xD9, 0xDA, 0xFE
APP0, APP1, APP15 = 0xE0, 0xE1, 0xEF
# Of the application segments, what pixels need: sizes, colours, transforms.
KEPT = (b"JFIF\0", b"ICC_PROFILE\0", b"Adobe")
XMP_HEADER = b"http://ns.adobe.com/xap/1.0/\0"
LARGEST = 65_533


def rewrite(data, xmp, exif):
    """Returns a JPEG with this metadata alone, its pixels as they are.

    Args:
        data: bytes of the file.
        xmp: bytes of a packet, or empty.
        exif: bytes that begin with `Exif`, or empty.

    Raises:
        ValueError: if it is no whole JPEG, or the metadata is too long.
    """
    if data[:2] != b"\xff\xd8":
        raise ValueError(f"It must be a JPEG. Received: {data[:2]!r}")
    first, kept, position = [], [], 2
    while True:
        marker, start, end = _segment(data, position)
        if marker == SOS:
            break
        payload = data[start:end]
        if marker == APP0 and payload.startswith(b"JFIF\0"):
            first.append(data[position:end])
        elif not _is_metadata(marker, payload):
            kept.append(data[position:end])
        position = end
    added = []
    if exif:
        added.append(_made(APP1, exif))
    if xmp:
        added.append(_made(APP1, XMP_HEADER + xmp))
    # What phones append after the picture is left out: other pictures, films.
    rest = data[position : _end_of_picture(data, position)]
    return b"".join([b"\xff\xd8", *first, *added, *kept, rest])


def _is_metadata(marker, payload):
    if marker == COMMENT:
        return True
    return APP0 <= marker <= APP15 and not payload.startswith(KEPT)


def _segment(data, position):
    """`(marker, start of the payload, end)` of the segment at a position."""
    while data[position : position + 2] == b"\xff\xff":
        position += 1
    if data[position : position + 1] != b"\xff" or position + 4 > len(data):
        raise ValueError(
            f"It must be a whole JPEG. Received: no segment at {position}"
        )
    length = int.from_bytes(data[position + 2 : position + 4], "big")
    return data[position + 1], position + 4, position + 2 + length


def _end_of_picture(data, position):
    while True:
        position = data.find(b"\xff", position)
        if position < 0 or position + 1 >= len(data):
            raise ValueError(
                f"It must be a whole JPEG. Received: {len(data)} bytes that "
                "do not end as one"
            )
        marker = data[position + 1]
        if marker == EOI:
            return position + 2
        if marker in (0x00, 0xFF) or 0xD0 <= marker <= 0xD7:
            position += 1 if marker == 0xFF else 2
        else:
            position = _segment(data, position)[2]


def _made(marker, payload):
    if len(payload) > LARGEST:
        raise ValueError(
            f"Metadata of a JPEG must have at most {LARGEST} bytes. "
            f"Received: {len(payload)}"
        )
    length = (len(payload) + 2).to_bytes(2, "big")
    return bytes([0xFF, marker]) + length + payload
