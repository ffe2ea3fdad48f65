"""What sends calls by REST."""

import asyncio
import contextlib
import time

import httpx

from keras_productgen.serving.client import rest_messages
from keras_productgen.serving.errors import Code
from keras_productgen.serving.errors import ServingError
from keras_productgen.serving.errors import ServingTimeout


class Rest:
    """Sends calls by REST; `send` waits for the answer.

    Args:
        address: `Address`.
    """

    def __init__(self, address):
        self.address = address
        self._http = httpx.Client(**_settings(address, httpx.HTTPTransport))

    def send(self, call, timeout):
        """Returns the answer of a call.

        Raises:
            ServingError: if the server refuses, or does not answer in time.
        """
        end = time.monotonic() + timeout
        with (
            _failures(self.address),
            self._http.stream(
                **rest_messages.request(call), timeout=timeout
            ) as response,
        ):
            body = bytearray()
            # A server that sends byte by byte must not hold it for ever.
            for part in response.iter_bytes():
                body += part
                if time.monotonic() > end:
                    raise httpx.ReadTimeout("the answer was not whole")
        return _answer(call, response, bytes(body))

    def close(self):
        self._http.close()


class AsyncRest:
    """The same with `async`.

    Args:
        address: `Address`.
    """

    def __init__(self, address):
        self.address = address
        self._http = httpx.AsyncClient(
            **_settings(address, httpx.AsyncHTTPTransport)
        )

    async def send(self, call, timeout):
        with _failures(self.address):
            async with asyncio.timeout(timeout):
                response = await self._http.request(
                    **rest_messages.request(call), timeout=timeout
                )
        return _answer(call, response, response.content)

    async def close(self):
        await self._http.aclose()


def _answer(call, response, body):
    return rest_messages.answer(
        call, response.status_code, response.headers, body
    )


@contextlib.contextmanager
def _failures(address):
    """Makes a ServingError of what goes wrong on the way."""
    try:
        yield
    except (httpx.TimeoutException, TimeoutError) as error:
        raise ServingTimeout(f"No answer of {address.url} in time.") from error
    except httpx.TransportError as error:
        why = str(error) or type(error).__name__
        # A server that is started again is back soon; certificates stay.
        code = Code.UNKNOWN if "SSL" in why else Code.UNAVAILABLE
        raise ServingError(
            code, f"{address.url} does not answer: {why}"
        ) from error


def _settings(address, transport):
    settings = {"base_url": address.base, "headers": address.headers}
    if address.socket:
        return settings | {"transport": transport(uds=address.socket)}
    # Reading whom the system trusts takes as long as many calls.
    verify = address.tls_context() if address.encrypted else False
    return settings | {"verify": verify}
