"""A web server in a thread, which does what it is told."""

import contextlib
import http.server
import threading

import numpy as np

from keras_productgen import images


def picture(value, size=(20, 30)):
    """A PNG that differs with `value`."""
    image = np.full((*size, 3), value, "uint8")
    image[5:9] = 255 - value
    return images.encode_png(image)


class Server(http.server.ThreadingHTTPServer):
    """Pages by path: bytes, or a function that answers the request."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.pages = {}
        self.asked = []
        self.headers = []
        self.root = f"http://127.0.0.1:{self.server_port}"

    def handle_error(self, request, client_address):
        """Clients that hang up are part of the tests."""

    def url(self, path):
        return self.root + path


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.asked.append(self.path)
        self.server.headers.append(dict(self.headers))
        page = self.server.pages.get(self.path)
        if callable(page):
            page(self)
        elif page is None:
            self.answer(404, b"nothing")
        else:
            self.answer(200, page)

    def answer(self, status, body=b"", **headers):
        self.send_response(status)
        headers = {"Content-Length": len(body)} | headers
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), str(value))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *words):
        pass


@contextlib.contextmanager
def running():
    server = Server()
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def redirect(target, status=302):
    return lambda request: request.answer(status, Location=target)


def in_turn(*pages):
    """Answers with one page after the other, the last from then on."""
    left = list(pages)

    def answer(request):
        page = left.pop(0) if len(left) > 1 else left[0]
        page(request) if callable(page) else request.answer(200, page)

    return answer
