"""What hosts ask of robots."""

import threading
import urllib.parse
import urllib.robotparser

MAX_BYTES = 500_000


class Robots:
    """`robots.txt` of every host, read once.

    As RFC 9309 has it, a host without the file allows all, and one that
    cannot say, for its server fails, allows nothing.

    Args:
        name: What the robot is called.
        read: Function from an address to `(status, text)`; without an answer
            the status is `None`, and the text says why.

    Reference:
    - [RFC 9309](https://www.rfc-editor.org/rfc/rfc9309)
    """

    def __init__(self, name, read):
        self.name = name
        self.read = read
        self._lock = threading.Lock()
        self._locks = {}
        self._rules = {}

    def rules(self, url):
        """What holds for an address.

        Returns:
            `(refusal, delay)`: why it is not to be asked for, `None` where it
            may be, and the seconds between requests, 0 where none are set.
        """
        parts = urllib.parse.urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc.lower()}"
        with self._lock:
            lock = self._locks.setdefault(origin, threading.Lock())
        # The others wait for the one that asks.
        with lock:
            if origin not in self._rules:
                self._rules[origin] = self._parsed(f"{origin}/robots.txt")
        parser, refusal = self._rules[origin]
        delay = parser.crawl_delay(self.name) or 0.0
        rate = parser.request_rate(self.name)
        if rate is not None and rate.requests:
            delay = max(delay, rate.seconds / rate.requests)
        if refusal is None and not parser.can_fetch(self.name, url):
            refusal = "The host's robots.txt does not allow it."
        return refusal, float(delay)

    def _parsed(self, address):
        parser, refusal = urllib.robotparser.RobotFileParser(), None
        status, text = self.read(address)
        if status is None:
            refusal = f"The host's robots.txt cannot be read. {text}"
        elif status in (401, 403) or not 200 <= status < 500:
            refusal = f"The host answers {status} to robots.txt: none may ask."
        rules = text if status is not None and 200 <= status < 300 else ""
        parser.parse(rules.splitlines())
        return parser, refusal
