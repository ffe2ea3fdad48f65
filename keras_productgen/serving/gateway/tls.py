"""Certificates of the server."""

import contextlib
import dataclasses
import os
import pathlib
import tempfile


@dataclasses.dataclass(frozen=True)
class TLS:
    """What encrypts the connections.

    Args:
        certificate: bytes of the PEM of the server's certificate chain.
        key: bytes of the PEM of its private key.
        client_authority: optional bytes, the PEM of those who sign clients.
        client_certificates: bool, whether clients must show a certificate.

    Raises:
        ValueError: if there is no certificate or no key, or clients must show
            certificates that no authority signs.
    """

    certificate: bytes = dataclasses.field(repr=False)
    key: bytes = dataclasses.field(repr=False)
    client_authority: bytes | None = dataclasses.field(default=None, repr=False)
    client_certificates: bool = False

    def __post_init__(self):
        if b"BEGIN" not in self.certificate or b"BEGIN" not in self.key:
            raise ValueError(
                "`certificate` and `key` must be PEM. Received: "
                f"{len(self.certificate)} and {len(self.key)} bytes"
            )
        if self.client_certificates and not self.client_authority:
            raise ValueError(
                "`client_authority` must be given where "
                "`client_certificates` is True. Received: "
                "client_authority=None"
            )

    @classmethod
    def from_files(cls, certificate, key):
        """Reads a certificate and its key from PEM files."""
        return cls(
            pathlib.Path(certificate).read_bytes(),
            pathlib.Path(key).read_bytes(),
        )

    @contextlib.contextmanager
    def files(self):
        """Within it, paths of the three, readable by the owner alone."""
        with tempfile.TemporaryDirectory() as folder:
            paths = []
            for name in ("certificate", "key", "client_authority"):
                data = getattr(self, name)
                path = os.path.join(folder, name + ".pem")
                if data:
                    pathlib.Path(path).write_bytes(data)
                paths.append(path if data else None)
            yield paths
