"""Application extensions of GIF files."""

# By the XMP specification, part 3: the packet stands whole, not in blocks, and
# ends in bytes that lead whoever counts blocks to its end.
HEADER = b"\x21\xff\x0bXMP DataXMP"
MAGIC = b"\x01" + bytes(range(255, -1, -1)) + b"\0"
TRAILER = b"\x3b"


def is_gif(data):
    return data[:6] in (b"GIF87a", b"GIF89a")


def with_xmp(data, xmp):
    """Returns a GIF with a packet at its end, its frames as they are.

    Args:
        data: bytes of a GIF without one.
        xmp: bytes in UTF-8.

    Raises:
        ValueError: if it is no whole GIF.

    Reference:
    - [XMP specification, part 3](https://github.com/adobe/XMP-Toolkit-SDK/tree/main/docs)
    """
    if not is_gif(data) or not data.endswith(TRAILER):
        raise ValueError(
            "It must be a whole GIF. Received: bytes from "
            f"{data[:6]!r} to {data[-1:]!r}"
        )
    return data[:-1] + HEADER + xmp + MAGIC + TRAILER


def xmp_of(data):
    """The packet of a GIF's bytes, or None."""
    start = data.find(HEADER)
    end = data.find(MAGIC, start)
    if start < 0 or end < 0:
        return None
    return data[start + len(HEADER) : end]
