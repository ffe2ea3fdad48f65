"""Connections that waste no time: theirs, or that of others."""

from uvicorn.protocols.http.auto import AutoHTTPProtocol

FULL = (
    b"HTTP/1.1 503 Service Unavailable\r\n"
    b"content-type: application/json\r\n"
    b"retry-after: 1\r\n"
    b"connection: close\r\n"
    b"content-length: 46\r\n"
    b"\r\n"
    b'{"error": "The server has enough connections"}'
)


def connections(limits, refused):
    """Returns the class of the connections of a server.

    Uvicorn waits for ever for the head of a request, and for a client that
    does not read its answer.

    Args:
        limits: `Limits`.
        refused: function of the HTTP status of what is refused.
    """

    class Connection(AutoHTTPProtocol):
        """One of Uvicorn's, closed where it asks for more than the limits."""

        _closing = None
        _unread = 0

        def connection_made(self, transport):
            super().connection_made(transport)
            if len(self.connections) > limits.max_connections:
                refused(503)
                transport.write(FULL)
                transport.close()
                return
            self._expect_head()

        def connection_lost(self, exc):
            self._expect_nothing()
            super().connection_lost(exc)

        def data_received(self, data):
            super().data_received(data)
            if self.cycle is None or self.cycle.response_complete:
                self._expect_head()
            else:
                self._expect_nothing()

        def on_response_complete(self):
            super().on_response_complete()
            self._unread = self.transport.get_write_buffer_size()
            if self._unread:
                self.loop.call_later(limits.timeout, self._expect_reading)

        def _expect_head(self):
            """From the first byte on: one now and then is not enough."""
            if self._closing is None:
                self._closing = self.loop.call_later(
                    limits.head_seconds, self.transport.close
                )

        def _expect_nothing(self):
            if self._closing is not None:
                self._closing.cancel()
                self._closing = None

        def _expect_reading(self):
            left = self.transport.get_write_buffer_size()
            if left and left >= self._unread:
                self.transport.abort()
            elif left:
                self._unread = left
                self.loop.call_later(limits.timeout, self._expect_reading)

    return Connection
