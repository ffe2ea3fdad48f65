"""Connections to public addresses only.

The name of a host is resolved once, every address it has is checked, and the
connection goes to the address that was checked: a name that resolves to
another address a moment later gains nothing.
"""

import ipaddress
import socket
import sys
import urllib.parse

import requests
import requests.adapters
from urllib3.connection import HTTPConnection
from urllib3.connection import HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool
from urllib3.connectionpool import HTTPSConnectionPool
from urllib3.exceptions import ConnectTimeoutError
from urllib3.exceptions import NameResolutionError
from urllib3.exceptions import NewConnectionError

SCHEMES = {"http": 80, "https": 443}
# Beside what Python's releases call private, one more, one less: shared and
# reserved networks, and the public addresses at which clouds tell their
# machines secrets.
RESERVED = tuple(
    map(
        ipaddress.ip_network,
        (
            "100.64.0.0/10",
            "168.63.129.16/32",
            "192.0.0.0/24",
            "192.88.99.0/24",
            "64:ff9b:1::/48",
            "fc00::/7",
            "fec0::/10",
        ),
    )
)
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class RefusedError(ValueError):
    """An address that is not to be called, now or later."""


def check_url(url):
    """Refuses what is no plain address of the web.

    Raises:
        RefusedError: If it is not http or https, has no host, or holds a
            user's name or password.
    """
    try:
        parts = urllib.parse.urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise RefusedError(f"It is no address: {error}.") from error
    if parts.scheme not in SCHEMES:
        raise RefusedError(f"It must be http or https, not {parts.scheme!r}.")
    if not parts.hostname or port == 0:
        raise RefusedError("It must have a host.")
    if parts.username is not None or parts.password is not None:
        raise RefusedError("It must not hold a user's name or password.")


def check_address(text):
    """Refuses addresses of this machine, its network and its cloud.

    Args:
        text: an IPv4 or IPv6 address.

    Raises:
        RefusedError: If it is no address of the public internet.
    """
    address = ipaddress.ip_address(text.partition("%")[0])
    for inner in (address, *_embedded(address)):
        reserved = any(inner in network for network in RESERVED)
        if reserved or not inner.is_global or inner.is_multicast:
            raise RefusedError(
                f"Its host has the address {text}, which is not public; "
                "`allow_private_addresses` allows this."
            )


def _embedded(address):
    """IPv4 addresses that an IPv6 address leads to."""
    if address.version == 4:
        return
    if address.ipv4_mapped:
        yield address.ipv4_mapped
    if address.sixtofour:
        yield address.sixtofour
    if address.teredo:
        yield from address.teredo
    if address in _NAT64:
        yield ipaddress.ip_address(int(address) & 0xFFFFFFFF)


def session(user_agent, allow_private_addresses=False):
    """Returns a `requests.Session` whose every connection is checked.

    It takes no proxies, passwords or certificates from the environment.
    """
    made = requests.Session()
    made.trust_env = False
    # Bytes are to be counted as they come: no compression.
    made.headers = {
        "User-Agent": user_agent,
        "Accept": "image/*,*/*;q=0.5",
        "Accept-Encoding": "identity",
    }
    if not allow_private_addresses:
        made.mount("http://", _GuardedAdapter())
        made.mount("https://", _GuardedAdapter())
    return made


class _GuardedConnection:
    def _new_conn(self):
        try:
            found = socket.getaddrinfo(
                self.host.strip("[]"), self.port, type=socket.SOCK_STREAM
            )
        except (socket.gaierror, UnicodeError) as error:
            raise NameResolutionError(self.host, self, error) from error
        for *_, target in found:
            check_address(target[0])
        return _connected(self, found)


def _connected(connection, found):
    last = None
    for family, kind, protocol, _, target in found:
        made = socket.socket(family, kind, protocol)
        try:
            for option in connection.socket_options or ():
                made.setsockopt(*option)
            made.settimeout(connection.timeout)
            made.connect(target)
        except TimeoutError as error:
            made.close()
            raise ConnectTimeoutError(connection, "It timed out.") from error
        except OSError as error:
            made.close()
            last = error
            continue
        sys.audit("http.client.connect", connection, target[0], target[1])
        return made
    message = f"It cannot be reached: {last}"
    raise NewConnectionError(connection, message) from last


class _GuardedHTTP(_GuardedConnection, HTTPConnection):
    pass


class _GuardedHTTPS(_GuardedConnection, HTTPSConnection):
    pass


class _HTTPPool(HTTPConnectionPool):
    ConnectionCls = _GuardedHTTP


class _HTTPSPool(HTTPSConnectionPool):
    ConnectionCls = _GuardedHTTPS


class _GuardedAdapter(requests.adapters.HTTPAdapter):
    def init_poolmanager(self, *args, **options):
        super().init_poolmanager(*args, **options)
        self.poolmanager.pool_classes_by_scheme = {
            "http": _HTTPPool,
            "https": _HTTPSPool,
        }

    def proxy_manager_for(self, proxy, **options):
        raise RefusedError(f"Proxies are not used: {proxy}.")
