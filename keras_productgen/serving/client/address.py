"""Where a server is, and who calls it."""

import dataclasses
import os
import pathlib
import ssl
import urllib.parse

FORMS = (
    "http://host:8501, https://host, grpc://host:8500, grpcs://host:8500, "
    "http+unix:///path or grpc+unix:///path"
)
PLAIN, ENCRYPTED, UNIX = ("http", "grpc"), ("https", "grpcs"), "+unix"


@dataclasses.dataclass(frozen=True)
class Address:
    """A server's URL, and what it asks for.

    Args:
        url: str: `http://host:8501`, with a path where the server is behind
            one, `https://host`, `grpc://host:8500`, `grpcs://host:8500`; or the
            path of a Unix socket as `http+unix:///path` or
            `grpc+unix:///path`.
        api_key: optional str, sent as `Authorization: Bearer KEY`.
        ca_certificate: optional path of the PEM of those who sign servers; by
            default those whom the system trusts.
        client_certificate: optional pair of paths: the PEM of the client's
            certificate, and of its private key.

    Raises:
        ValueError: if `url` is none of these, or certificates are given for
            one that is not encrypted or cannot be read.
    """

    url: str
    api_key: str | None = dataclasses.field(default=None, repr=False)
    ca_certificate: str | os.PathLike | None = None
    client_certificate: tuple | None = None

    def __post_init__(self):
        scheme, host, path = self._parts()
        kind = scheme.removesuffix(UNIX)
        unix = scheme.endswith(UNIX)
        known = kind in PLAIN if unix else kind in PLAIN + ENCRYPTED
        if not known or not (path.strip("/") if unix else host):
            raise ValueError(
                f"`url` must be as {FORMS}. Received: url={self.url!r}"
            )
        certificates = [self.ca_certificate, *(self.client_certificate or ())]
        if any(certificates) and not self.encrypted:
            raise ValueError(
                "Certificates must go with https:// or grpcs://. "
                f"Received: url={self.url!r}"
            )
        for path in filter(None, certificates):
            if not os.path.isfile(path):
                raise ValueError(
                    "A certificate must be a PEM file that exists. "
                    f"Received: {os.fspath(path)!r}"
                )

    @property
    def encrypted(self):
        return self._parts()[0] in ENCRYPTED

    @property
    def by_grpc(self):
        return self._parts()[0].startswith("grpc")

    @property
    def socket(self):
        """Path of a Unix socket, or None."""
        scheme, _, path = self._parts()
        return path if scheme.endswith(UNIX) else None

    @property
    def base(self):
        """What paths of REST are appended to."""
        return "http://localhost" if self.socket else self.url.rstrip("/")

    @property
    def target(self):
        """What gRPC connects to."""
        return f"unix:{self.socket}" if self.socket else self._parts()[1]

    @property
    def headers(self):
        """Dict of what each call says of its caller, in lower case."""
        if self.api_key is None:
            return {}
        return {"authorization": f"Bearer {self.api_key}"}

    def tls_context(self):
        """What checks the server for REST."""
        context = ssl.create_default_context(cafile=self.ca_certificate)
        if self.client_certificate:
            context.load_cert_chain(*self.client_certificate)
        return context

    def pem(self):
        """`(authority, key, certificate)` as bytes or None, for gRPC."""
        certificate, key = self.client_certificate or (None, None)
        return [
            path and pathlib.Path(path).read_bytes()
            for path in (self.ca_certificate, key, certificate)
        ]

    def _parts(self):
        if not isinstance(self.url, str):
            return "", "", ""
        try:
            found = urllib.parse.urlsplit(self.url)
            _ = found.port  # Raises where it is no number.
        except ValueError:
            return "", "", ""
        return found.scheme, found.netloc, found.path
