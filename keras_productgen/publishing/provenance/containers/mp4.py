"""Boxes of MP4 files."""

# The type of box that holds XMP.
XMP_BOX = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
# AVIF and HEIC pictures are boxes, too, of other brands.
BRANDS = (b"avc1", b"iso", b"mp4", b"M4V ")


def is_mp4(data):
    return data[4:8] == b"ftyp" and data[8:12].startswith(BRANDS)


def with_xmp(data, xmp):
    """Returns an MP4 with a packet in a box at its end; no frame moves.

    Args:
        data: bytes of an MP4 without one.
        xmp: bytes in UTF-8.

    Raises:
        ValueError: if it is no whole MP4.

    Reference:
    - [XMP specification, part 3](https://github.com/adobe/XMP-Toolkit-SDK/tree/main/docs)
    """
    # A last box without a length would take in what comes behind it.
    if any(length == 0 for length, _, _ in _boxes(data)):
        raise ValueError(
            "Boxes of an MP4 must say how long they are. Received: a last box "
            "that does not"
        )
    length = 24 + len(xmp)
    return data + length.to_bytes(4, "big") + b"uuid" + XMP_BOX + xmp


def xmp_of(data):
    """The packet of an MP4's bytes, or None.

    Raises:
        ValueError: if it is no whole MP4.
    """
    for _, kind, payload in _boxes(data):
        if kind == b"uuid" and payload[:16] == XMP_BOX:
            return bytes(payload[16:])
    return None


def _boxes(data):
    """`(length, type, payload)` of the boxes that lie in no other."""
    if not is_mp4(data):
        raise ValueError(f"It must be an MP4. Received: {data[:12]!r}")
    whole, position, found = memoryview(data), 0, []
    while position < len(data):
        length = int.from_bytes(data[position : position + 4], "big")
        kind, head = data[position + 4 : position + 8], 8
        end = position + length if length else len(data)
        if length == 1:
            head = 16
            end = position + int.from_bytes(
                data[position + 8 : position + 16], "big"
            )
        if not position + head <= end <= len(data):
            raise ValueError(
                f"It must be a whole MP4. Received: no box at {position}"
            )
        found.append((length, kind, whole[position + head : end]))
        position = end
    return found
