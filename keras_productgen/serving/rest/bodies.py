"""Bodies of requests, no more of them than is allowed."""

import asyncio
import zlib

from keras_productgen.serving.errors import Code
from keras_productgen.serving.errors import ServingError
from keras_productgen.serving.errors import invalid


class Gone(Exception):
    """The client left before its request was whole."""


async def read_in_time(receive, headers, limits, held):
    """Returns the body of a request, unpacked.

    Args:
        receive: ASGI's function.
        headers: dict from lower-case names to values.
        limits: `Limits`.
        held: `Held`, which is told of its bytes.

    Raises:
        ServingError: if it does not come in time (408), is too large (413),
            there is no memory for it (429), or it is packed in another way
            than gzip (415).
        Gone: if the client left.
    """
    reading = read(receive, headers, limits.max_body_bytes, held)
    try:
        return await asyncio.wait_for(reading, limits.timeout)
    except TimeoutError as error:
        raise ServingError(
            Code.DEADLINE_EXCEEDED,
            "The request did not come in time.",
            http_status=408,
        ) from error


async def read(receive, headers, limit, held):
    """Returns the body of a request, unpacked.

    Args:
        receive: ASGI's function.
        headers: dict from lower-case names to values.
        limit: int, bytes, before and after unpacking.
        held: `Held`.

    Raises:
        ServingError: as `read_in_time`.
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
        held.add(len(parts[-1]))
        if not event.get("more_body"):
            break
    packing = headers.get("content-encoding", "identity").lower()
    body = _unpacked(b"".join(parts), packing, limit)
    held.add(len(body) - size)
    return body


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
