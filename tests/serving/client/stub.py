"""A server that answers what it is told, to see what clients make of it."""

import contextlib
import dataclasses
import http.server
import json
import threading
import time


@dataclasses.dataclass
class Answer:
    """What comes next; `trickle` is seconds between the bytes of the body."""

    status: int = 200
    body: object = None
    headers: dict = dataclasses.field(default_factory=dict)
    delay: float = 0.0
    trickle: float = 0.0


METADATA = {
    "model_spec": {"name": "m", "signature_name": "", "version": "3"},
    "metadata": {
        "signature_def": {
            "signature_def": {
                "generate": {
                    "inputs": {
                        name: {
                            "dtype": "DT_INT64",
                            "tensor_shape": {"dim": [{"size": "-1"}]},
                        }
                        for name in ("seed", "index")
                    }
                }
            }
        }
    },
}


class Stub(http.server.ThreadingHTTPServer):
    """Answers requests with `answers` in turn, then with what is right.

    `requests` are the paths, headers and bodies that came; `connections` says
    how often someone connected.
    """

    daemon_threads = True

    def __init__(self, *answers):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answers = list(answers)
        self.requests = []
        self.connections = 0

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}"

    def process_request(self, request, address):
        self.connections += 1
        super().process_request(request, address)


@contextlib.contextmanager
def stub(*answers):
    with Stub(*answers) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Else the head of an answer waits for the client to confirm it.
    disable_nagle_algorithm = True

    def do_GET(self):
        self._answer(Answer(body=METADATA), b"")

    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"]))
        count = len(json.loads(body)["inputs"]["seed"])
        files = [{"b64": "aGk="}] * count
        self._answer(Answer(body={"outputs": files}), body)

    def _answer(self, right, body):
        self.server.requests.append((self.path, dict(self.headers), body))
        answers = self.server.answers
        answer = answers.pop(0) if answers else right
        time.sleep(answer.delay)
        body = answer.body
        if not isinstance(body, bytes):
            body = json.dumps(body).encode()
        with contextlib.suppress(OSError):
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            step = 1 if answer.trickle else max(1, len(body))
            for start in range(0, len(body), step):
                self.wfile.write(body[start : start + step])
                time.sleep(answer.trickle)

    def log_message(self, *_):
        pass
