"""One request: paced, checked at every hop, tried again where that helps."""

import dataclasses
import time
import urllib.parse

import requests
import urllib3

from keras_productgen.data.collecting import guard
from keras_productgen.data.collecting.addresses import host_of
from keras_productgen.data.collecting.guard import RefusedError
from keras_productgen.data.collecting.retrying import AGAIN
from keras_productgen.data.collecting.retrying import FailedError
from keras_productgen.data.collecting.retrying import Patience
from keras_productgen.data.collecting.retrying import TryAgainError
from keras_productgen.data.collecting.retrying import reason_of
from keras_productgen.data.collecting.robots import MAX_BYTES
from keras_productgen.data.collecting.robots import Robots

MAX_REDIRECTS = 5
REDIRECTS = (301, 302, 303, 307, 308)
CHUNK = 65_536
NETWORK_ERRORS = (
    requests.RequestException,
    urllib3.exceptions.HTTPError,
    OSError,
)


@dataclasses.dataclass
class Answer:
    """What a server sent.

    Args:
        url: The address after all redirects.
        status: HTTP status.
        content_type: As the server has it.
        size: Bytes that were written.
    """

    url: str
    status: int
    content_type: str
    size: int


class Client:
    """Fetches addresses into files.

    Args:
        settings: `Settings` of the job.
        pace: `Pace` of the job.
    """

    def __init__(self, settings, pace):
        self.settings = settings
        self.pace = pace
        self.session = guard.session(
            settings.user_agent, settings.allow_private_addresses
        )
        name = settings.user_agent.partition("/")[0]
        self.robots = Robots(name, self._read_robots)

    def fetch(self, url, file):
        """Writes what is at `url` to an open binary file.

        Returns:
            `Answer`.

        Raises:
            ValueError: With the reason, if there is nothing to be had.
            StoppedError: If the job is to end.
        """
        patience = Patience(self.settings, self.pace)
        while True:
            file.seek(0)
            file.truncate()
            try:
                return self._fetch_once(url, file)
            except TryAgainError as error:
                patience.wait(error)

    def _fetch_once(self, url, file):
        response = self._follow(url)
        with response:
            host = host_of(response.url)
            if response.status_code in AGAIN:
                reason = f"The server answered {response.status_code}."
                raise TryAgainError(reason, response, host)
            if response.status_code != 200:
                raise FailedError(
                    f"The server answered {response.status_code}."
                )
            size = self._write(response, file, self.settings.max_bytes)
            return Answer(
                response.url,
                response.status_code,
                response.headers.get("Content-Type", ""),
                size,
            )

    def _follow(self, url, robots=True):
        for _ in range(MAX_REDIRECTS + 1):
            guard.check_url(url)
            if robots:
                self._ask_robots(url)
            self.pace.wait(host_of(url))
            response = self._get(url)
            target = response.headers.get("Location")
            if response.status_code not in REDIRECTS or not target:
                return response
            response.close()
            url = urllib.parse.urljoin(url, target)
        raise FailedError(f"It is redirected over {MAX_REDIRECTS} times.")

    def _get(self, url):
        try:
            return self.session.get(
                url,
                stream=True,
                allow_redirects=False,
                timeout=self.settings.timeout,
            )
        except RefusedError:
            raise
        except (requests.exceptions.InvalidURL, UnicodeError) as error:
            raise FailedError(f"It is no address: {error}.") from error
        except NETWORK_ERRORS as error:
            raise TryAgainError(reason_of(error)) from error

    def _ask_robots(self, url):
        refusal, delay = self.robots.rules(url)
        if refusal is not None:
            raise FailedError(refusal)
        if delay:
            self.pace.slow_down(host_of(url), delay)

    def _read_robots(self, url):
        try:
            with self._follow(url, robots=False) as response:
                text = bytearray()
                while len(text) < MAX_BYTES and (
                    chunk := response.raw.read1(CHUNK)
                ):
                    text += chunk
                return response.status_code, text.decode("utf-8", "replace")
        except RefusedError:
            raise
        # What cannot be read is not known to be allowed.
        except (FailedError, TryAgainError) as error:
            return None, str(error)
        except NETWORK_ERRORS as error:
            return None, reason_of(error)

    def _write(self, response, file, limit):
        """Copies the body; what it says of its own length is not believed."""
        encoding = response.headers.get("Content-Encoding", "identity")
        if encoding not in ("", "identity"):
            raise FailedError(f"It is sent compressed, as {encoding!r}.")
        length = response.headers.get("Content-Length", "")
        if length.isdigit() and int(length) > limit:
            raise FailedError(f"It has {length} bytes, over {limit}.")
        size, ends = 0, time.monotonic() + self.settings.longest_download
        try:
            # As it comes: a slow server must not fill a chunk forever.
            while chunk := response.raw.read1(CHUNK):
                size += len(chunk)
                if size > limit:
                    raise FailedError(f"It has over {limit} bytes.")
                if time.monotonic() > ends:
                    raise FailedError("It takes too long to arrive.")
                self.pace.sleep(0.0)
                file.write(chunk)
        except NETWORK_ERRORS as error:
            raise TryAgainError(reason_of(error)) from error
        return size
