"""Bodies of requests, no more of them than is allowed."""

import zlib

from keras_productgen.serving.errors import Code
from keras_productgen.serving.errors import ServingError
from keras_productgen.serving.errors import invalid


class Gone(Exception):
    """The client left before its request was whole."""


async def read(receive, headers, limit):
    """Returns the body of a request, unpacked.

    Args:
        receive: ASGI's function.
        headers: dict from lower-case names to values.
        limit: int, bytes, before and after unpacking.

    Raises:
        ServingError: if it is larger (413), or packed in another way than
            gzip.
        Gone: if the client left.
    """
    claimed = headers.get("content-length", "")
    if claimed.isdigit() and int(claimed) > limit:
        raise _too_large(limit)
    parts, size = [], 0
    while True:
        event = await receive()
        if event["type"] == "http.disconnect":
            raise Gone
        parts.append(event.get("body", b""))
        size += len(parts[-1])
        if size > limit:
            raise _too_large(limit)
        if not event.get("more_body"):
            break
    packing = headers.get("content-encoding", "identity").lower()
    return _unpacked(b"".join(parts), packing, limit)


def _unpacked(body, packing, limit):
    if packing == "identity":
        return body
    if packing != "gzip":
        raise ServingError(
            Code.INVALID_ARGUMENT,
            "Content-Encoding must be gzip, or absent.",
            http_status=415,
        )
    unpacker = zlib.decompressobj(wbits=31)
    try:
        unpacked = unpacker.decompress(body, limit + 1)
    except zlib.error as error:
        raise invalid("The body is no gzip.") from error
    if len(unpacked) > limit:
        raise _too_large(limit)
    if not unpacker.eof:
        raise invalid("The body is no whole gzip.")
    return unpacked


def _too_large(limit):
    return ServingError(
        Code.RESOURCE_EXHAUSTED,
        f"A request must have at most {limit} bytes.",
        http_status=413,
    )
