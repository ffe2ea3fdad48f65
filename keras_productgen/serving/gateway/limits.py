"""How much a caller may ask for."""

import dataclasses


@dataclasses.dataclass(frozen=True)
class Limits:
    """Bounds of a request, and of how many there may be.

    Args:
        max_body_bytes: int, bytes of a request, unpacked; more is refused
            with 413. By default 32 MiB.
        max_rows: int, rows of a request, whose number is that of pictures to
            make or to change; more is refused with 413. By default 1024.
        max_pixels: int, pixels of all pictures in a request; more is refused
            with 413, before anything is decoded. By default 25 million. Where
            a model says how large a picture it takes, the pictures of a
            request may have twice as many pixels together, if that is less.
        max_pixels_at_once: int, pixels of the pictures that are computed at
            once, in all requests; what comes more waits its turn, so that
            memory lasts. By default 2^22, two pictures of 1448 x 1448.
        max_requests: int, whole requests that run or wait; more are refused
            with 429. By default 256.
        max_held_bytes: int, bytes of all requests by REST that come in, wait
            or run; more are refused with 429. By default 256 MiB.
        max_connections: int, open connections by REST, and calls by gRPC
            that have begun; more are refused with 503, by gRPC with
            RESOURCE_EXHAUSTED. By default 512.
        head_seconds: float, how long a connection by REST may take for the
            head of a request, until it is closed. By default 10.
        timeout: float, seconds after which REST gives up with 504, and that a
            client has to send its request. By default 30, as TensorFlow
            Serving.
        threads: int, requests that are computed at once, by REST and gRPC
            each. By default 16.
        drain_seconds: float, how long running requests may take when the
            server closes. By default 30.

    Raises:
        ValueError: if one is not above 0.
    """

    max_body_bytes: int = 32 * 2**20
    max_rows: int = 1024
    max_pixels: int = 25_000_000
    max_pixels_at_once: int = 2**22
    max_requests: int = 256
    max_held_bytes: int = 256 * 2**20
    max_connections: int = 512
    head_seconds: float = 10.0
    timeout: float = 30.0
    threads: int = 16
    drain_seconds: float = 30.0

    def __post_init__(self):
        for field in dataclasses.fields(self):
            value = getattr(self, field.name)
            if value <= 0:
                raise ValueError(
                    f"`{field.name}` must be above 0. "
                    f"Received: {field.name}={value}"
                )
