"""API keys, in a file that may change while the server runs."""

import hashlib
import logging
import os
import pathlib
import re
import threading

from keras_productgen.serving.errors import Code
from keras_productgen.serving.errors import ServingError

LOGGER = logging.getLogger(__name__)
HASHED = "sha256:"


class Keys:
    """Those who may call.

    The file has a line for each: a name, and the key or `sha256:` and the
    hexadecimal digest of it. `#` begins a comment. It is read again when it
    changes; where it is then broken, the keys from before stay.

    Args:
        path: the file.

    Raises:
        ValueError: if a line is not such a pair, or there is none.
    """

    def __init__(self, path: str | os.PathLike):
        self.path = pathlib.Path(path)
        self._lock = threading.Lock()
        self._state = self._stamp()
        self._names = _read(self.path)

    def check(self, key):
        """Returns the name of who has a key.

        Raises:
            ServingError: UNAUTHENTICATED, if none has.
        """
        self._refresh()
        # Digests are compared, so that time tells nothing of a key.
        name = self._names.get(_digest(key or ""))
        if name is None:
            raise ServingError(
                Code.UNAUTHENTICATED,
                "A valid API key is needed, as `Authorization: Bearer KEY` "
                "or `x-api-key: KEY`.",
            )
        return name

    def check_headers(self, headers):
        """`check` for a dict of lower-case names of headers to values."""
        scheme, _, key = headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            key = headers.get("x-api-key")
        return self.check(key)

    def _stamp(self):
        try:
            found = self.path.stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_size, found.st_ino

    def _refresh(self):
        if self._stamp() == self._state:
            return
        with self._lock:
            self._state = self._stamp()
            try:
                self._names = _read(self.path)
            except ValueError as error:
                LOGGER.error("The API keys from before stay: %s", error)


def _read(path):
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ValueError(
            "The file of API keys must be readable text. "
            f"Received: {str(path)!r}"
        ) from error
    names = {}
    for number, line in enumerate(lines, start=1):
        words = line.partition("#")[0].split()
        if not words:
            continue
        if len(words) != 2:
            raise ValueError(
                "A line of API keys must be a name and a key. "
                f"Received: {len(words)} words in line {number}"
            )
        names[_digest_of(words[1], number)] = words[0]
    if not names:
        raise ValueError(
            f"There must be at least one API key. Received: {str(path)!r}"
        )
    return names


def _digest_of(word, number):
    if not word.startswith(HASHED):
        return _digest(word)
    digest = word.removeprefix(HASHED).lower()
    if not re.fullmatch("[0-9a-f]{64}", digest):
        raise ValueError(
            f"`{HASHED}` must be followed by 64 hexadecimal digits. "
            f"Received: {len(digest)} characters in line {number}"
        )
    return digest


def _digest(key):
    return hashlib.sha256(key.encode("utf-8", "surrogateescape")).hexdigest()
