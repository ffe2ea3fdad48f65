"""How much a caller may ask for."""

import dataclasses


@dataclasses.dataclass(frozen=True)
class Limits:
    """Bounds of a request, and of how many there may be.

    Args:
        max_body_bytes: int, bytes of a request, unpacked; more is refused
            with 413. By default 32 MiB.
        max_pixels: int, pixels of all pictures in a request; more is refused
            with 413, before anything is decoded. By default 25 million.
        max_requests: int, requests that run or wait; more are refused with
            429. By default 256.
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
    max_pixels: int = 25_000_000
    max_requests: int = 256
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
