"""Numbers of ports."""

NUMBERS = range(2**16)


def check_ports(**ports):
    """Refuses numbers that no port has, of which gRPC would keep 16 bits.

    Args:
        **ports: by the names of arguments: ints, or None for no port.

    Raises:
        ValueError: if one is none from 0 to 65535.
    """
    for name, port in ports.items():
        if port is not None and port not in NUMBERS:
            raise ValueError(
                f"`{name}` must be a whole number from 0 to {NUMBERS[-1]}. "
                f"Received: {name}={port!r}"
            )
